/** A release of Kratos that the mock models. */
export type Release = 'v26.2.0' | 'v25.4.0' | 'v1.3.1'

/** One way in which a Kratos differs from what its API reference says. */
export interface Quirk {
  readonly summary: string
  readonly releases: readonly Release[]
  /** The upstream issue or file that it comes from. */
  readonly source: string
}

const ALL: readonly Release[] = ['v26.2.0', 'v25.4.0', 'v1.3.1']

export type QuirkName =
  | 'unknownIdentityListsEmpty'
  | 'firstPageTwice'
  | 'paginationIgnoresGarbage'
  | 'emptyListLinks'
  | 'activeFilterIgnoresIdentity'
  | 'deletingNoSessionsIs404'
  | 'listedSessionsBare'
  | 'nullForAbsent'
  | 'unmodelledIsPlain404'
  | 'redirectsMissingAdmin'
  | 'trailingSlashServed'
  | 'httprouter'
  | 'noCacheOnRoutesAlone'
  | 'noErrorIdHeader'
  | 'ownedByAuthentication'
  | 'sessionsTotalCount'
  | 'negativePageSizeDrops'
  | 'csrfCookies'
  | 'keysetSkipsTies'
  | 'firstFactorsStay'
  | 'noSchemasIsNull'
  | 'identityPagesUnbounded'
  | 'includedNotNamed'
  | 'identifierFiltersClash'
  | 'schemaPagesOverlap'
  | 'schemaIdDecodedInError'
  | 'schemaTypeBare'
  | 'internalErrors'
  | 'causeInMessage'
  | 'bodyLimitIs400'
  | 'batchErrorsSay500'
  | 'batchErrorsUnspecific'
  | 'nullPatchDrops'
  | 'batchTakes2000'
  | 'patchKeepsRemoved'
  | 'updateRewritesCredentials'
  | 'updateAnswersWhatItGot'
  | 'partialBatchRollsBack'
  | 'unknownCredentialTypeIs404'
  | 'mySessionsNeedNoAal2'

/** Every quirk by name. */
export const quirks: Readonly<Record<QuirkName, Quirk>> = {
  unknownIdentityListsEmpty: {
    summary: 'The sessions of an identity that does not exist are an empty list, not a 404.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:145',
  },
  firstPageTwice: {
    summary:
      'Pages 0 and 1 are the same, so following `rel="next"` gives the first page twice and the last chunk never.',
    releases: ALL,
    source: 'ory/kratos#3883',
  },
  paginationIgnoresGarbage: {
    summary: 'A page token, page or page size that cannot be read silently becomes the default.',
    releases: ALL,
    source: 'oryx/pagination/tokenpagination/pagination.go:39',
  },
  emptyListLinks: {
    summary: 'The `Link` of an empty list has a `next`, and a `prev` with a negative offset.',
    releases: ALL,
    source: 'oryx/pagination/header.go:26',
  },
  activeFilterIgnoresIdentity: {
    summary: '`active=true` also lists sessions whose body says `"active":false` because the identity is inactive.',
    releases: ALL,
    source: 'ory/kratos#2930',
  },
  deletingNoSessionsIs404: {
    summary: 'Deleting the sessions of an identity that has none is a 404.',
    releases: ALL,
    source: 'ory/kratos#2382',
  },
  listedSessionsBare: {
    summary: 'A listed session has an empty `schema_url`, and `devices` is null when it has none.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:124',
  },
  nullForAbsent: {
    summary:
      'What is not there is sent as `null` against the OpenAPI: an identity that was not expanded, a batch item.',
    releases: ALL,
    source: 'session/session.go:72',
  },
  unmodelledIsPlain404: {
    summary:
      'A path that is not served is a plain-text 404, and a wrong method a plain-text 405, instead of errorGeneric.',
    releases: ALL,
    source: 'net/http ServeMux',
  },
  redirectsMissingAdmin: {
    summary: 'A path without `/admin` on the admin server is redirected (307) instead of being served in place.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/router.go',
  },
  trailingSlashServed: {
    summary: 'Each route is also served with a slash at its end.',
    releases: ['v25.4.0'],
    source: 'x/router.go',
  },
  httprouter: {
    summary:
      'Paths are matched decoded, a wrong case or a slash too many is redirected, OPTIONS is answered and HEAD refused.',
    releases: ['v1.3.1'],
    source: 'julienschmidt/httprouter',
  },
  noCacheOnRoutesAlone: {
    summary: '`Cache-Control` goes with every method, but only where a route was found.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/nocache.go',
  },
  noErrorIdHeader: {
    summary: 'Errors carry no `Ory-Error-Id` header.',
    releases: ['v1.3.1'],
    source: 'ory/herodot before v0.10.7',
  },
  ownedByAuthentication: {
    summary: 'The sessions of an identity are ordered by `authenticated_at`, not by creation.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#3324',
  },
  sessionsTotalCount: {
    summary: '`GET /admin/sessions` has an `X-Total-Count`.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4173',
  },
  negativePageSizeDrops: {
    summary: 'A negative `page_size` on `GET /admin/sessions` ends the connection without an answer.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/persister_session.go',
  },
  csrfCookies: {
    summary: 'The public server sets a CSRF cookie with answers to paths that it does not exempt.',
    releases: ALL,
    source: 'cmd/daemon/serve.go',
  },
  keysetSkipsTies: {
    summary:
      'A page token of `GET /admin/sessions` keeps 10 µs, so sessions created within the same 10 µs can be skipped.',
    releases: ALL,
    source: 'oryx/pagination/keysetpagination/page_token.go',
  },
  identifierFiltersClash: {
    summary:
      'Of the filters of `GET /admin/identities` only the two by identifier exclude each other, and `organization_id` is not read.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
  },
  schemaPagesOverlap: {
    summary: 'Pages of `GET /schemas` from the second on hold more than was asked for.',
    releases: ALL,
    source: 'schema/schema.go:93',
  },
  schemaIdDecodedInError: {
    summary: 'The 404 of an identity schema names the id decoded from base64, whatever that gives.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'schema/handler.go',
  },
  schemaTypeBare: {
    summary: '`GET /schemas/{id}` is `application/json` without a charset.',
    releases: ['v1.3.1'],
    source: 'schema/handler.go',
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
  noSchemasIsNull: {
    summary: 'A page of `GET /schemas` without schemas is `null`, not an empty list.',
    releases: ['v1.3.1'],
    source: 'schema/schema.go:93',
  },
  firstFactorsStay: {
    summary:
      'Passwords and codes cannot be deleted at all, a last provider can, and what is left of the credentials is all written anew.',
    releases: ['v1.3.1'],
    source: 'identity/handler.go',
  },
  internalErrors: {
    summary: 'An identity schema that cannot be used, an empty identifier and an unknown type of credential are a 500.',
    releases: ALL,
    source: 'schema/validator.go',
  },
  causeInMessage: {
    summary: 'A body or a JSON Patch that cannot be read is named in `message`, and `reason` says nothing of it.',
    releases: ALL,
    source: 'identity/handler.go',
  },
  bodyLimitIs400: {
    summary: 'A body over 5 MiB is a 400, and a 500 where it is a JSON Patch, not a 413.',
    releases: ALL,
    source: 'cmd/daemon/serve.go:148',
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
  mySessionsNeedNoAal2: {
    summary: '`GET /sessions` answers a session that still needs its second factor.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4305',
  },
  unknownCredentialTypeIs404: {
    summary: 'A JSON Patch that adds a credential of no known type is a 404.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/identity/persister_identity.go',
  },
}
