import { bytesOf, escapeBytes, quote } from '../go/bytes.ts'
import type { JsonNode } from '../go/json-parse.ts'
import type { Apply, CompiledSchema } from './compiled-schema.ts'
import { violation, within, type Violation } from './violation.ts'

/** A key inside a pointer: `~` and `/` escaped, then as Go's url.PathEscape does. */
const escapeKey = (key: string): string =>
  escapeBytes(bytesOf(key.replaceAll('~', '~0').replaceAll('/', '~1')), /[A-Za-z0-9_.~$&+:=@-]/)

const shown = (key: string): string => quote(bytesOf(key))

const countViolations = (
  { minProperties, maxProperties, required }: CompiledSchema,
  members: ReadonlyMap<string, JsonNode>,
  found: Violation[],
): void => {
  const { size } = members
  if (minProperties !== undefined && size < minProperties) {
    found.push(violation('minProperties', `minimum ${minProperties} properties allowed, but found ${size} properties`))
  }
  if (maxProperties !== undefined && size > maxProperties) {
    found.push(violation('maxProperties', `maximum ${maxProperties} properties allowed, but found ${size} properties`))
  }
  const missing = required.filter((key) => !members.has(key))
  if (missing.length > 0) found.push(violation('required', `missing properties: ${missing.map(shown).join(', ')}`))
}

const nameViolations = (
  { propertyNames }: CompiledSchema,
  members: ReadonlyMap<string, JsonNode>,
  apply: Apply,
): Violation[] => {
  if (propertyNames === undefined) return []
  return [...members.keys()].flatMap((key) => {
    const error = apply(propertyNames, { kind: 'string', raw: JSON.stringify(key), text: key })
    return error === undefined ? [] : [within(error, escapeKey(key), 'propertyNames')]
  })
}

const dependencyViolations = (
  schema: CompiledSchema,
  value: JsonNode,
  members: ReadonlyMap<string, JsonNode>,
  apply: Apply,
): Violation[] =>
  schema.dependencies.flatMap(([name, wanted]) => {
    if (!members.has(name)) return []
    const place = `dependencies/${escapeKey(name)}`
    if (!('length' in wanted)) {
      const error = apply(wanted, value)
      return error === undefined ? [] : [within(error, '', place)]
    }
    return wanted.flatMap((key, n) =>
      members.has(key)
        ? []
        : [violation(`${place}/${n}`, `property ${shown(key)} is required, if ${shown(name)} property exists`)],
    )
  })

/** What an object does wrong, behind what was found before; of equal keys the last one counts. */
export const objectViolations = (
  schema: CompiledSchema,
  value: Extract<JsonNode, { kind: 'object' }>,
  apply: Apply,
  found: Violation[],
): void => {
  const members = new Map<string, JsonNode>()
  for (const member of value.members) members.set(member.key, member.value)
  countViolations(schema, members, found)
  const additional = schema.additionalProperties === undefined ? undefined : new Set(members.keys())
  const check = (key: string, by: CompiledSchema, keyword: string, name?: string): void => {
    const error = apply(by, members.get(key)!)
    if (error === undefined) return
    const place = name === undefined ? keyword : `${keyword}/${escapeKey(name)}`
    found.push(within(error, escapeKey(key), place))
  }
  for (const [key, by] of schema.properties) {
    if (!members.has(key)) continue
    additional?.delete(key)
    check(key, by, 'properties', key)
  }
  found.push(...nameViolations(schema, members, apply))
  for (const [pattern, by] of schema.patternProperties) {
    for (const key of members.keys()) {
      if (!pattern.test(key)) continue
      additional?.delete(key)
      check(key, by, 'patternProperties', pattern.source)
    }
  }
  if (schema.additionalProperties === false) {
    const names = [...additional!].map(shown).join(', ')
    if (names !== '') found.push(violation('additionalProperties', `additionalProperties ${names} not allowed`))
  } else if (schema.additionalProperties !== undefined) {
    for (const key of additional!) check(key, schema.additionalProperties, 'additionalProperties')
  }
  found.push(...dependencyViolations(schema, value, members, apply))
}
