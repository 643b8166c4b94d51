import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cleanPath, escapePath } from '../go/url.ts'
import type { Route } from '../api/exchange.ts'
import type { Profile } from '../profiles/profile.ts'
import { notModelled, nothingThere, wrongMethod } from './go-answers.ts'
import type { ServedPath } from './paths.ts'
import { redirect, withQuery } from './redirects.ts'
import { RouteTree } from './route-tree.ts'

/** What a router finds: what is served, and at which escaped path. */
export interface Match {
  readonly served: ServedPath
  readonly at: Bytes
}

/** One of the two routers that Kratos was built with. */
export interface Mux {
  /** What a method and an escaped path lead to, or what answers instead. */
  find(method: string, path: Bytes): Match | Route
  /** Whether a method is served at a path as it stands. */
  takes(method: string, path: Bytes): boolean
  /** Whether any is. */
  knows(path: Bytes): boolean
}

/** Paths that 25.4 registers as `http.Handler`s, which do without the slash at the end (x/router.go). */
const SLASHLESS = /^\/(?:sessions\/whoami|health\/(?:alive|ready))$/

// HEAD finds what is registered for GET, too, and where it is registered by itself, GET is.
const methodOf = (method: string): string => (method === 'HEAD' ? 'GET' : method)

/** The segments, unescaped, and `/` for a slash at the end: an escaped one, too, where that is said to be one. */
const segmentsOf = (path: Bytes, isEnd: boolean): readonly string[] => {
  const segments = path.slice(1).split('/')
  const ended = segments.at(-1) === '' ? [...segments.slice(0, -1), '/'] : segments
  if (!path.includes('%')) return ended
  return ended.map((segment) => {
    const plain = unescapeBytes(segment) ?? segment
    return plain === '/' && segment !== '/' && !isEnd ? segment : plain
  })
}

/** Go's net/http ServeMux: it matches segments of the escaped path by what they stand for. */
export class ServeMux implements Mux {
  readonly #tree = new RouteTree<ServedPath>()
  readonly #has: Profile['has']

  constructor(paths: readonly ServedPath[], { has }: Profile) {
    this.#has = has
    for (const served of paths) {
      const { path } = served
      this.#tree.add(this.#segments(path), served)
      if (has.trailingSlashServed && !SLASHLESS.test(path)) this.#tree.add(this.#segments(`${path}/`), served)
    }
  }

  #segments(path: Bytes): readonly string[] {
    return segmentsOf(path, this.#has.slashIsNoValue)
  }

  takes(method: string, path: Bytes): boolean {
    // Whose an escaped slash is, is asked before what it does there.
    return [false, true].some((isEnd) => this.#tree.find(methodOf(method), segmentsOf(path, isEnd)) !== undefined)
  }

  knows(path: Bytes): boolean {
    return this.#tree.all(this.#segments(path)).length > 0
  }

  find(method: string, path: Bytes): Match | Route {
    // Nothing is served for CONNECT, whose path Go leaves as it is.
    const clear = method === 'CONNECT' ? path : cleanPath(path)
    // A path that was cleaned is escaped once more: Go takes it for one that never was.
    if (clear !== path)
      return (exchange) => redirect(exchange, 307, withQuery(exchange, exchange.root + escapePath(clear)))
    const served = this.#tree.find(methodOf(method), this.#segments(path))
    if (served !== undefined) return { served, at: path }
    const others = this.#tree.all(this.#segments(path))
    if (others.length === 0) return nothingThere
    if (!this.#has.unmodelledIsPlain404 && others.every(({ route }) => route === notModelled)) return notModelled
    const allowed = others.flatMap((other) => (other.method === 'GET' ? ['GET', 'HEAD'] : [other.method]))
    return (exchange) => wrongMethod(exchange, allowed)
  }
}
