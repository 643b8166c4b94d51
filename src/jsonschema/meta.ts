import type { JsonNode } from '../go/json-parse.ts'
import { cut, type Flaw } from '../model/flaw.ts'
import { FIXTURE_VOICE } from '../model/reader.ts'

/** A JSON pointer, part by part. */
export type Place = readonly string[]

/** Says what is wrong with a value and with all that it holds. */
export type Check = (node: JsonNode, at: Place) => readonly Flaw[]

export const shownNode = ({ raw }: JsonNode): string => cut(raw)

export const wrong = (node: JsonNode, pointer: Place, expected: string): readonly Flaw[] => [
  { pointer, expected, found: shownNode(node) },
]

/** Anything at all. */
export const any: Check = () => []

export const kind =
  (name: JsonNode['kind'], what: string): Check =>
  (node, at) =>
    node.kind === name ? [] : wrong(node, at, what)

/** What holds for a value of a kind. */
export const where =
  (check: Check, holds: (node: JsonNode) => boolean, what: string): Check =>
  (node, at) => {
    const found = check(node, at)
    return found.length > 0 || holds(node) ? found : wrong(node, at, what)
  }

export const word =
  (words: readonly string[]): Check =>
  (node, at) => {
    const said = node.kind === 'string' ? node.text : undefined
    if (said !== undefined && words.includes(said)) return []
    return wrong(node, at, FIXTURE_VOICE.word(said, words).expected)
  }

/** An array, each of its items by one check. */
export const list =
  (item: Check, what: string): Check =>
  (node, at) =>
    node.kind === 'array' ? node.items.flatMap((one, n) => item(one, [...at, String(n)])) : wrong(node, at, what)

/** An object with members of any name, each by one check. */
export const byName =
  (member: Check, what: string): Check =>
  (node, at) =>
    node.kind === 'object'
      ? node.members.flatMap(({ key, value }) => member(value, [...at, key]))
      : wrong(node, at, what)

/** An object that has no members but these. */
export const only =
  (known: Readonly<Record<string, Check>>): Check =>
  (node, at) => {
    if (node.kind !== 'object') return wrong(node, at, 'an object')
    const names = Object.keys(known)
    return node.members.flatMap(({ key, value }) => {
      if (Object.hasOwn(known, key)) return known[key]!(value, [...at, key])
      return [{ pointer: [...at, key], ...FIXTURE_VOICE.member(key, names) }]
    })
  }
