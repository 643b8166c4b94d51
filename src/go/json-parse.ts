import { bytesOf, byteText, escapedText, quote } from './bytes.ts'
import type { JsonText } from '../model/identity.ts'
import { utf8Text } from '../model/utf8.ts'
import { JsonScanner, NotJson } from './json-scan.ts'

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

/** A lone surrogate, as bytes that are no UTF-8 stand for here, becomes U+FFFD in Go, whose strings are UTF-8. */
const unquoted = (raw: string): string =>
  (raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)).toWellFormed()

/** Go's quoteChar: how its messages print one character, a byte of the text. */
const shownChar = (char: string): string =>
  char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${quote(bytesOf(char)).slice(1, -1)}'`

/** Where Go's scanner, which sees a space at the end of a whole text, does not take one. */
const NO_SPACE = /^(?:in (?!string literal)|after decimal)/

/** The value that a scanner is at, up to its end. */
const valueOf = (scanner: JsonScanner): JsonNode => {
  const open: Open[] = []
  for (;;) {
    const event = scanner.next()!
    let node: JsonNode
    if (event === '{') {
      open.push({ start: scanner.start, items: undefined, members: [], key: '' })
      continue
    } else if (event === '[') {
      open.push({ start: scanner.start, items: [], members: undefined, key: '' })
      continue
    } else if (event === 'name') {
      open.at(-1)!.key = unquoted(scanner.text)
      continue
    } else if (event === '}' || event === ']') {
      const { start, items, members } = open.pop()!
      const raw = scanner.source.slice(start, scanner.end)
      node = items === undefined ? { kind: 'object', raw, members: members! } : { kind: 'array', raw, items }
    } else {
      const raw = scanner.text
      node = event === 'string' ? { kind: 'string', raw, text: unquoted(raw) } : { kind: event, raw }
    }
    const outer = open.at(-1)
    if (outer === undefined) return node
    if (outer.items === undefined) outer.members!.push({ key: outer.key, value: node })
    else outer.items.push(node)
  }
}

/** Go's words for a text that a scanner refused. */
const refusal = (scanner: JsonScanner, whole: boolean, where: string): GoJsonError => {
  if (!scanner.done) return new GoJsonError(`invalid character ${shownChar(scanner.source[scanner.at]!)} ${where}`)
  if (!whole) return new GoJsonError('unexpected EOF')
  return new GoJsonError(NO_SPACE.test(where) ? `invalid character ' ' ${where}` : 'unexpected end of JSON input')
}

const parse = (source: string, whole: boolean): JsonNode => {
  const scanner = new JsonScanner(source, MAX_DEPTH)
  try {
    scanner.space()
    if (scanner.done && !whole) throw new GoJsonError('EOF')
    const node = valueOf(scanner)
    if (whole) scanner.next()
    return node
  } catch (error) {
    throw error instanceof NotJson ? refusal(scanner, whole, error.message) : error
  }
}

/** Go's json.Unmarshal reads a whole text. @throws GoJsonError */
export const parseWhole = (source: string): JsonNode => parse(source, true)

/** From so many members on an object is looked into by an index of them. */
const MANY = 32

const indexes = new WeakMap<JsonNode, ReadonlyMap<string, JsonNode>>()

/** The members of an object by their keys, in the order of these; of equal keys the last one counts. */
export const membersByKey = (node: Extract<JsonNode, { kind: 'object' }>): ReadonlyMap<string, JsonNode> => {
  const there = indexes.get(node)
  if (there !== undefined) return there
  const made = new Map(node.members.map(({ key, value }) => [key, value]))
  if (node.members.length >= MANY) indexes.set(node, made)
  return made
}

/** A member of an object by its key; the last one counts. */
export const memberOf = (node: JsonNode, key: string): JsonNode | undefined => {
  if (node.kind !== 'object') return undefined
  const { members } = node
  if (members.length >= MANY) return membersByKey(node).get(key)
  for (let n = members.length - 1; n >= 0; n--) if (members[n]!.key === key) return members[n]!.value
  return undefined
}

/** The text of a body. Bytes that are no UTF-8 stay in raw JSON as surrogates and are U+FFFD in decoded strings. */
const textOfBody = (body: Uint8Array): string => {
  const text = utf8Text(body)
  return text.includes('\ufffd') ? escapedText(byteText(body)) : text
}

/**
 * Reads a body: its first value, as Go's json.Decoder does, or the `whole` of it.
 * @throws GoJsonError whose message names a byte, as Go does, not a letter.
 */
export const parseBody = (body: Uint8Array, whole = false): JsonNode => {
  try {
    return parse(textOfBody(body), whole)
  } catch (error) {
    if (error instanceof GoJsonError) parse(byteText(body), whole)
    throw error
  }
}
