import type { JsonNode } from '../go/json-parse.ts'
import type { Flaw } from '../model/flaw.ts'
import { nearest } from '../model/nearest.ts'
import { isEqual } from './equal.ts'
import { formats } from './formats.ts'
import { goRegExp, GoRegExpError } from './go-regexp.ts'
import { any, byName, kind, list, shownNode, where, word, wrong, type Check, type Place } from './meta.ts'

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** What Kratos reads inside an identity schema. */
export const EXTENSION = 'ory.sh/kratos'

const isDistinct = (node: JsonNode): boolean => {
  if (node.kind !== 'array') return true
  const texts = new Set<string>()
  const others: JsonNode[] = []
  return node.items.every((one) => {
    if (one.kind === 'string') return !texts.has(one.text) && texts.add(one.text).has(one.text)
    return !others.some((other) => isEqual(one, other)) && others.push(one) > 0
  })
}

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

const regExp = (source: string, spelled: string, at: Place): readonly Flaw[] => {
  try {
    goRegExp(source)
    return []
  } catch (error) {
    if (!(error instanceof GoRegExpError)) throw error
    return [{ pointer: at, expected: 'a regular expression of Go', found: `${spelled}, ${error.message}` }]
  }
}

const pattern: Check = (node, at) => (node.kind === 'string' ? regExp(node.text, shownNode(node), at) : text(node, at))

const type: Check = (node, at) =>
  node.kind === 'array'
    ? where(
        list(word(TYPES), ''),
        (all) => hasItems(all) && isDistinct(all),
        'a list of types, none of them twice',
      )(node, at)
    : word(TYPES)(node, at)

/** A JSON Schema of draft 7 by its meta-schema, the one of Kratos' library (ory/jsonschema draft7.go). */
export const schema: Check = (node, at) => {
  if (node.kind === 'bool') return []
  if (node.kind !== 'object') return wrong(node, at, 'a JSON Schema')
  return node.members.flatMap(({ key, value }) => {
    const place = [...at, key]
    const check = KEYWORDS.get(key)
    if (check !== undefined) return check(value, place)
    // Any keyword is let through, but this one misspelt does what nobody wants.
    const isMisspelt = key !== EXTENSION && nearest(key, [EXTENSION]) !== undefined
    return isMisspelt
      ? [{ pointer: place, expected: `"${EXTENSION}"`, found: `unknown property ${JSON.stringify(key)}` }]
      : []
  })
}

const schemas = where(list(schema, 'an array of JSON Schemas'), hasItems, 'at least one JSON Schema')
const schemasByName = byName(schema, 'an object of JSON Schemas')
const schemaOrList: Check = (node, at) => (node.kind === 'array' ? schemas(node, at) : schema(node, at))
const schemaOrTexts: Check = (node, at) => (node.kind === 'array' ? texts(node, at) : schema(node, at))

const byPattern: Check = (node, at) => [
  ...(node.kind === 'object' ? node.members.flatMap(({ key }) => regExp(key, JSON.stringify(key), [...at, key])) : []),
  ...schemasByName(node, at),
]

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
