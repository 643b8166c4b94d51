import type { JsonNode } from '../go/json-parse.ts'
import { nearest } from '../model/nearest.ts'
import { equalKey } from './equal.ts'
import { formats } from './formats.ts'
import { goRegExp, GoRegExpError } from './go-regexp.ts'
import {
  any,
  byName,
  inside,
  kind,
  list,
  shownNode,
  where,
  word,
  type Check,
  type Place,
  type SchemaFlaws,
} from './meta.ts'

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** What Kratos reads inside an identity schema. */
export const EXTENSION = 'ory.sh/kratos'

const isDistinct = (node: JsonNode): boolean =>
  node.kind !== 'array' || new Set(node.items.map(equalKey)).size === node.items.length

const hasItems = (node: JsonNode): boolean => node.kind !== 'array' || node.items.length > 0

const isCount = ({ raw }: JsonNode): boolean => /^(?:\d+|-0)$/.test(raw)

const text = kind('string', 'a string')
const flag = kind('bool', 'true or false')
const number = kind('number', 'a number')
const count = where(kind('number', 'a whole number from 0 up'), isCount, 'a whole number from 0 up')
const texts = where(list(text, 'an array of strings'), isDistinct, 'an array of strings, none of them twice')

const formatted = (format: string, what: string): Check =>
  where(text, (node) => node.kind === 'string' && formats.get(format)!(node.text), what)

const reference = formatted('uri-reference', 'a URI or a part of one')

/** @param node that is wrong if its text, or its name, is no regular expression. */
const regExp = (source: string, spelled: string, ...[node, at, flaws]: Parameters<Check>): void => {
  try {
    goRegExp(source)
  } catch (error) {
    if (!(error instanceof GoRegExpError)) throw error
    const { message } = error
    flaws.tell(node, at, () => ({ expected: 'a regular expression of Go', found: `${spelled}, ${message}` }))
  }
}

const pattern: Check = (node, at, flaws) => {
  if (node.kind === 'string') regExp(node.text, shownNode(node), node, at, flaws)
  else text(node, at, flaws)
}

const typeNames = word(TYPES)
const types = where(
  list(typeNames, ''),
  (all) => hasItems(all) && isDistinct(all),
  'a list of types, none of them twice',
)
const type: Check = (node, at, flaws) => (node.kind === 'array' ? types : typeNames)(node, at, flaws)

const keyword = (key: string, value: JsonNode, at: Place, flaws: SchemaFlaws): void => {
  const place = inside(at, key)
  const check = KEYWORDS.get(key)
  if (check !== undefined) return check(value, place, flaws)
  // Any keyword is let through, but this one misspelt does what nobody wants.
  if (key === EXTENSION || nearest(key, [EXTENSION]) === undefined) return
  flaws.tell(value, place, () => ({ expected: `"${EXTENSION}"`, found: `unknown property ${JSON.stringify(key)}` }))
}

/** A JSON Schema of draft 7 by its meta-schema, the one of Kratos' library (ory/jsonschema draft7.go). */
export const schema: Check = (node, at, flaws) => {
  if (node.kind === 'bool') return
  if (node.kind !== 'object') return flaws.wrong(node, at, 'a JSON Schema')
  for (const { key, value } of node.members) keyword(key, value, at, flaws)
}

const schemas = where(list(schema, 'an array of JSON Schemas'), hasItems, 'at least one JSON Schema')
const schemasByName = byName(schema, 'an object of JSON Schemas')
const schemaOrList: Check = (node, at, flaws) => (node.kind === 'array' ? schemas : schema)(node, at, flaws)
const schemaOrTexts: Check = (node, at, flaws) => (node.kind === 'array' ? texts : schema)(node, at, flaws)

const byPattern: Check = (node, at, flaws) => {
  if (node.kind === 'object')
    for (const { key, value } of node.members) regExp(key, JSON.stringify(key), value, inside(at, key), flaws)
  schemasByName(node, at, flaws)
}

const enumeration = where(
  kind('array', 'an array of values'),
  (node) => hasItems(node) && isDistinct(node),
  'at least one value, none of them twice',
)

const KEYWORDS: ReadonlyMap<string, Check> = new Map([
  ['$id', reference],
  ['$schema', formatted('uri', 'a URI')],
  ['$ref', reference],
  ['$comment', text],
  ['title', text],
  ['description', text],
  ['default', any],
  ['readOnly', flag],
  ['examples', kind('array', 'an array of values')],
  ['multipleOf', where(number, ({ raw }) => Number(raw) > 0, 'a number above 0')],
  ['maximum', number],
  ['exclusiveMaximum', number],
  ['minimum', number],
  ['exclusiveMinimum', number],
  ['maxLength', count],
  ['minLength', count],
  ['pattern', pattern],
  ['additionalItems', schema],
  ['items', schemaOrList],
  ['maxItems', count],
  ['minItems', count],
  ['uniqueItems', flag],
  ['contains', schema],
  ['maxProperties', count],
  ['minProperties', count],
  ['required', texts],
  ['additionalProperties', schema],
  ['definitions', schemasByName],
  ['properties', schemasByName],
  ['patternProperties', byPattern],
  ['dependencies', byName(schemaOrTexts, 'an object of JSON Schemas or arrays of strings')],
  ['propertyNames', schema],
  ['const', any],
  ['enum', enumeration],
  ['type', type],
  ['format', text],
  ['contentMediaType', text],
  ['contentEncoding', text],
  ['if', schema],
  ['then', schema],
  ['else', schema],
  ['allOf', schemas],
  ['anyOf', schemas],
  ['oneOf', schemas],
  ['not', schema],
])
