import type { JsonNode } from '../go/json-parse.ts'
import { nearest } from '../model/nearest.ts'

/** A JSON pointer, part by part. */
export type Place = readonly string[]

/** What is wrong at one place of a schema. */
export interface SchemaFlaw {
  readonly pointer: Place
  readonly expected: string
  readonly found: string
}

/** Says what is wrong with a value and with all that it holds. */
export type Check = (node: JsonNode, at: Place) => readonly SchemaFlaw[]

const LONGEST_SHOWN = 60

export const shownNode = ({ raw }: JsonNode): string =>
  raw.length > LONGEST_SHOWN ? `${raw.slice(0, LONGEST_SHOWN - 3)}…` : raw

export const wrong = (node: JsonNode, pointer: Place, expected: string): readonly SchemaFlaw[] => [
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
    const meant = said === undefined ? undefined : nearest(said, words)
    const all = words.map((one) => `"${one}"`).join(', ')
    return wrong(node, at, meant === undefined ? all : `${all} (did you mean "${meant}"?)`)
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
      const meant = nearest(key, names)
      const expected =
        meant === undefined ? `one of ${names.join(', ')}` : `a known property (did you mean "${meant}"?)`
      return [{ pointer: [...at, key], expected, found: `unknown property ${JSON.stringify(key)}` }]
    })
  }
