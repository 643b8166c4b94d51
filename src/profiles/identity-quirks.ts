import { ALL, RELEASED, type Quirk } from './quirk.ts'

export type IdentityQuirk =
  | 'firstFactorsStay'
  | 'identityPagesUnbounded'
  | 'includedNotNamed'
  | 'identifierFiltersClash'
  | 'batchErrorsSay500'
  | 'batchErrorsUnspecific'
  | 'nullPatchDrops'
  | 'batchTakes2000'
  | 'patchKeepsRemoved'
  | 'updateRewritesCredentials'
  | 'updateAnswersWhatItGot'
  | 'partialBatchRollsBack'
  | 'unknownCredentialTypeIs404'
  | 'newCredentialsTimeless'
  | 'identifiersFolded'
  | 'checksHashes'
  | 'regionForgotten'
  | 'guardsCredentials'

/** Quirks of identities and their credentials. */
export const identityQuirks: Readonly<Record<IdentityQuirk, Quirk>> = {
  firstFactorsStay: {
    summary:
      'Passwords and codes cannot be deleted at all, a last provider can, and what is left of the credentials is all written anew.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
  },
  identityPagesUnbounded: {
    summary: '`GET /admin/identities` gives as many identities a page as it is asked for, not 500 at most.',
    releases: ['v1.3.1'],
    source: 'x/pagination.go',
  },
  includedNotNamed: {
    summary: 'The 400 of a wrong `include_credential` names those before it on lists, too, and never the wrong one.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
  },
  identifierFiltersClash: {
    summary:
      'Of the filters of `GET /admin/identities` only the two by identifier exclude each other, and `organization_id` is not read.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
  },
  batchErrorsSay500: {
    summary: 'The 400 for a batch that cannot be read says code 500 in its body.',
    releases: ALL,
    source: 'herodot error_default.go:331',
  },
  batchErrorsUnspecific: {
    summary: 'An invalid item of a batch is only said to be malformed.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'identity/manager.go',
  },
  nullPatchDrops: {
    summary: 'A batch with `null` among its identities ends the connection without an answer.',
    releases: ALL,
    source: 'identity/handler.go',
  },
  batchTakes2000: {
    summary:
      'A batch may hold 2,000 identities, plain-text passwords or not; later releases take 1,000, and 200 with one.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
  },
  patchKeepsRemoved: {
    summary: 'What a JSON Patch removes of an identity itself, such as `/metadata_admin`, stays.',
    releases: ['v1.3.1'],
    source: 'ory/x jsonx/patch.go',
  },
  updateRewritesCredentials: {
    summary: 'An update renews `updated_at` of every credential and never that of the identity.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
  },
  updateAnswersWhatItGot: {
    summary: 'An update answers addresses that came out of the traits again without their ids and times.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
  },
  partialBatchRollsBack: {
    summary: 'When one identity of a batch conflicts, none is made, though the others are answered as created.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4211',
  },
  unknownCredentialTypeIs404: {
    summary: 'A JSON Patch that adds a credential of no known type is a 404.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
  },
  newCredentialsTimeless: {
    summary: 'The answer of the write that makes a credential says of its times that they are year 1.',
    releases: RELEASED,
    source: 'persistence/sql/identity/persister_identity.go createIdentityCredentials',
  },
  identifiersFolded: {
    summary:
      'Identifiers and addresses are stored in NFKC, without invisible characters, phone numbers in E.164; a password credential is then of version 1.',
    releases: ['next'],
    source: 'x/normalize.go',
  },
  checksHashes: {
    summary: 'An imported password hash that is not whole, or that costs too much to check, is a 400.',
    releases: ['next'],
    source: 'hash/hash_limits.go',
  },
  guardsCredentials: {
    summary:
      'A JSON Patch may not touch credentials of OpenID Connect and SAML at all, and a credential must name the type it stands under.',
    releases: ['next'],
    source: 'identity/handler.go ValidateCredentialsIntegrity',
  },
  regionForgotten: {
    summary: 'The region of an identity is in the answer of the write that names it, and nowhere else.',
    releases: ['next'],
    source: 'identity/identity.go',
  },
}
