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

/** Every quirk by name. */
export const quirks: Readonly<Record<QuirkName, Quirk>> = {
  unknownIdentityListsEmpty: {
    summary: 'The sessions of an identity that does not exist are an empty list, not a 404.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:145',
  },
  firstPageTwice: {
    summary: 'Pages 0 and 1 are the same, so following `rel="next"` gives the first page twice and the last chunk never.',
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
    summary: 'What is not there is sent as `null` against the OpenAPI: an identity that was not expanded, a batch item.',
    releases: ALL,
    source: 'session/session.go:72',
  },
  unmodelledIsPlain404: {
    summary: 'A path that is not served is a plain-text 404, and a wrong method a plain-text 405, instead of errorGeneric.',
    releases: ALL,
    source: 'net/http ServeMux',
  },
}
