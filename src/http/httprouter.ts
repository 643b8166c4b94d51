import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cleanPath, escapePath } from '../go/url.ts'
import type { Route } from '../api/route-table.ts'
import type { ServedPath } from './paths.ts'
import { redirect, withQuery } from './redirects.ts'
import { nothingThere, wrongMethod } from './servemux.ts'

/** httprouter takes an empty segment for a parameter, too, where more follows. */
const looseOf = (path: string, flags = ''): RegExp =>
  new RegExp(`^${path.replaceAll(/\{\w+\}$/g, '[^/]+').replaceAll(/\{\w+\}/g, '[^/]*')}$`, flags)

/** The path with the letters' case that the route has. */
const recased = (path: string, served: ServedPath): string => {
  const given = path.split('/')
  return served.path
    .split('/')
    .map((segment, at) => (segment.startsWith('{') ? given[at]! : segment))
    .join('/')
}

/** The route that a path would have with another case or another slash at its end (tree.findCaseInsensitivePath). */
const fixed = (path: string, paths: readonly ServedPath[]): string | undefined => {
  for (const candidate of [path, path.endsWith('/') ? path.slice(0, -1) : `${path}/`]) {
    const served = paths.find((one) => looseOf(one.path, 'i').test(candidate))
    if (served !== undefined) return recased(candidate, served)
  }
  return undefined
}

/** Whether a path with a slash too many ends between several longer routes, from where httprouter finds no way back. */
const isFork = (path: string, own: readonly ServedPath[]): boolean => {
  if (!path.endsWith('/')) return false
  const depth = path.split('/').length - 1
  const above = own.find((one) => looseOf(one.path).test(path.slice(0, -1)))
  const below = own.filter((one) => above !== undefined && one.path.startsWith(`${above.path}/`))
  const letters = new Set(below.map((one) => one.path.split('/')[depth]![0]))
  return letters.size > 1 && !letters.has('{')
}

/** What julienschmidt/httprouter, the router of Kratos 1.3, makes of a path; a path to serve, or what answers instead. */
export const httpRouter = (method: string, path: Bytes, paths: readonly ServedPath[]): ServedPath | Route => {
  const exact = (candidate: string, of: string): ServedPath | undefined =>
    paths.find((one) => one.method === of && looseOf(one.path).test(candidate))
  const served = exact(path, method)
  if (served !== undefined) return served
  const own = paths.filter((one) => one.method === method)
  if (own.length > 0 && method !== 'CONNECT' && path !== '/' && !isFork(path, own)) {
    const status = method === 'GET' ? 301 : 307
    const trimmed = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
    const better = exact(trimmed, method) === undefined ? fixed(cleanPath(path), own) : trimmed
    if (better !== undefined) {
      const to = escapePath(unescapeBytes(better) ?? better)
      return (exchange) => redirect(exchange, status, withQuery(exchange, exchange.root + to))
    }
  }
  const others = [...new Set(paths.map((one) => one.method))].filter(
    (one) => one !== method && exact(path, one) !== undefined,
  )
  if (others.length === 0) return nothingThere
  const allowed = [...others, 'OPTIONS']
  if (method !== 'OPTIONS') return (exchange) => wrongMethod(exchange, allowed)
  return () => ({ status: 200, headers: { Allow: allowed.sort().join(', ') }, body: '' })
}
