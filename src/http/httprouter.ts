import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cleanRouterPath } from '../go/url.ts'
import type { Route } from '../api/exchange.ts'
import { nothingThere, wrongMethod } from './go-answers.ts'
import type { ServedPath } from './paths.ts'
import { RadixTree } from './radix-tree.ts'
import { redirect, withPath } from './redirects.ts'
import type { Match, Mux } from './servemux.ts'

/** julienschmidt/httprouter, the router of Kratos 1.3: it matches paths decoded, and helps those that nearly match. */
export class HttpRouter implements Mux {
  readonly #trees = new Map<string, RadixTree<ServedPath>>()

  constructor(paths: readonly ServedPath[]) {
    for (const served of paths) {
      const tree = this.#trees.get(served.method) ?? new RadixTree()
      this.#trees.set(served.method, tree)
      tree.add(served.path, served)
    }
  }

  #served(method: string, plain: Bytes): ServedPath | undefined {
    const looked = this.#trees.get(method)?.look(plain)
    return looked !== undefined && 'value' in looked ? looked.value : undefined
  }

  takes(method: string, path: Bytes): boolean {
    return this.#served(method, unescapeBytes(path) ?? path) !== undefined
  }

  knows(path: Bytes): boolean {
    return this.#allowed(unescapeBytes(path) ?? path).length > 0
  }

  #allowed(plain: Bytes, except?: string): readonly string[] {
    const others = [...this.#trees.keys()].filter((one) => one !== except && one !== 'OPTIONS')
    return others.filter((one) => this.#served(one, plain) !== undefined)
  }

  find(method: string, path: Bytes): Match | Route {
    const plain = unescapeBytes(path) ?? path
    const served = this.#served(method, plain)
    if (served !== undefined) return { served, at: path }
    const better = method === 'CONNECT' || plain === '/' ? undefined : this.#better(method, plain)
    if (better !== undefined) {
      const status = method === 'GET' ? 301 : 307
      return (exchange) => redirect(exchange, status, withPath(exchange, better))
    }
    const others = this.#allowed(plain, method)
    if (others.length === 0) return nothingThere
    const allowed = [...others, 'OPTIONS']
    if (method !== 'OPTIONS') return (exchange) => wrongMethod(exchange, allowed)
    return () => ({ status: 200, headers: ['Allow', allowed.sort().join(', ')], body: '' })
  }

  /** The path that a request is sent on to. */
  #better(method: string, plain: Bytes): Bytes | undefined {
    const tree = this.#trees.get(method)
    const looked = tree?.look(plain)
    if (tree === undefined || looked === undefined || 'value' in looked) return undefined
    if (!looked.slashes) return tree.respell(cleanRouterPath(plain))
    return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : `${plain}/`
  }
}
