import { Hono } from 'hono'
import { KratosError } from '../model/errors.ts'
import { cleanPath, escapeHtmlText, isClean, joinAdmin } from '../model/go-url.ts'
import { operations, type Operation } from '../model/operations.ts'
import { NO_CACHE, type Answer } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { respond } from './respond.ts'
import type { Route } from './route-table.ts'
import { routes } from './routes.ts'

type Env = { Bindings: Exchange }

/** The HTTP methods that a GET pattern of Go's ServeMux also serves. */
const methodsOf = (operation: Operation): readonly string[] =>
  operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method]

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)

const plainText = (status: number, text: string, exchange: Exchange, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: {
    ...headers,
    ...(exchange.method === 'GET' ? { 'Cache-Control': NO_CACHE } : {}),
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  },
  body: `${text}\n`,
})

/** Go's http.Redirect: the link as a body for GET alone. */
export const redirect = (exchange: Exchange, status: 301 | 307, location: string): Answer => {
  const link = `<a href="${escapeHtmlText(location)}">${status === 301 ? 'Moved Permanently' : 'Temporary Redirect'}</a>.\n\n`
  const reading = exchange.method === 'GET' || exchange.method === 'HEAD'
  return {
    status,
    headers: {
      ...(exchange.method === 'GET' ? { 'Cache-Control': NO_CACHE } : {}),
      ...(reading ? { 'Content-Type': 'text/html; charset=utf-8' } : {}),
      Location: location,
    },
    body: reading ? link : '',
  }
}

/** What no operation serves: a path to be cleaned, a wrong method, or nothing at all. */
const unrouted =
  (patterns: readonly (readonly [RegExp, Operation])[]): Route =>
  (exchange) => {
    const { path, world, target, root } = exchange
    if (!isClean(path)) {
      const query = target.query === '' ? '' : `?${target.query}`
      return redirect(exchange, 307, `${root}${cleanPath(path)}${query}`)
    }
    const allowed = patterns.filter(([pattern]) => pattern.test(path)).flatMap(([, operation]) => methodsOf(operation))
    if (allowed.length > 0) {
      const headers = { Allow: [...new Set(allowed)].sort().join(', ') }
      if (world.profile.has.unmodelledIsPlain404) return plainText(405, 'Method Not Allowed', exchange, headers)
      throw new KratosError(405, { reason: `${exchange.method} is not served here; ${headers.Allow} are.`, headers })
    }
    if (world.profile.has.unmodelledIsPlain404) return plainText(404, '404 page not found', exchange)
    throw new KratosError(501, {
      reason: `ory-identities-mock does not model ${exchange.method} ${path}. See the table of operations in its README.`,
    })
  }

/** Where an operation stands: what both servers have is under `/admin` on the admin one. */
const pathsOf = (operation: Operation, server: Exchange['server']): readonly string[] => {
  if (operation.server !== 'both') return operation.server === server || server === 'both' ? [operation.path] : []
  return [...(server === 'public' ? [] : [`/admin${operation.path}`]), ...(server === 'admin' ? [] : [operation.path])]
}

/** Puts an exchange on the side that its path belongs to, and rewrites a path without `/admin` as Kratos 26.2 does. */
const settle = (exchange: Exchange, isPublic: (exchange: Exchange) => boolean): void => {
  if (exchange.side === 'public' || exchange.path.startsWith('/admin')) return
  if (exchange.server === 'both' && isPublic(exchange)) exchange.side = 'public'
  else exchange.path = joinAdmin(exchange.path)
}

/** Answers an exchange by the operation table. */
export type Router = (exchange: Exchange) => Response | Promise<Response>

/** The routes of one of Kratos' servers, or of both on one port, as a Hono app over exchanges. */
export const createRouter = (server: Exchange['server']): Router => {
  const app = new Hono<Env>({ getPath: (_request, options) => (options?.env as Exchange).path })
  const patterns: (readonly [RegExp, Operation])[] = []
  for (const operation of operations) {
    const route = routes[operation.id]
    for (const path of route === undefined ? [] : pathsOf(operation, server)) {
      patterns.push([patternOf(path), operation])
      app.on(operation.method, path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => {
        c.env.operation = operation
        return respond(c.env, route!)
      })
    }
  }
  const fallback = unrouted(patterns)
  app.notFound((c) => respond(c.env, fallback))
  const publics = patterns.filter(([, operation]) => operation.server !== 'admin')
  const isPublic = ({ method, path }: Exchange): boolean =>
    publics.some(([pattern, operation]) => pattern.test(path) && methodsOf(operation).includes(method))
  return (exchange) => {
    settle(exchange, isPublic)
    return app.fetch(exchange.request, exchange)
  }
}
