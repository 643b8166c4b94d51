import { methodsOf, operations, placesOf, type Operation } from '../model/operations.ts'
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

const all = { ...routes, ...flowRoutes }

const operationPaths = (): ServedPath[] =>
  operations.flatMap((operation) => {
    const route = all[operation.id] ?? nothingThere
    return placesOf(operation).flatMap(([side, path]) =>
      methodsOf(operation).map((method) => ({ method, path, side, operation, route })),
    )
  })

/**
 * All that a server has. On one port the admin server wins over what the public one has under `/admin`, and over
 * what that sends there.
 */
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
  return served.filter(({ side, path, operation }) => side === 'admin' || path === operation?.path)
}
