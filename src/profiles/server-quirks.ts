import { isSelfService, operations, type OperationId } from '../model/operations.ts'
import { ALL, WRITES, type Quirk } from './quirk.ts'

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
  | 'pageErrorsUnspecific'
  | 'firstPageTwice'
  | 'emptyListLinks'

const idsOf = (those: typeof operations): readonly OperationId[] => those.map(({ id }) => id)

/** What answers with sessions, what is about flows, and the lists by offset. */
const SESSIONS: readonly OperationId[] = [
  'listIdentitySessions',
  'listSessions',
  'getSession',
  'extendSession',
  'toSession',
  'listMySessions',
]
const FLOWS = idsOf(operations.filter(isSelfService))
const OFFSET = idsOf(operations.filter(({ lists }) => lists === 'offset'))

/** Quirks of every operation: routes, headers, bodies, pages and schemas. */
export const serverQuirks: Readonly<Record<ServerQuirk, Quirk>> = {
  nullForAbsent: {
    summary:
      'What is not there is sent as `null` against the OpenAPI: an identity not expanded, a batch item, no identifiers, no nodes of a flow, no `continue_with`.',
    releases: ALL,
    source: 'session/session.go:72',
    touches: [...SESSIONS, ...WRITES, ...FLOWS],
  },
  unmodelledIsPlain404: {
    summary:
      'A path that the release lacks is a plain-text 404, and a wrong method a plain-text 405, instead of errorGeneric.',
    releases: ALL,
    source: 'net/http ServeMux',
    touches: ['unrouted'],
  },
  redirectsMissingAdmin: {
    summary: 'A path without `/admin` on the admin server is redirected (307) instead of being served in place.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/router.go',
    touches: ['without /admin'],
  },
  redirectsToAdmin: {
    summary:
      'The public server on a port of its own redirects paths of the admin API that it knows to the admin server (307).',
    releases: ALL,
    source: 'identity/handler.go',
    touches: ['unrouted'],
  },
  trailingSlashServed: {
    summary: 'Each route is also served with a slash at its end.',
    releases: ['v25.4.0'],
    source: 'x/router.go',
    touches: ['unrouted'],
  },
  httprouter: {
    summary:
      'Paths are matched decoded, a wrong case or a slash too many is redirected, OPTIONS is answered and HEAD refused.',
    releases: ['v1.3.1'],
    source: 'julienschmidt/httprouter',
    touches: ['unrouted', 'escaped', 'HEAD'],
  },
  slashIsNoValue: {
    summary: '`%2F` alone is no value of a path parameter: it ends the path, as a slash does.',
    releases: ['next', 'v26.2.0', 'v25.4.0'],
    source: 'net/http routing_tree.go',
    touches: ['escaped'],
  },
  cleansPublicPaths: {
    summary: 'The public server cleans a path of double slashes and dots in place, decoded, instead of redirecting it.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/clean_url.go',
    touches: ['unrouted'],
  },
  noCacheOnRoutesAlone: {
    summary: '`Cache-Control` goes with every method, but only where a route was found.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'x/nocache.go',
    touches: ['cache-control'],
  },
  noErrorIdHeader: {
    summary: 'Errors carry no `Ory-Error-Id` header.',
    releases: ['v1.3.1'],
    source: 'ory/herodot before v0.10.7',
    touches: ['ory-error-id'],
  },
  csrfCookies: {
    summary: 'The public server sets a CSRF cookie with answers to paths that it does not exempt.',
    releases: ALL,
    source: 'cmd/daemon/serve.go',
    touches: ['set-cookie'],
  },
  csrfProtects: {
    summary:
      'The public server on a port of its own answers an unsafe method on a path that it does not exempt with a 403, before it asks what is there.',
    releases: ALL,
    source: 'cmd/daemon/serve.go',
    touches: ['unsafe'],
  },
  internalErrors: {
    summary:
      'An identity schema that cannot be used, an empty identifier, an unknown type of credential, a password over 72 bytes and a session cookie that cannot be read are a 500.',
    releases: ALL,
    source: 'schema/validator.go',
    touches: ['errors'],
  },
  causeInMessage: {
    summary:
      'A body or a JSON Patch that cannot be read is named in `message`, and `reason` says nothing of it; a state that there is not is named in both.',
    releases: ALL,
    source: 'identity/handler.go',
    touches: ['errors'],
  },
  bodyLimitUnsaid: {
    summary:
      'The 400 for a body over 5 MiB does not say how much would do, and is a 500 where the body is a JSON Patch.',
    releases: ALL,
    source: 'cmd/daemon/serve.go:148',
    touches: ['errors'],
  },
  newWording: {
    summary:
      'Errors of JSON Patches, of `expires_in` and of unknown password hashes have the words of the next release.',
    releases: ['next'],
    source: 'identity/handler.go, x/normalize.go',
    touches: ['errors'],
  },
  noSchemasIsNull: {
    summary: 'A page of `GET /schemas` without schemas is `null`, not an empty list.',
    releases: ['v1.3.1'],
    source: 'schema/schema.go:93',
    touches: ['listIdentitySchemas'],
  },
  schemaPagesOverlap: {
    summary: 'Pages of `GET /schemas` from the second on hold more than was asked for.',
    releases: ALL,
    source: 'schema/schema.go:93',
    touches: ['listIdentitySchemas'],
  },
  schemaIdDecodedInError: {
    summary: 'The 404 of an identity schema names the id decoded from base64, whatever that gives.',
    releases: ['v25.4.0', 'v1.3.1'],
    source: 'schema/handler.go',
    touches: ['getIdentitySchema'],
  },
  schemaTypeBare: {
    summary: '`GET /schemas/{id}` is `application/json` without a charset.',
    releases: ['v1.3.1'],
    source: 'schema/handler.go',
    touches: ['getIdentitySchema'],
  },
  blanksCount: {
    summary: 'A parameter with an empty value is there: `page_size=` asks for pages by token, and `expand=` is a 400.',
    releases: ALL,
    source: 'net/url Values.Has',
    touches: ['blanks'],
  },
  paginationIgnoresGarbage: {
    summary: 'A page token, page or page size that cannot be read silently becomes the default.',
    releases: ALL,
    source: 'oryx/pagination/tokenpagination/pagination.go:39',
    touches: [...OFFSET, 'listIdentities', 'listCourierMessages'],
  },
  pageErrorsUnspecific: {
    summary:
      'The 400 for a page of sessions or of messages that cannot be read does not name the parameter and what is wrong.',
    releases: ALL,
    source: 'oryx/pagination/keysetpagination',
    touches: ['listSessions', 'listCourierMessages'],
  },
  firstPageTwice: {
    summary:
      'Pages 0 and 1 are the same, so following `rel="next"` gives the first page twice and the last chunk never.',
    releases: ALL,
    source: 'ory/kratos#3883',
    touches: ['listIdentitySessions', 'listMySessions'],
  },
  emptyListLinks: {
    summary: 'The `Link` of an empty list has a `next`, and a `prev` with a negative offset.',
    releases: ALL,
    source: 'oryx/pagination/header.go:26',
    touches: [...OFFSET, 'listIdentities'],
  },
}
