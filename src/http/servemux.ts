import { KratosError } from '../model/errors.ts'
import { cleanPath, escapePath, isClean } from '../go/url.ts'
import type { Answer } from '../model/answer.ts'
import type { Exchange } from '../api/exchange.ts'
import type { Route } from '../api/route-table.ts'
import type { Bytes } from '../go/bytes.ts'
import type { RouteTree } from './route-tree.ts'
import { redirect, withQuery } from './redirects.ts'

/** Go's http.Error. */
export const plainText = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  body: `${text}\n`,
})

/** The answer to a wrong method: Go's, or errorGeneric. */
export const wrongMethod = (exchange: Exchange, allowed: readonly string[]): Answer => {
  const headers = { Allow: [...new Set(allowed)].sort().join(', ') }
  if (exchange.world.profile.has.unmodelledIsPlain404) return plainText(405, 'Method Not Allowed', headers)
  throw new KratosError(405, { reason: `${exchange.method} is not served here; ${headers.Allow} are.`, headers })
}

/** The answer to what Kratos has and the mock has not, whatever the profile: nobody should take it for Kratos' own. */
export const notModelled = ({ method, target }: Exchange): never => {
  throw new KratosError(501, {
    reason: `ory-identities-mock does not model ${method} ${target.path}. Its README has the table of operations.`,
  })
}

/** The answer to a path that nobody has: Go's, or errorGeneric that says whose fault it is. */
export const nothingThere = (exchange: Exchange): Answer =>
  exchange.world.profile.has.unmodelledIsPlain404 ? plainText(404, '404 page not found') : notModelled(exchange)

/** What net/http's ServeMux makes of a path that no route takes as it stands. */
export const serveMux = (path: Bytes, tree: Pick<RouteTree<{ readonly method: string }>, 'methods'>): Route => {
  if (!isClean(path))
    return (exchange) => redirect(exchange, 307, withQuery(exchange, exchange.root + escapePath(cleanPath(path))))
  const allowed = tree.methods(path).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return allowed.length > 0 ? (exchange) => wrongMethod(exchange, allowed) : nothingThere
}
