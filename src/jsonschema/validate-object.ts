import { bytesOf, escapeBytes, quote } from '../go/bytes.ts'
import { memberOf, membersByKey, type JsonNode } from '../go/json-parse.ts'
import type { Apply, CompiledSchema } from './compiled-schema.ts'
import { violation, within, type Violation } from './violation.ts'

/** A key inside a pointer: `~` and `/` escaped, then as Go's url.PathEscape does. */
const escapeKey = (key: string): string =>
  escapeBytes(bytesOf(key.replaceAll('~', '~0').replaceAll('/', '~1')), /[A-Za-z0-9_.~$&+:=@-]/)

const shown = (key: string): string => quote(bytesOf(key))

type JsonObject = Extract<JsonNode, { kind: 'object' }>

const countViolations = (
  { minProperties, maxProperties }: CompiledSchema,
  value: JsonObject,
  found: Violation[],
): void => {
  if (minProperties === undefined && maxProperties === undefined) return
  const { size } = membersByKey(value)
  if (minProperties !== undefined && size < minProperties) {
    found.push(violation('minProperties', `minimum ${minProperties} properties allowed, but found ${size} properties`))
  }
  if (maxProperties !== undefined && size > maxProperties) {
    found.push(violation('maxProperties', `maximum ${maxProperties} properties allowed, but found ${size} properties`))
  }
}

const requiredViolations = ({ required }: CompiledSchema, value: JsonObject, found: Violation[]): void => {
  if (required.every((key) => memberOf(value, key) !== undefined)) return
  const missing = required.filter((key) => memberOf(value, key) === undefined)
  const error = violation('required', () => `missing properties: ${missing.map(shown).join(', ')}`)
  error.missing = missing
  found.push(error)
}

const nameViolations = (by: CompiledSchema, value: JsonObject, apply: Apply, found: Violation[]): void => {
  for (const key of membersByKey(value).keys()) {
    const error = apply(by, { kind: 'string', raw: JSON.stringify(key), text: key })
    if (error !== undefined) found.push(within(error, escapeKey(key), 'propertyNames'))
  }
}

const dependencyViolations = (schema: CompiledSchema, value: JsonObject, apply: Apply, found: Violation[]): void => {
  for (const [name, wanted] of schema.dependencies) {
    if (memberOf(value, name) === undefined) continue
    const place = `dependencies/${escapeKey(name)}`
    if ('length' in wanted) {
      for (const [n, key] of wanted.entries())
        if (memberOf(value, key) === undefined)
          found.push(
            violation(`${place}/${n}`, `property ${shown(key)} is required, if ${shown(name)} property exists`),
          )
    } else {
      const error = apply(wanted, value)
      if (error !== undefined) found.push(within(error, '', place))
    }
  }
}

/** What neither `properties` nor `patternProperties` knows. */
const leftOver = (
  { properties, patternProperties }: CompiledSchema,
  value: JsonObject,
): ReadonlyMap<string, JsonNode> | undefined => {
  const isKnown = (key: string): boolean =>
    properties.has(key) || patternProperties.some(([pattern]) => pattern.test(key))
  if (value.members.every(({ key }) => isKnown(key))) return undefined
  return new Map([...membersByKey(value)].filter(([key]) => !isKnown(key)))
}

/** What an object does wrong, behind what was found before; of equal keys the last one counts. */
export const objectViolations = (schema: CompiledSchema, value: JsonObject, apply: Apply, found: Violation[]): void => {
  countViolations(schema, value, found)
  requiredViolations(schema, value, found)
  const check = (key: string, one: JsonNode, by: CompiledSchema, keyword: string, name?: string): void => {
    const error = apply(by, one)
    if (error === undefined) return
    const place = name === undefined ? keyword : `${keyword}/${escapeKey(name)}`
    found.push(within(error, escapeKey(key), place))
  }
  // An iterator of a map costs as much as such a check.
  // oxlint-disable-next-line unicorn/no-array-for-each
  schema.properties.forEach((by, key) => {
    const one = memberOf(value, key)
    if (one !== undefined) check(key, one, by, 'properties', key)
  })
  if (schema.propertyNames !== undefined) nameViolations(schema.propertyNames, value, apply, found)
  for (const [pattern, by] of schema.patternProperties) {
    for (const [key, one] of membersByKey(value)) {
      if (pattern.test(key)) check(key, one, by, 'patternProperties', pattern.source)
    }
  }
  const { additionalProperties } = schema
  if (additionalProperties !== undefined) {
    const rest = leftOver(schema, value)
    if (rest !== undefined && additionalProperties === false) {
      found.push(
        violation(
          'additionalProperties',
          () => `additionalProperties ${Array.from(rest.keys(), shown).join(', ')} not allowed`,
        ),
      )
    } else if (rest !== undefined && additionalProperties !== false) {
      for (const [key, one] of rest) check(key, one, additionalProperties, 'additionalProperties')
    }
  }
  dependencyViolations(schema, value, apply, found)
}
