import { bytesOf, quote, type Bytes } from './bytes.ts'
import type { JsonText } from '../model/identity.ts'

/** A JSON value with its spelling: `raw` is the text it had, whitespace and all. */
export type JsonNode =
  | { readonly kind: 'null'; readonly raw: JsonText }
  | { readonly kind: 'bool'; readonly raw: JsonText }
  | { readonly kind: 'number'; readonly raw: JsonText }
  | { readonly kind: 'string'; readonly raw: JsonText; readonly text: string }
  | { readonly kind: 'array'; readonly raw: JsonText; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly raw: JsonText; readonly members: readonly JsonMember[] }

export interface JsonMember {
  readonly key: string
  readonly value: JsonNode
}

/** A text that Go's encoding/json refuses, in its words. */
export class GoJsonError extends Error {
  override readonly name = 'GoJsonError'
}

/** Go's encoding/json refuses deeper texts. */
const MAX_DEPTH = 10_000

/** A container that is still open. */
interface Open {
  readonly start: number
  readonly items: JsonNode[] | undefined
  readonly members: JsonMember[] | undefined
  key: string
}

/** A lone surrogate becomes U+FFFD in Go, whose strings are UTF-8. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const unquoted = (raw: string): string => {
  if (!raw.includes('\\')) return raw.slice(1, -1)
  const text = JSON.parse(raw) as string
  return /\\u[dD]/.test(raw) ? text.replace(LONE, '\ufffd') : text
}

/** Go's quoteChar: how its messages print one character, a byte of the text. */
const shownChar = (char: string): string =>
  char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${quote(bytesOf(char)).slice(1, -1)}'`

/** Where Go's scanner, which sees a space at the end of a whole text, does not take one. */
const NO_SPACE = /^(?:in (?!string literal)|after decimal)/

/** Reads one JSON value of a text, by the rules of Go's scanner (encoding/json/scanner.go). */
class Parser {
  readonly #source: string
  readonly #whole: boolean
  at = 0

  constructor(source: string, whole: boolean) {
    this.#source = source
    this.#whole = whole
  }

  space(): void {
    while (this.at < this.#source.length && ' \t\r\n'.includes(this.#source[this.at]!)) this.at++
  }

  get done(): boolean {
    return this.at >= this.#source.length
  }

  refuse(where: string): never {
    if (this.done && !this.#whole) throw new GoJsonError('unexpected EOF')
    if (this.done)
      throw new GoJsonError(NO_SPACE.test(where) ? `invalid character ' ' ${where}` : 'unexpected end of JSON input')
    throw new GoJsonError(`invalid character ${shownChar(this.#source[this.at]!)} ${where}`)
  }

  value(): JsonNode {
    const open: Open[] = []
    for (;;) {
      this.space()
      let node = this.#begin(open)
      while (node !== undefined) {
        const outer = open.at(-1)
        if (outer === undefined) return node
        if (outer.items === undefined) outer.members!.push({ key: outer.key, value: node })
        else outer.items.push(node)
        node = this.#next(open, outer)
      }
    }
  }

  /** A scalar or an empty container; or undefined, with a container opened. */
  #begin(open: Open[]): JsonNode | undefined {
    const start = this.at
    switch (this.#source[start]) {
      case '{': {
        this.#enter(open, { start, items: undefined, members: [], key: '' })
        return this.#isNext('}') ? this.#close(open) : this.#key(open.at(-1)!)
      }
      case '[': {
        this.#enter(open, { start, items: [], members: undefined, key: '' })
        return this.#isNext(']') ? this.#close(open) : undefined
      }
      case '"': {
        const raw = this.#string()
        return { kind: 'string', raw, text: unquoted(raw) }
      }
      case 't':
        return this.#literal('true', 'bool')
      case 'f':
        return this.#literal('false', 'bool')
      case 'n':
        return this.#literal('null', 'null')
      default:
        return this.#number()
    }
  }

  #enter(open: Open[], container: Open): void {
    open.push(container)
    if (open.length > MAX_DEPTH) this.refuse('exceeded max depth')
    this.at++
  }

  #isNext(char: string): boolean {
    this.space()
    if (this.#source[this.at] !== char) return false
    this.at++
    return true
  }

