/** What stands at the paths of a server, found segment by segment; a fixed segment wins over a `{name}`. */
export class RouteTree<T extends { readonly method: string }> {
  readonly #fixed = new Map<string, RouteTree<T>>()
  #named: RouteTree<T> | undefined
  readonly #here: T[] = []

  add(path: string, served: T): void {
    this.#at(path.split('/')).#here.push(served)
  }

  #at(segments: readonly string[]): RouteTree<T> {
    const [first, ...rest] = segments
    return first === undefined ? this : this.#grow(first).#at(rest)
  }

  #grow(segment: string): RouteTree<T> {
    if (segment.startsWith('{')) return (this.#named ??= new RouteTree())
    const there = this.#fixed.get(segment) ?? new RouteTree<T>()
    this.#fixed.set(segment, there)
    return there
  }

  /** What a method finds at a path, whose segments for names are not empty. */
  find(method: string, path: string): T | undefined {
    return this.#find(path.split('/'), 0, (here) => here.find((served) => served.method === method))
  }

  /** The methods that a path has. */
  methods(path: string): readonly string[] {
    const methods: string[] = []
    this.#find(path.split('/'), 0, (here) => void methods.push(...here.map(({ method }) => method)))
    return methods
  }

  #find<F>(segments: readonly string[], at: number, look: (here: readonly T[]) => F | undefined): F | undefined {
    const segment = segments[at]
    if (segment === undefined) return look(this.#here)
    const fixed = this.#fixed.get(segment)
    const found = fixed === undefined ? undefined : fixed.#find(segments, at + 1, look)
    if (found !== undefined || this.#named === undefined || segment === '') return found
    return this.#named.#find(segments, at + 1, look)
  }
}
