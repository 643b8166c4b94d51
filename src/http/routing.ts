import type { Route, Routing } from '../api/exchange.ts'
import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cleanRouterPath, escapePath, joinPath, plainPath, respelled, type GoUrl } from '../go/url.ts'
import type { ServerKind } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'
import { guarded, isGuarded } from './csrf.ts'
import { HttpRouter } from './httprouter.ts'
import { pathsOf, type ServedPath } from './paths.ts'
import { asterisk } from './go-answers.ts'
import { redirect, toPublic, withPath } from './redirects.ts'
import { ServeMux, type Match, type Mux } from './servemux.ts'

/** Where a request stands before a route is looked for: on which server, and at which path. */
type Standing = Pick<Routing, 'side' | 'path' | 'shown'>

/** Finds what a method and a path lead to, as a release's own router would: Go's ServeMux, or httprouter. */
export class Router {
  readonly #profile: Profile
  readonly #server: ServerKind
  readonly #mux: Mux
  /** On a port that plays both, what is the public server's. */
  readonly #publics: Mux

  constructor(server: ServerKind, profile: Profile) {
    this.#profile = profile
    this.#server = server
    const paths = pathsOf(server, profile)
    const muxOf = (served: readonly ServedPath[]): Mux =>
      profile.has.httprouter ? new HttpRouter(served) : new ServeMux(served, profile)
    this.#mux = muxOf(paths)
    this.#publics = server === 'both' ? muxOf(paths.filter(({ side }) => side === 'public')) : this.#mux
  }

  /** Whether a path is one of the public server's, whatever the method. */
  isPublic(path: Bytes): boolean {
    return this.#server === 'public' || (this.#server === 'both' && this.#publics.knows(path))
  }

  route(method: string, target: GoUrl): Routing {
    const standing = this.#stand(method, target)
    if (typeof standing === 'function') return unrouted(target, this.#at(target), standing)
    const isAsterisk = target.path === '*' && this.#profile.has.unmodelledIsPlain404 && !this.#profile.has.httprouter
    const found = isAsterisk ? asterisk : this.#mux.find(method, standing.path)
    if (isGuarded(this.#profile, this.#server, method, standing.shown))
      return unrouted(target, standing, guarded(typeof found === 'function' ? found : found.served.route))
    if (typeof found === 'function') return unrouted(target, standing, found)
    return routed(target, standing, found)
  }

  #at({ path }: GoUrl): Standing {
    return { side: this.#server === 'public' ? 'public' : 'admin', path, shown: path }
  }

  /** Puts a request on the side that its path belongs to, or sends it to `/admin` first. */
  #stand(method: string, target: GoUrl): Standing | Route {
    const { has } = this.#profile
    const plain = plainPath(target)
    if (this.#server === 'public' || (!plain.startsWith('/admin') && this.#isOpen(method, target)))
      return this.#standing('public', target, this.#cleaned(plain))
    if (plain.startsWith('/admin')) return this.#standing('admin', target, plain)
    const joined = joinPath('/admin', plain)
    if (!has.redirectsMissingAdmin) {
      // The next release puts it before the path as it was sent, too.
      const path = this.#profile.knows('next') ? joinPath('/admin', target.path) : target.path
      return this.#standing('admin', { ...target, path }, joined)
    }
    return (exchange) => redirect(exchange, 307, withPath(exchange, joined))
  }

  #standing(side: Routing['side'], { path: sent }: GoUrl, plain: Bytes): Standing {
    const shown = respelled(sent, plain)
    // httprouter matches decoded paths, so `%2F` separates.
    return { side, path: this.#profile.has.httprouter ? escapePath(plain) : shown, shown }
  }

  #cleaned(plain: Bytes): Bytes {
    return this.#profile.has.cleansPublicPaths ? cleanRouterPath(plain) : plain
  }

  /** Whether a path without `/admin` is one of the public server's. */
  #isOpen(method: string, target: GoUrl): boolean {
    if (this.#server !== 'both') return false
    const clear = respelled(target.path, this.#cleaned(plainPath(target)))
    return this.#publics.takes(method, target.path) || this.#publics.takes(method, clear)
  }
}

/** A request that a route takes. */
const routed = (target: GoUrl, standing: Standing, { served, at }: Match): Routing => {
  const { operation, path: pattern, route } = served
  // Kratos' handler of one session knows that `whoami` is none.
  const isWhoami = operation?.id === 'getSession' && unescapeBytes(at.split('/')[3] ?? '') === 'whoami'
  if (isWhoami) return { ...unrouted(target, standing, toPublic), routed: true }
  const { side, shown } = standing
  return { side, path: at, shown, target, operation, pattern, routed: true, route }
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
