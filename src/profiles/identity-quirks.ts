import { ALL, RELEASED, UPDATES, WRITES, type Quirk } from './quirk.ts'

export type IdentityQuirk =
  | 'firstFactorsStay'
  | 'identityPagesUnbounded'
  | 'includedNotNamed'
  | 'identifierFiltersClash'
  | 'idsUnbounded'
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
    summary: 'Passwords and codes cannot be deleted at all, and the last provider to sign in with can.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
    touches: ['deleteIdentityCredentials'],
  },
  identityPagesUnbounded: {
    summary:
      '`GET /admin/identities` gives as many identities a page as it is asked for, and 1,000 by `page`, not 500 at most.',
    releases: ['v1.3.1'],
    source: 'x/pagination.go',
    touches: ['listIdentities'],
  },
  includedNotNamed: {
    summary: 'The 400 of a wrong `include_credential` names those before it on lists, too, and never the wrong one.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
    touches: ['listIdentities'],
  },
  identifierFiltersClash: {
    summary: 'Of the filters of `GET /admin/identities` only the two by identifier exclude each other.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
    touches: ['listIdentities'],
  },
  idsUnbounded: {
    summary: '`GET /admin/identities` takes any number of `ids`, not 500 at most.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
    touches: ['listIdentities'],
  },
  batchErrorsSay500: {
    summary: 'The 400 for a batch that cannot be read says code 500 in its body.',
    releases: ALL,
    source: 'herodot error_default.go:331',
    touches: ['batchPatchIdentities'],
  },
  batchErrorsUnspecific: {
    summary: 'An invalid item of a batch is only said to be malformed.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'identity/manager.go',
    touches: ['batchPatchIdentities'],
  },
  nullPatchDrops: {
    summary:
      'A batch with `null` among its identities ends the connection without an answer; in the next release it is a 500 that shows the panic as plain text, here without its stack.',
    releases: ALL,
    source: 'identity/handler.go',
    touches: ['batchPatchIdentities'],
  },
  batchTakes2000: {
    summary:
      'A batch may hold 2,000 identities, plain-text passwords or not; later releases take 1,000, and 200 with one.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
    touches: ['batchPatchIdentities'],
  },
  patchKeepsRemoved: {
    summary: 'What a JSON Patch removes of an identity itself, such as `/metadata_admin`, stays.',
    releases: ['v1.3.1'],
    source: 'ory/x jsonx/patch.go',
    touches: ['patchIdentity'],
  },
  updateRewritesCredentials: {
    summary: 'An update renews `updated_at` of every credential and never that of the identity.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
    touches: UPDATES,
  },
  updateAnswersWhatItGot: {
    summary: 'An update answers addresses that came out of the traits again without their ids and times.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
    touches: ['updateIdentity', 'patchIdentity'],
  },
  partialBatchRollsBack: {
    summary: 'When one identity of a batch conflicts, none is made, though the others are answered as created.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4211',
    touches: ['batchPatchIdentities'],
  },
  unknownCredentialTypeIs404: {
    summary: 'A JSON Patch that adds a credential of no known type is a 404.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
    touches: ['patchIdentity'],
  },
  newCredentialsTimeless: {
    summary:
      'The answer of the write that makes a credential shows it as it was given, not as it is stored: of its times, it says that they are year 1.',
    releases: RELEASED,
    source: 'persistence/sql/identity/persister_identity.go createIdentityCredentials',
    touches: ['createIdentity', 'updateIdentity', 'patchIdentity'],
  },
  identifiersFolded: {
    summary:
      'Identifiers and addresses are stored in NFKC, without invisible characters, phone numbers in E.164, also in the traits that they come from, in words of their own where that cannot be done; a password credential is then of version 1.',
    releases: ['next'],
    source: 'x/normalize.go',
    touches: [...WRITES, ...UPDATES, 'listIdentities', 'updateLoginFlow', 'updateRegistrationFlow'],
  },
  checksHashes: {
    summary: 'An imported password hash that is not whole, or that costs too much to check, is a 400.',
    releases: ['next'],
    source: 'hash/hash_limits.go',
    touches: WRITES,
  },
  guardsCredentials: {
    summary:
      'A JSON Patch may not touch credentials of OpenID Connect and SAML at all, and a credential must name the type it stands under.',
    releases: ['next'],
    source: 'identity/handler.go ValidateCredentialsIntegrity',
    touches: ['patchIdentity'],
  },
  regionForgotten: {
    summary: 'The region of an identity is in the answer of the write that names it, and nowhere else.',
    releases: ['next'],
    source: 'identity/identity.go',
    touches: WRITES,
  },
}
