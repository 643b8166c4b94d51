/** Where something stands in a text: line and column, from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** Where a text stops being JSON, what may stand there and what does. */
export interface JsonMisfit extends TextPlace {
  readonly expected: string
  readonly found: string
}

const SPACE = /[ \t\n\r]*/y
const TOKEN =
  // oxlint-disable-next-line no-control-regex -- JSON forbids them in strings
  /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'end'

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or }',
  ':': 'a colon',
  ', or ]': 'a comma or ]',
  ', or }': 'a comma or }',
  end: 'the end',
}

/** A value's offset, that of its name where it has one, where its text begins and ends, and the places of what it holds. */
interface Spot {
  readonly at: number
  readonly from: number
  to: number
  readonly kids: Map<string, Spot> | undefined
}

/** An object or array that is not closed yet. */
interface Open {
  readonly spot: Spot
  readonly kids: Map<string, Spot>
  readonly isArray: boolean
  name: string
  at: number
}

/** Reads tokens from the first to the last, or to the first that cannot stand where it does. */
class Scan {
  readonly #text: string
  readonly #open: Open[] = []
  expected: Expected = 'value'
  at = 0
  root: Spot | undefined

  constructor(text: string) {
    this.#text = text
    while (this.#step());
  }

  #step(): boolean {
    SPACE.lastIndex = this.at
    this.at += SPACE.exec(this.#text)![0].length
    TOKEN.lastIndex = this.at
    const token = TOKEN.exec(this.#text)?.[0]
    const next = token === undefined ? undefined : this.#take(token)
    if (next === undefined) return false
    this.expected = next
    this.at += token!.length
    return true
  }

  /** What follows a token, or undefined where the token cannot stand. */
  #take(token: string): Expected | undefined {
    const { expected } = this
    const inside = this.#open.at(-1)
    if (expected === 'end') return undefined
    if (expected === ':') return token === ':' ? 'value' : undefined
    if (token === expected.at(-1) && (token === ']' || token === '}')) {
      this.#open.pop()!.spot.to = this.at + 1
      return this.#after()
    }
    if (expected === ', or ]' || expected === ', or }') {
      return token === ',' ? (expected === ', or ]' ? 'value' : 'name') : undefined
    }
    if (expected === 'name' || expected === 'name or }') {
      if (!token.startsWith('"')) return undefined
      inside!.name = JSON.parse(token) as string
      inside!.at = this.at
      return ':'
    }
    if (token !== '{' && token !== '[') {
      if (/^[}\],:]$/.test(token)) return undefined
      this.#place(inside, undefined, token.length)
      return this.#after()
    }
    const kids = new Map<string, Spot>()
    this.#open.push({ spot: this.#place(inside, kids, 0), kids, isArray: token === '[', name: '', at: 0 })
    return token === '{' ? 'name or }' : 'value or ]'
  }

  #place(inside: Open | undefined, kids: Map<string, Spot> | undefined, length: number): Spot {
    const at = inside === undefined || inside.isArray ? this.at : inside.at
    const spot: Spot = { at, from: this.at, to: this.at + length, kids }
    if (inside === undefined) this.root = spot
    else inside.kids.set(inside.isArray ? String(inside.kids.size) : inside.name, spot)
    return spot
  }

  /** What may follow when a value is complete. */
  #after(): Expected {
    const inside = this.#open.at(-1)
    return inside === undefined ? 'end' : inside.isArray ? ', or ]' : ', or }'
  }
}

/** The offsets at which lines start, to tell the place of an offset. */
const placesOf = (text: string): ((offset: number) => TextPlace) => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}

/** Why a text is not JSON; undefined for one that is. V8's own message has a place at times only. */
export const jsonMisfit = (text: string): JsonMisfit | undefined => {
  const { at, expected } = new Scan(text)
  if (expected === 'end' && at >= text.length) return undefined
  const found = at >= text.length ? 'the end' : JSON.stringify(text.slice(at, at + 12)).slice(1, -1)
  return { ...placesOf(text)(at), expected: WORDS[expected], found }
}

/** Where the parts of a JSON text stand, and what is written there. */
export interface JsonParts {
  /**
   * Where the part stands that a path leads to, or the nearest part around it: a property at its name, an item of an
   * array at its value.
   */
  locate(path: readonly (string | number)[]): TextPlace | undefined
  /** The text of the part that a path leads to, as it was written; undefined where there is none. */
  textOf(path: readonly (string | number)[]): string | undefined
}

/** Knows the parts of a JSON text, which is scanned when somebody first asks. */
export const jsonParts = (text: string): JsonParts => {
  let known: { readonly root: Spot | undefined; readonly placeOf: (offset: number) => TextPlace } | undefined
  const scanned = () => (known ??= { root: new Scan(text).root, placeOf: placesOf(text) })
  return {
    locate: (path) => {
      const { root, placeOf } = scanned()
      let spot = root
      for (const part of path) {
        const kid = spot?.kids?.get(String(part))
        if (kid === undefined) break
        spot = kid
      }
      return spot === undefined ? undefined : placeOf(spot.at)
    },
    textOf: (path) => {
      let spot = scanned().root
      for (const part of path) spot = spot?.kids?.get(String(part))
      return spot === undefined ? undefined : text.slice(spot.from, spot.to)
    },
  }
}
