import { Hono } from 'hono/tiny'
import { unescapeBytes } from '../model/bytes.ts'
import { escapePath, joinAdmin } from '../model/go-url.ts'
import { isPreflight, preflight } from './cors.ts'
import type { Exchange } from './exchange.ts'
import { httpRouter } from './httprouter.ts'
import { pathsOf, type ServedPath } from './paths.ts'
import { redirect, withQuery } from './redirects.ts'
import { respond } from './respond.ts'
import { serveMux } from './servemux.ts'

type Env = { Bindings: Exchange }
type Responding = Response | Promise<Response>

/** Answers an exchange by the operation table. */
export type Router = (exchange: Exchange) => Responding

const serve = (exchange: Exchange, { operation, route, path }: ServedPath): Responding => {
  exchange.pattern = path
  exchange.operation = operation
  exchange.routed = true
  return respond(exchange, route)
}

/** Whether the profile's release has a path. */
const released = ({ world }: Exchange, { operation }: ServedPath): boolean =>
  operation?.since === undefined || world.profile.release !== 'v1.3.1'

/**
 * Whether a route takes the request: ServeMux gives HEAD to those of GET, httprouter does not. A slash too many, which
 * Hono overlooks, is for what comes after it to judge.
 */
const takes = ({ world, method, path: asked }: Exchange, { operation, path }: ServedPath): boolean =>
  asked.endsWith('/') === path.endsWith('/') &&
  (method !== 'HEAD' || !world.profile.has.httprouter || operation?.id === 'toSession')

/** What Hono did not find: the routers of Go have their own ideas of a path. */
const fallback =
  (paths: readonly ServedPath[]) =>
  (exchange: Exchange): Responding => {
    const { profile } = exchange.world
    const here = paths.filter((path) => released(exchange, path))
    if (profile.has.httprouter) {
      const found = httpRouter(exchange, here)
      return 'status' in found ? respond(exchange, () => found) : serve(exchange, found)
    }
    if (profile.has.trailingSlashServed && exchange.path.endsWith('/')) {
      const path = exchange.path.slice(0, -1)
      const found = here.find(({ method, pattern }) => methodOf(exchange) === method && pattern.test(path))
      if (found !== undefined) {
        exchange.path = path
        return serve(exchange, found)
      }
    }
    return respond(exchange, () => serveMux(exchange, here))
  }

const methodOf = ({ method }: Exchange): string => (method === 'HEAD' ? 'GET' : method)

/** Puts an exchange on the side that its path belongs to; false when it has to be sent to `/admin` first. */
const settle = (exchange: Exchange, publics: readonly ServedPath[]): boolean => {
  const { profile } = exchange.world
  // httprouter matches decoded paths, so `%2F` separates.
  if (profile.has.httprouter) exchange.path = escapePath(unescapeBytes(exchange.path) ?? exchange.path)
  if (exchange.side === 'public' || exchange.path.startsWith('/admin')) return true
  const open = publics.some(({ method, pattern }) => method === methodOf(exchange) && pattern.test(exchange.path))
  if (open) {
    exchange.side = 'public'
    return true
  }
  if (profile.has.redirectsMissingAdmin) return false
  exchange.path = joinAdmin(exchange.path)
  exchange.shown = exchange.path
  return true
}

/** The routes of one of Kratos' servers, or of both on one port, as a Hono app over exchanges. */
export const createRouter = (server: Exchange['server']): Router => {
  const paths = pathsOf(server)
  const publics = server === 'both' ? paths.filter(({ side }) => side === 'public') : []
  const otherwise = fallback(paths)
  const app = new Hono<Env>({ getPath: (_request, options) => (options!.env as Exchange).path })
  for (const path of paths) {
    app.on(path.method, path.path.replaceAll(/\{(\w+)\}/g, ':$1'), ({ env }) =>
      released(env, path) && takes(env, path) ? serve(env, path) : otherwise(env),
    )
  }
  app.notFound(({ env }) => otherwise(env))
  app.onError((error) => {
    throw error
  })
  const isOpen = ({ path, side }: Exchange): boolean =>
    side === 'public' || publics.some(({ pattern }) => pattern.test(path))
  return (exchange) => {
    if (isPreflight(exchange) && isOpen(exchange)) {
      exchange.side = 'public'
      return respond(exchange, () => preflight(exchange))
    }
    if (settle(exchange, publics)) return app.fetch(exchange.request, exchange)
    return respond(exchange, () =>
      redirect(exchange, 307, withQuery(exchange, exchange.root + joinAdmin(exchange.path))),
    )
  }
}
