import { Hono } from 'hono/tiny'
import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cleanPath, escapePath, joinAdmin } from '../go/url.ts'
import type { Exchange } from '../api/exchange.ts'
import { isPreflight, preflight } from './cors.ts'
import { httpRouter } from './httprouter.ts'
import { pathsOf, type ServedPath } from './paths.ts'
import { redirect, withQuery } from './redirects.ts'
import { respond } from './respond.ts'
import { notModelled, nothingThere, serveMux } from './servemux.ts'
import { isUnmodelled } from './unmodelled.ts'

type Env = { Bindings: Exchange }
type Responding = Response | Promise<Response>

/** Answers an exchange by the operation table. */
export type Router = (exchange: Exchange) => Responding

/** A segment that is nothing but an escaped slash. */
const SLASH = /\/%2[Ff](?:\/|$)/

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
  !(world.profile.has.slashIsNoValue && SLASH.test(asked)) &&
  (method !== 'HEAD' || !world.profile.has.httprouter || operation?.id === 'toSession')

/** What Hono did not find: the routers of Go have their own ideas of a path. */
const fallback =
  (paths: readonly ServedPath[]) =>
  (exchange: Exchange): Responding => {
    const { profile } = exchange.world
    if (isUnmodelled(exchange.side, exchange)) return respond(exchange, notModelled)
    const here = paths.filter((path) => released(exchange, path))
    if (profile.has.httprouter) {
      const found = httpRouter(exchange, here)
      return 'status' in found ? respond(exchange, () => found) : serve(exchange, found)
    }
    if (profile.has.slashIsNoValue && SLASH.test(exchange.path)) {
      exchange.path = exchange.path.replace(/%2F$/i, '')
      if (SLASH.test(exchange.path)) return respond(exchange, nothingThere)
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

/** What the release's public server does to a path before it looks for a route. */
const clean = (exchange: Exchange): void => {
  if (!exchange.world.profile.has.cleansPublicPaths) return
  const clear = cleaned(exchange.path)
  if (clear === exchange.path) return
  exchange.path = clear
  exchange.shown = clear
}

const cleaned = (path: Bytes): Bytes => {
  const plain = unescapeBytes(path) ?? path
  const clear = cleanPath(plain)
  return clear === plain ? path : escapePath(clear)
}

/** Whether a path without `/admin` is one of the public server's. */
const isOpen = (exchange: Exchange, publics: readonly ServedPath[]): boolean => {
  if (exchange.server !== 'both') return false
  const has = (path: Bytes): boolean =>
    publics.some(({ method, pattern }) => method === methodOf(exchange) && pattern.test(path))
  if (has(exchange.path) || isUnmodelled('public', exchange)) return true
  return exchange.world.profile.has.cleansPublicPaths && has(cleaned(exchange.path))
}

/** Puts an exchange on the side that its path belongs to; false when it has to be sent to `/admin` first. */
const settle = (exchange: Exchange, publics: readonly ServedPath[]): boolean => {
  const { profile } = exchange.world
  // httprouter matches decoded paths, so `%2F` separates.
  if (profile.has.httprouter) exchange.path = escapePath(unescapeBytes(exchange.path) ?? exchange.path)
  if (exchange.side === 'public') {
    clean(exchange)
    return true
  }
  if (exchange.path.startsWith('/admin')) return true
  if (isOpen(exchange, publics)) {
    exchange.side = 'public'
    clean(exchange)
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
  const isShared = ({ path, side }: Exchange): boolean =>
    side === 'public' || publics.some(({ pattern }) => pattern.test(path))
  return (exchange) => {
    if (isPreflight(exchange) && isShared(exchange)) {
      exchange.side = 'public'
      return respond(exchange, () => preflight(exchange))
    }
    if (settle(exchange, publics)) return app.fetch(exchange.request, exchange)
    return respond(exchange, () =>
      redirect(exchange, 307, withQuery(exchange, exchange.root + joinAdmin(exchange.path))),
    )
  }
}
