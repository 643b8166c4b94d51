/** What stands at the paths of a server, found segment by segment; a fixed segment wins over a `{name}`. */
export class RouteTree<T extends { readonly method: string }> {
  readonly #fixed = new Map<string, RouteTree<T>>()
  #named: RouteTree<T> | undefined
  readonly #here: T[] = []

  add(segments: readonly string[], served: T): void {
    const [first, ...rest] = segments
    if (first === undefined) this.#here.push(served)
    else this.#grow(first).add(rest, served)
  }

  #grow(segment: string): RouteTree<T> {
    if (segment.startsWith('{')) return (this.#named ??= new RouteTree())
    const there = this.#fixed.get(segment) ?? new RouteTree<T>()
    this.#fixed.set(segment, there)
    return there
  }

  /** What a method finds there. */
  find(method: string, segments: readonly string[]): T | undefined {
    return this.#find(segments, 0, (here) => here.find((served) => served.method === method))
  }

  /** What there is for any method. */
  all(segments: readonly string[]): readonly T[] {
    const found: T[] = []
    this.#find(segments, 0, (here) => void found.push(...here))
    return found
  }

  #find<F>(segments: readonly string[], at: number, look: (here: readonly T[]) => F | undefined): F | undefined {
    const segment = segments[at]
    if (segment === undefined) return look(this.#here)
    const fixed = this.#fixed.get(segment)
    const found = fixed === undefined ? undefined : fixed.#find(segments, at + 1, look)
    // A slash at the end, and nothing between two, are no values.
    if (found !== undefined || this.#named === undefined || segment === '' || segment === '/') return found
    return this.#named.#find(segments, at + 1, look)
  }
}
