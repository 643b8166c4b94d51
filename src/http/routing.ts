import type { Routing } from '../api/exchange.ts'
import type { Route } from '../api/route-table.ts'
import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cleanPath, escapePath, joinAdmin, type GoUrl } from '../go/url.ts'
import type { ServerKind } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'
import { httpRouter } from './httprouter.ts'
import { pathsOf, type ServedPath } from './paths.ts'
import { redirect, withQuery } from './redirects.ts'
import { RouteTree } from './route-tree.ts'
import { notModelled, nothingThere, serveMux } from './servemux.ts'
import { isUnmodelled } from './unmodelled.ts'

/** A segment that is nothing but an escaped slash. */
const SLASH = /\/%2[Ff](?:\/|$)/

const methodOf = (method: string): string => (method === 'HEAD' ? 'GET' : method)

const treeOf = (paths: readonly ServedPath[]): RouteTree<ServedPath> => {
  const tree = new RouteTree<ServedPath>()
  for (const served of paths) tree.add(served.path, served)
  return tree
}

const cleaned = (path: Bytes): Bytes => {
  const plain = unescapeBytes(path) ?? path
  const clear = cleanPath(plain)
  return clear === plain ? path : escapePath(clear)
}

/** Where a request stands before a route is looked for: on which server, and at which path. */
type Standing = Pick<Routing, 'side' | 'path' | 'shown'>

/** Finds what a method and a path lead to, as a release's own router would: Go's ServeMux, or httprouter. */
export class Router {
  readonly #profile: Profile
  readonly #server: ServerKind
  readonly #paths: readonly ServedPath[]
  readonly #tree: RouteTree<ServedPath>
  /** On a port that plays both, what is the public server's. */
  readonly #publics: RouteTree<ServedPath>

  constructor(server: ServerKind, profile: Profile) {
    this.#profile = profile
    this.#server = server
    this.#paths = pathsOf(server).filter(
      ({ operation }) => operation?.since === undefined || profile.knows(operation.since),
    )
    this.#tree = treeOf(this.#paths)
    this.#publics = treeOf(server === 'both' ? this.#paths.filter(({ side }) => side === 'public') : [])
  }

  /** Whether a path is one of the public server's, whatever the method. */
  isPublic(path: Bytes): boolean {
    return this.#server === 'public' || this.#publics.methods(path).length > 0
  }

  route(method: string, target: GoUrl): Routing {
    const standing = this.#stand(method, target)
    if (typeof standing === 'function') return unrouted(target, this.#at(target), standing)
    const found = this.#find(method, standing)
    if (typeof found === 'function') return unrouted(target, standing, found)
    const { operation, path: pattern, route } = found.served
    return { ...standing, target, path: found.at, operation, pattern, routed: true, route }
  }

  #at({ path }: GoUrl): Standing {
    return { side: this.#server === 'public' ? 'public' : 'admin', path, shown: path }
  }

  /** Puts a request on the side that its path belongs to, or sends it to `/admin` first. */
  #stand(method: string, target: GoUrl): Standing | Route {
    const { has } = this.#profile
    const shown = target.path
    // httprouter matches decoded paths, so `%2F` separates.
    const path = has.httprouter ? escapePath(unescapeBytes(shown) ?? shown) : shown
    if (this.#server === 'public' || (!path.startsWith('/admin') && this.#isOpen(method, path))) {
      const clear = has.cleansPublicPaths ? cleaned(path) : path
      return { side: 'public', path: clear, shown: clear === path ? shown : clear }
    }
    if (path.startsWith('/admin')) return { side: 'admin', path, shown }
    const joined = joinAdmin(path)
    if (!has.redirectsMissingAdmin) return { side: 'admin', path: joined, shown: joined }
    return (exchange) => redirect(exchange, 307, withQuery(exchange, exchange.root + joined))
  }

  /** Whether a path without `/admin` is one of the public server's. */
  #isOpen(method: string, path: Bytes): boolean {
    if (this.#server !== 'both') return false
    const has = (at: Bytes): boolean => this.#publics.find(methodOf(method), at) !== undefined
    if (has(path) || isUnmodelled(this.#profile, 'public', method, path)) return true
    return this.#profile.has.cleansPublicPaths && has(cleaned(path))
  }

  /** What is served, and at which path; or what answers instead. */
  #find(method: string, { side, path }: Standing): { readonly served: ServedPath; readonly at: Bytes } | Route {
    const { has } = this.#profile
    const served = this.#tree.find(methodOf(method), path)
    const isSlash = has.slashIsNoValue && SLASH.test(path)
    // ServeMux gives HEAD to the routes of GET, httprouter does not.
    const isTaken = method !== 'HEAD' || !has.httprouter || served?.operation?.besides?.includes('HEAD') === true
    if (served !== undefined && isTaken && !isSlash) return { served, at: path }
    if (isUnmodelled(this.#profile, side, method, path)) return notModelled
    if (has.httprouter) {
      const other = httpRouter(method, path, this.#paths)
      return typeof other === 'function' ? other : { served: other, at: path }
    }
    const bare = isSlash ? path.replace(/%2F$/i, '') : path
    if (isSlash && SLASH.test(bare)) return nothingThere
    if (!has.trailingSlashServed || !bare.endsWith('/')) return serveMux(bare, this.#tree)
    const at = bare.slice(0, -1)
    const slashless = this.#tree.find(methodOf(method), at)
    if (slashless !== undefined) return { served: slashless, at }
    const isWrongMethod = side === 'admin' && this.#tree.methods(at).length > 0
    return serveMux(isWrongMethod ? at : bare, this.#tree)
  }
}

/** A request that no route of Kratos takes. */
export const unrouted = (target: GoUrl, standing: Standing, route: Route): Routing => ({
  ...standing,
  target,
  operation: undefined,
  pattern: '',
  routed: false,
  route,
})
