import { escapeBytes, unescapeBytes, type Bytes } from './bytes.ts'

const KEEP = /[A-Za-z0-9_.~-]/

const escapeQuery = (bytes: Bytes): Bytes =>
  /[^A-Za-z0-9_.~-]/.test(bytes) ? escapeBytes(bytes, KEEP).replaceAll('%20', '+') : bytes

/** A query as Go's `url.Query()` reads it: pairs with a bad escape or a `;` are dropped in silence. */
export class Query {
  readonly #values: Map<Bytes, readonly Bytes[]>

  /** How long it was as it was sent. */
  readonly length: number

  /** @param raw what follows the `?`, as it was sent. */
  constructor(raw: Bytes) {
    this.length = raw.length
    const values = new Map<Bytes, Bytes[]>()
    for (const pair of raw.split('&')) {
      if (pair === '' || pair.includes(';')) continue
      const equals = pair.indexOf('=')
      const key = unescapeBytes(equals < 0 ? pair : pair.slice(0, equals), true)
      const value = unescapeBytes(equals < 0 ? '' : pair.slice(equals + 1), true)
      if (key === undefined || value === undefined) continue
      const there = values.get(key)
      if (there === undefined) values.set(key, [value])
      else there.push(value)
    }
    this.#values = values
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  /** The names, in the order in which they came. */
  keys(): readonly Bytes[] {
    return [...this.#values.keys()]
  }

  /** The same query without the pairs whose value is empty. */
  withoutBlanks(): Query {
    if (![...this.#values.values()].some((values) => values.includes(''))) return this
    const filled = new Query('')
    for (const [key, values] of this.#values) {
      const rest = values.filter((value) => value !== '')
      if (rest.length > 0) filled.#values.set(key, rest)
    }
    return filled
  }

  /** The first value, or `''`. */
  get(key: string): Bytes {
    return this.#values.get(key)?.[0] ?? ''
  }

  all(key: string): readonly Bytes[] {
    return this.#values.get(key) ?? []
  }

  /** Go's `url.Values.Encode` with some values set and some left out: sorted by key, the order of equal keys kept. */
  encodeWith(set: Readonly<Record<string, string>>, without: readonly string[] = []): Bytes {
    const names = Object.keys(set).sort()
    return this.encoder(names, without)(names.map((name) => set[name]!))
  }

  /**
   * The same for any values of the same names: all else is encoded once.
   * @param names sorted. @returns what takes a value for each.
   */
  encoder(names: readonly string[], without: readonly string[] = []): (values: readonly string[]) => Bytes {
    const others = [...this.#values].filter(([key]) => !names.includes(key) && !without.includes(key))
    others.sort(([a], [b]) => (a < b ? -1 : 1))
    const pairs = others.flatMap(([key, values]) =>
      values.map((value) => [key, `${escapeQuery(key)}=${escapeQuery(value)}`]),
    )
    let at = 0
    /** What is not set, as far as its key is taken. */
    const until = (isBefore: (key: Bytes) => boolean): Bytes => {
      let text = ''
      for (; at < pairs.length && isBefore(pairs[at]![0]!); at++) text += `&${pairs[at]![1]}`
      return text
    }
    const before = names.map((name) => `${until((key) => key < name)}&${escapeQuery(name)}=`)
    const behind = until(() => true)
    return (values) => {
      let text = ''
      for (let n = 0; n < before.length; n++) text += before[n]! + escapeQuery(values[n]!)
      return (text + behind).slice(1)
    }
  }
}