  #close(open: Open[]): JsonNode {
    const { start, items, members } = open.pop()!
    const raw = this.#source.slice(start, this.at)
    return items === undefined ? { kind: 'object', raw, members: members! } : { kind: 'array', raw, items }
  }

  /** What follows a member or an item: another one, or the end, which is a node. */
  #next(open: Open[], { items, members }: Open): JsonNode | undefined {
    this.space()
    if (this.#source[this.at] === ',') {
      this.at++
      if (members !== undefined) this.#key(open.at(-1)!)
      return undefined
    }
    if (!this.#isNext(items === undefined ? '}' : ']')) {
      this.refuse(items === undefined ? 'after object key:value pair' : 'after array element')
    }
    return this.#close(open)
  }

  #key(object: Open): undefined {
    this.space()
    if (this.#source[this.at] !== '"') this.refuse('looking for beginning of object key string')
    object.key = unquoted(this.#string())
    if (!this.#isNext(':')) this.refuse('after object key')
  }

  #string(): string {
    const start = this.at
    for (this.at++; this.#source[this.at] !== '"'; this.at++) {
      if (this.done || this.#source[this.at]! < ' ') this.refuse('in string literal')
      if (this.#source[this.at] === '\\') this.#escape()
    }
    return this.#source.slice(start, ++this.at)
  }

  #escape(): void {
    const escape = this.#source[++this.at]
    if (escape === undefined || !'"\\/bfnrtu'.includes(escape)) this.refuse('in string escape code')
    if (escape !== 'u') return
    for (let n = 0; n < 4; n++) {
      this.at++
      if (this.done || !/[0-9a-fA-F]/.test(this.#source[this.at]!)) this.refuse('in \\u hexadecimal character escape')
    }
  }

  #literal(word: string, kind: 'null' | 'bool'): JsonNode {
    for (let n = 0; n < word.length; n++, this.at++) {
      if (this.#source[this.at] !== word[n]) this.refuse(`in literal ${word} (expecting '${word[n]}')`)
    }
    return { kind, raw: word }
  }

  #digits(where: string): void {
    const start = this.at
    while (!this.done && this.#source[this.at]! >= '0' && this.#source[this.at]! <= '9') this.at++
    if (this.at === start) this.refuse(where)
  }

  #number(): JsonNode {
    const start = this.at
    if (this.#source[this.at] === '-') {
      this.at++
      if (this.done || !/[0-9]/.test(this.#source[this.at]!)) this.refuse('in numeric literal')
    }
    if (this.#source[this.at] === '0') this.at++
    else this.#digits('looking for beginning of value')
    if (this.#source[this.at] === '.') {
      this.at++
      this.#digits('after decimal point in numeric literal')
    }
    if (this.#source[this.at] === 'e' || this.#source[this.at] === 'E') {
      this.at++
      if (this.#source[this.at] === '+' || this.#source[this.at] === '-') this.at++
      this.#digits('in exponent of numeric literal')
    }
    return { kind: 'number', raw: this.#source.slice(start, this.at) }
  }
}

/** Go's json.Unmarshal reads a whole text. @throws GoJsonError */
export const parseWhole = (source: string): JsonNode => {
  const parser = new Parser(source, true)
  const node = parser.value()
  parser.space()
  if (!parser.done) parser.refuse('after top-level value')
  return node
}

/** Go's json.Decoder reads one value and leaves what follows. @throws GoJsonError */
const parseFirst = (source: string): JsonNode => {
  const parser = new Parser(source, false)
  parser.space()
  if (parser.done) throw new GoJsonError('EOF')
  return parser.value()
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const latin = (bytes: Uint8Array): Bytes => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/**
 * Reads a body: its first value, as a decoder does, or the `whole` of it. Bytes that are no UTF-8 become U+FFFD.
 * @throws GoJsonError whose message names a byte, as Go does, not a letter.
 */
export const parseBody = (body: Uint8Array, whole = false): JsonNode => {
  const parse = whole ? parseWhole : parseFirst
  try {
    return parse(decoder.decode(body))
  } catch (error) {
    if (error instanceof GoJsonError) parse(latin(body))
    throw error
  }
}
