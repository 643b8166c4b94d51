import { flowParameter, operations, type Operation } from '../model/operations.ts'
import type { Routing } from '../api/exchange.ts'
import type { ServerKind } from '../model/wire.ts'
import { flowRoutes } from './flow-routes.ts'
import { redirections } from './redirects.ts'
import type { Route } from '../api/route-table.ts'
import { routes } from '../api/routes.ts'
import { nothingThere } from './servemux.ts'

/** A path that a server has, for one method. */
export interface ServedPath {
  readonly method: string
  readonly path: string
  readonly side: Routing['side']
  readonly operation: Operation | undefined
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

const all = { ...routes, ...flowRoutes }

const operationPaths = (): ServedPath[] =>
  operations.flatMap((operation) => {
    const route = all[operation.id] ?? nothingThere
    const methods = methodsOf(operation)
    return placesOf(operation).flatMap(([side, path]) =>
      methods.map((method) => ({ method, path, side, operation, route })),
    )
  })

/** All that a server has; on one port the admin server's `/admin/schemas` wins over the public one's. */
export const pathsOf = (server: ServerKind): readonly ServedPath[] => {
  const redirected = redirections.map(({ method, path, from, route }): ServedPath => ({
    method,
    path,
    side: from,
    operation: undefined,
    route,
  }))
  const served = [...redirected, ...operationPaths()]
  if (server !== 'both') return served.filter(({ side }) => side === server)
  return served.filter(({ side, path }) => side === 'admin' || !/^\/(?:admin|identities)\//.test(path))
}
