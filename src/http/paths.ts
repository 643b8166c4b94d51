import { isSelfService, methodsOf, operations, placesOf, type Method, type Operation } from '../model/operations.ts'
import type { Route, Routing } from '../api/exchange.ts'
import type { ServerKind } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'
import { flowRoutes } from './flow-routes.ts'
import { toAdmin, toPublic } from './redirects.ts'
import { routes } from '../api/routes.ts'
import { notModelled, nothingThere } from './go-answers.ts'
import { unmodelled, unmodelledOfNext } from './unmodelled.ts'

/** A path that a server has, for one method. */
export interface ServedPath {
  readonly method: string
  readonly path: string
  readonly side: Routing['side']
  readonly operation: Operation | undefined
  readonly since: Operation['since']
  /** Whether it is there in profiles alone whose public server redirects to the admin one. */
  readonly isRedirect: boolean
  readonly route: Route
}

const routeOf = { ...routes, ...flowRoutes }

const operationPaths = operations.flatMap((operation) => {
  const route = routeOf[operation.id] ?? nothingThere
  return placesOf(operation).flatMap(([side, path]) =>
    methodsOf(operation).map((method): ServedPath => ({
      method,
      path,
      side,
      operation,
      since: operation.since,
      isRedirect: false,
      route,
    })),
  )
})

/** What one of Kratos' servers sends to the other (identity/handler.go, session/handler.go, schema/handler.go, courier/handler.go). */
const TO_ADMIN: readonly (readonly [path: string, ...methods: Method[]])[] = [
  ...['', '/admin'].flatMap((prefix) => [
    [`${prefix}/identities`, 'GET', 'POST'] as const,
    [`${prefix}/identities/{id}`, 'GET', 'PUT', 'PATCH', 'DELETE'] as const,
    [`${prefix}/identities/{id}/credentials/{type}`, 'DELETE'] as const,
  ]),
  ['/recovery/code', 'POST'],
  ['/recovery/link', 'POST'],
]
/** The reference tells of these, so that every profile has them. */
const TOLD_OF: typeof TO_ADMIN = [
  ['/identities/{id}/sessions', 'DELETE'],
  ['/admin/courier/messages', 'GET'],
  ['/admin/courier/messages/{id}', 'GET'],
]
/** Since there are external ids. */
const BY_EXTERNAL_ID: typeof TO_ADMIN = [
  ['/identities/by/external/{externalID}', 'GET'],
  ['/admin/identities/by/external/{externalID}', 'GET'],
]
const TO_PUBLIC: readonly (readonly [path: string, ...methods: string[]])[] = [
  ['/admin/sessions', 'DELETE'],
  ['/admin/schemas', 'GET'],
  ['/admin/schemas/{id}', 'GET'],
  ...operations
    .filter(isSelfService)
    .flatMap((operation) => methodsOf(operation).map((method) => [`/admin${operation.path}`, method] as const)),
]

const pathsWithout = (
  side: ServedPath['side'],
  route: Route,
  table: readonly (readonly [path: string, ...methods: string[]])[],
  { since, isRedirect = false }: { since?: Operation['since']; isRedirect?: boolean } = {},
): readonly ServedPath[] =>
  table.flatMap(([path, ...methods]) =>
    methods.map((method) => ({ method, path, side, operation: undefined, since, isRedirect, route })),
  )

const all: readonly ServedPath[] = [
  ...operationPaths,
  ...pathsWithout('public', toAdmin, TO_ADMIN, { isRedirect: true }),
  ...pathsWithout('public', toAdmin, BY_EXTERNAL_ID, { isRedirect: true, since: 'v25.4.0' }),
  ...pathsWithout('public', toAdmin, TOLD_OF),
  ...pathsWithout('admin', toPublic, TO_PUBLIC),
  ...pathsWithout('public', notModelled, unmodelled.public),
  ...pathsWithout('admin', notModelled, unmodelled.admin),
  ...pathsWithout('public', notModelled, unmodelledOfNext.public, { since: 'next' }),
  ...pathsWithout('admin', notModelled, unmodelledOfNext.admin, { since: 'next' }),
]

/** All that a server has; on one port nothing of the public server's stands under `/admin`, and nothing leads from it to the other. */
export const pathsOf = (server: ServerKind, { knows, has }: Profile): readonly ServedPath[] => {
  const there = all.filter(
    ({ since, isRedirect }) => (since === undefined || knows(since)) && (has.redirectsToAdmin || !isRedirect),
  )
  if (server !== 'both') return there.filter(({ side }) => side === server)
  return there.filter(
    ({ side, path, operation, route }) => side === 'admin' || (route !== toAdmin && path !== operation?.also),
  )
}
