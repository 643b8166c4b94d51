/** A node of httprouter's tree: a text that paths share, or a `:name`, and what goes on behind it. */
interface Node<T> {
  /** As the routes have it; of a `:name`, nothing. */
  text: string
  readonly isName: boolean
  /** What follows, each beginning with another letter; of a text before a `:name`, that alone. */
  next: Node<T>[]
  value: T | undefined
}

/** A path that httprouter would send on: with the slash at its end taken away or put there. */
export type Looked<T> = { readonly value: T } | { readonly slashes: boolean }

const nodeOf = <T>(text: string, isName = false): Node<T> => ({ text, isName, next: [], value: undefined })

const nameOf = <T>(node: Node<T>): Node<T> | undefined => (node.next[0]?.isName === true ? node.next[0] : undefined)

const commonLength = (a: string, b: string): number => {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The tree of julienschmidt/httprouter 1.3 for one method (tree.go), without catch-alls: Kratos has none. */
export class RadixTree<T> {
  readonly #root: Node<T> = nodeOf('')

  /** @param path with `{name}`s. */
  add(path: string, value: T): void {
    let node = this.#root
    for (const part of path.split(/(\{\w+\})/)) {
      if (part.startsWith('{')) {
        const name = nameOf(node) ?? nodeOf<T>('', true)
        node.next = [name]
        node = name
      } else if (part !== '') node = this.#grow(node, part)
    }
    node.value = value
  }

  #grow(from: Node<T>, text: string): Node<T> {
    let node = from
    let rest = text
    while (rest !== '') {
      const there = node.next.find((one) => !one.isName && one.text[0] === rest[0])
      if (there === undefined) {
        const made = nodeOf<T>(rest)
        node.next.push(made)
        return made
      }
      const shared = commonLength(there.text, rest)
      if (shared < there.text.length) {
        const tail: Node<T> = { ...there, text: there.text.slice(shared) }
        there.text = there.text.slice(0, shared)
        there.next = [tail]
        there.value = undefined
      }
      rest = rest.slice(shared)
      node = there
    }
    return node
  }

  /** What stands at a path; else whether a slash more or less would find something, as getValue thinks. */
  look(path: string): Looked<T> {
    let node = this.#start()
    let rest = path
    for (;;) {
      if (!node.isName) {
        if (!rest.startsWith(node.text)) return { slashes: rest === '/' || isBefore(rest, node) }
        rest = rest.slice(node.text.length)
        if (rest === '') return this.#atEnd(node)
        const name = nameOf(node)
        if (name === undefined) {
          const next = node.next.find((one) => one.text[0] === rest[0])
          if (next === undefined) return { slashes: rest === '/' && node.value !== undefined }
          node = next
          continue
        }
        node = name
      }
      const end = rest.indexOf('/')
      if (end < 0) {
        if (node.value !== undefined) return { value: node.value }
        return { slashes: node.next[0]?.text === '/' && node.next[0].value !== undefined }
      }
      rest = rest.slice(end)
      if (node.next.length === 0) return { slashes: rest.length === 1 }
      node = node.next[0]!
    }
  }

  /** The node that all paths begin in. */
  #start(): Node<T> {
    return this.#root.next[0] ?? this.#root
  }

  #atEnd(node: Node<T>): Looked<T> {
    if (node.value !== undefined) return { value: node.value }
    if (node.text === '/' && nameOf(node) !== undefined && node !== this.#start()) return { slashes: true }
    const slash = node.next.find((one) => one.text[0] === '/')
    return { slashes: slash?.text === '/' && slash.value !== undefined }
  }

  /** The path that stands there in another case, with a slash more or less at its end (findCaseInsensitivePath). */
  respell(path: string): string | undefined {
    return respelt(this.#start(), path, '')
  }
}

/** Whether a path is a node's but for the slash at its end. */
const isBefore = <T>(path: string, { text, value }: Node<T>): boolean => text === `${path}/` && value !== undefined

const respelt = <T>(from: Node<T>, path: string, before: string): string | undefined => {
  let node = from
  let rest = path
  let found = before
  // The first letter was matched by whoever came here.
  while (rest.length >= node.text.length && same(rest.slice(1, node.text.length), node.text.slice(1))) {
    rest = rest.slice(node.text.length)
    found += node.text
    if (rest === '') {
      if (node.value !== undefined) return found
      const slash = node.next.find((one) => one.text[0] === '/')
      return slash?.text === '/' && slash.value !== undefined ? `${found}/` : undefined
    }
    const name = nameOf(node)
    if (name === undefined) {
      const starts = (letter: string): Node<T> | undefined => node.next.find((one) => one.text[0] === letter)
      const lower = starts(rest[0]!.toLowerCase())
      const below = lower === undefined ? undefined : respelt(lower, rest, found)
      if (below !== undefined) return below
      const upper = rest[0]!.toUpperCase() === rest[0]!.toLowerCase() ? undefined : starts(rest[0]!.toUpperCase())
      if (upper === undefined) return rest === '/' && node.value !== undefined ? found : undefined
      node = upper
      continue
    }
    const end = rest.indexOf('/')
    const value = end < 0 ? rest : rest.slice(0, end)
    found += value
    if (end < 0) {
      if (name.value !== undefined) return found
      return name.next[0]?.text === '/' && name.next[0].value !== undefined ? `${found}/` : undefined
    }
    rest = rest.slice(end)
    if (name.next.length === 0) return rest === '/' ? found : undefined
    node = name.next[0]!
  }
  if (rest === '/') return found
  const isShort = rest.length + 1 === node.text.length && node.text.endsWith('/') && node.value !== undefined
  return isShort && same(rest.slice(1), node.text.slice(1, rest.length)) ? found + node.text : undefined
}
