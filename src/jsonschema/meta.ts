import type { JsonNode } from '../go/json-parse.ts'
import { cut, Found, type Flaw, type Pointer } from '../model/flaw.ts'
import { FIXTURE_VOICE, type Words } from '../model/reader.ts'

/** Where a value stands in a schema: its own name, and where that stands. A way is made of it for a flaw alone. */
export interface Place {
  readonly above: Place | undefined
  readonly key: string
}

/** The place of a whole schema. */
export const ROOT: Place = { above: undefined, key: '' }

export const inside = (above: Place, key: string): Place => ({ above, key })

const wayOf = (place: Place): Pointer => {
  const way: string[] = []
  for (let at = place; at.above !== undefined; at = at.above) way.push(at.key)
  return way.toReversed()
}

export const shownNode = ({ raw }: JsonNode): string => cut(raw)

/** Collects what is wrong with a schema, each value once, by the first rule that it breaks. */
export class SchemaFlaws {
  readonly found = new Found<Flaw>()
  readonly #wrong = new Set<JsonNode>()

  tell(node: JsonNode, at: Place, words: () => Words): void {
    if (this.#wrong.has(node)) return
    this.#wrong.add(node)
    this.found.add(() => ({ pointer: wayOf(at), ...words() }))
  }

  wrong(node: JsonNode, at: Place, expected: string): void {
    this.tell(node, at, () => ({ expected, found: shownNode(node) }))
  }
}

/** Tells what is wrong with a value and with all that it holds. */
export type Check = (node: JsonNode, at: Place, flaws: SchemaFlaws) => void

/** Anything at all. */
export const any: Check = () => {}

export const kind =
  (name: JsonNode['kind'], what: string): Check =>
  (node, at, flaws) => {
    if (node.kind !== name) flaws.wrong(node, at, what)
  }

/** What holds for a value of a kind. */
export const where =
  (check: Check, holds: (node: JsonNode) => boolean, what: string): Check =>
  (node, at, flaws) => {
    const before = flaws.found.count
    check(node, at, flaws)
    if (flaws.found.count === before && !holds(node)) flaws.wrong(node, at, what)
  }

export const word =
  (words: readonly string[]): Check =>
  (node, at, flaws) => {
    const said = node.kind === 'string' ? node.text : undefined
    if (said !== undefined && words.includes(said)) return
    flaws.tell(node, at, () => ({ expected: FIXTURE_VOICE.word(said, words).expected, found: shownNode(node) }))
  }

/** An array, each of its items by one check. */
export const list =
  (item: Check, what: string): Check =>
  (node, at, flaws) => {
    if (node.kind !== 'array') return flaws.wrong(node, at, what)
    for (const [n, one] of node.items.entries()) item(one, inside(at, String(n)), flaws)
  }

/** An object with members of any name, each by one check. */
export const byName =
  (member: Check, what: string): Check =>
  (node, at, flaws) => {
    if (node.kind !== 'object') return flaws.wrong(node, at, what)
    for (const { key, value } of node.members) member(value, inside(at, key), flaws)
  }

/** An object that has no members but these. */
export const only = (known: Readonly<Record<string, Check>>): Check => {
  const names = Object.keys(known)
  return (node, at, flaws) => {
    if (node.kind !== 'object') return flaws.wrong(node, at, 'an object')
    for (const { key, value } of node.members) {
      const place = inside(at, key)
      if (Object.hasOwn(known, key)) known[key]!(value, place, flaws)
      else flaws.tell(value, place, () => FIXTURE_VOICE.member(key, names))
    }
  }
}
