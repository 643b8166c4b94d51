import { ALL, type Quirk } from './quirk.ts'

export type ServerQuirk =
  | 'nullForAbsent'
  | 'unmodelledIsPlain404'
  | 'redirectsMissingAdmin'
  | 'redirectsToAdmin'
  | 'trailingSlashServed'
  | 'httprouter'
  | 'slashIsNoValue'
  | 'cleansPublicPaths'
  | 'noCacheOnRoutesAlone'
  | 'noErrorIdHeader'
  | 'csrfCookies'
  | 'csrfProtects'
  | 'internalErrors'
  | 'causeInMessage'
  | 'bodyLimitUnsaid'
  | 'newWording'
  | 'noSchemasIsNull'
  | 'schemaPagesOverlap'
  | 'schemaIdDecodedInError'
  | 'schemaTypeBare'
  | 'blanksCount'
  | 'paginationIgnoresGarbage'
  | 'firstPageTwice'
  | 'emptyListLinks'

/** Quirks of every operation: routes, headers, bodies, pages and schemas. */
export const serverQuirks: Readonly<Record<ServerQuirk, Quirk>> = {
  nullForAbsent: {
    summary:
      'What is not there is sent as `null` against the OpenAPI: an identity not expanded, a batch item, no identifiers.',
    releases: ALL,
    source: 'session/session.go:72',
  },
  unmodelledIsPlain404: {
    summary:
      'A path that the release lacks is a plain-text 404, and a wrong method a plain-text 405, instead of errorGeneric.',
    releases: ALL,
    source: 'net/http ServeMux',
  },
  redirectsMissingAdmin: {
    summary: 'A path without `/admin` on the admin server is redirected (307) instead of being served in place.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/router.go',
  },
  redirectsToAdmin: {
    summary:
      'The public server on a port of its own redirects paths of the admin API that it knows to the admin server (307).',
    releases: ALL,
    source: 'identity/handler.go',
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
  slashIsNoValue: {
    summary: '`%2F` alone is no value of a path parameter: it ends the path, as a slash does.',
    releases: ['next', 'v26.2.0', 'v25.4.0'],
    source: 'net/http routing_tree.go',
  },
  cleansPublicPaths: {
    summary: 'The public server cleans a path of double slashes and dots in place, decoded, instead of redirecting it.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/clean_url.go',
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
  csrfCookies: {
    summary: 'The public server sets a CSRF cookie with answers to paths that it does not exempt.',
    releases: ALL,
    source: 'cmd/daemon/serve.go',
  },
  csrfProtects: {
    summary:
      'The public server on a port of its own answers an unsafe method on a path that it does not exempt with a 403, before it asks what is there.',
    releases: ALL,
    source: 'cmd/daemon/serve.go',
  },
  internalErrors: {
    summary:
      'An identity schema that cannot be used, an empty identifier, an unknown type of credential, a password over 72 bytes and a session cookie that cannot be read are a 500.',
    releases: ALL,
    source: 'schema/validator.go',
  },
  causeInMessage: {
    summary: 'A body or a JSON Patch that cannot be read is named in `message`, and `reason` says nothing of it.',
    releases: ALL,
    source: 'identity/handler.go',
  },
  bodyLimitUnsaid: {
    summary:
      'The 400 for a body over 5 MiB does not say how much would do, and is a 500 where the body is a JSON Patch.',
    releases: ALL,
    source: 'cmd/daemon/serve.go:148',
  },
  newWording: {
    summary:
      'Errors of JSON Patches, of `expires_in`, of unknown password hashes and of addresses for codes have the words of the next release.',
    releases: ['next'],
    source: 'identity/handler.go, x/normalize.go',
  },
  noSchemasIsNull: {
    summary: 'A page of `GET /schemas` without schemas is `null`, not an empty list.',
    releases: ['v1.3.1'],
    source: 'schema/schema.go:93',
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
  blanksCount: {
    summary: 'A parameter with an empty value is there: `page_size=` asks for pages by token, and `expand=` is a 400.',
    releases: ALL,
    source: 'net/url Values.Has',
  },
  paginationIgnoresGarbage: {
    summary: 'A page token, page or page size that cannot be read silently becomes the default.',
    releases: ALL,
    source: 'oryx/pagination/tokenpagination/pagination.go:39',
  },
  firstPageTwice: {
    summary:
      'Pages 0 and 1 are the same, so following `rel="next"` gives the first page twice and the last chunk never.',
    releases: ALL,
    source: 'ory/kratos#3883',
  },
  emptyListLinks: {
    summary: 'The `Link` of an empty list has a `next`, and a `prev` with a negative offset.',
    releases: ALL,
    source: 'oryx/pagination/header.go:26',
  },
}
