import { flowParameter, isSelfService, operations, type Method, type Operation } from '../model/operations.ts'
import type { Routing } from '../api/exchange.ts'
import type { ServerKind } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'
import { flowRoutes } from './flow-routes.ts'
import { toAdmin, toPublic } from './redirects.ts'
import type { Route } from '../api/route-table.ts'
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
  readonly route: Route
}

/** The methods that Kratos registers for `/sessions/whoami` besides GET (session/handler.go). */
const WHOAMI = ['HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'CONNECT', 'TRACE']

/** Where an operation stands: what both servers have is under `/admin` on the admin one. */
const placesOf = (operation: Operation): readonly (readonly [Routing['side'], path: string])[] => {
  const { server, path } = operation
  if (server === 'both')
    return [
      ['admin', `/admin${path}`],
      ['public', path],
    ]
  // The public server has the schemas under `/admin` too.
  return path.startsWith('/schemas')
    ? [
        ['public', path],
        ['public', `/admin${path}`],
      ]
    : [[server, path]]
}

/** A flow is also submitted by GET, as by a link in a letter. */
const methodsOf = (operation: Operation): readonly string[] => {
  const { id, method } = operation
  if (id === 'toSession') return ['GET', ...WHOAMI]
  return flowParameter(operation) === 'flow' ? ['GET', method] : [method]
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
  ['/identities/{id}/sessions', 'DELETE'],
  ['/recovery/code', 'POST'],
  ['/recovery/link', 'POST'],
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
  since?: Operation['since'],
): readonly ServedPath[] =>
  table.flatMap(([path, ...methods]) =>
    methods.map((method) => ({ method, path, side, operation: undefined, since, route })),
  )

const all: readonly ServedPath[] = [
  ...operationPaths,
  ...pathsWithout('public', toAdmin, TO_ADMIN),
  ...pathsWithout('public', toAdmin, BY_EXTERNAL_ID, 'v25.4.0'),
  ...pathsWithout('admin', toPublic, TO_PUBLIC),
  ...pathsWithout('public', notModelled, unmodelled.public),
  ...pathsWithout('admin', notModelled, unmodelled.admin),
  ...pathsWithout('public', notModelled, unmodelledOfNext.public, 'next'),
  ...pathsWithout('admin', notModelled, unmodelledOfNext.admin, 'next'),
]

/** Whether the public server only says that the admin one has it. `documented` has what the reference tells of. */
const isSentOn = ({ path, route }: ServedPath): boolean =>
  route === toAdmin && !/^\/(?:identities\/\{id\}\/sessions$|admin\/courier\/)/.test(path)

/** All that a server has; on one port nothing of the public server's stands under `/admin`, and nothing leads from it to the other. */
export const pathsOf = (server: ServerKind, { knows, has }: Profile): readonly ServedPath[] => {
  const there = all.filter(
    (one) => (one.since === undefined || knows(one.since)) && (has.redirectsToAdmin || !isSentOn(one)),
  )
  if (server !== 'both') return there.filter(({ side }) => side === server)
  return there.filter(({ side, path, route }) => side === 'admin' || (route !== toAdmin && !path.startsWith('/admin/')))
}
