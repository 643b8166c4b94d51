import { bigFloat, compareBigFloats, dividesWhole } from '../go/big-float.ts'
import { bytesOf, quote } from '../go/bytes.ts'
import type { JsonNode } from '../go/json-parse.ts'
import type { Apply, CompiledSchema, ExtensionRunner } from './compiled-schema.ts'
import { formats } from './formats.ts'
import { goFloat } from '../go/number.ts'
import { goPrint } from '../go/print.ts'
import { SchemaProblem } from './schema-members.ts'
import { arrayViolations } from './validate-array.ts'
import { objectViolations } from './validate-object.ts'
import { textViolations } from './validate-text.ts'
import { anchor, together, violation, within, type Violation } from './violation.ts'

const TYPES: Readonly<Record<JsonNode['kind'], string>> = {
  null: 'null',
  bool: 'boolean',
  number: 'number',
  string: 'string',
  array: 'array',
  object: 'object',
}

export const typeOf = ({ kind }: JsonNode): string => TYPES[kind]

const ENUMERATIONS = ['const', 'enum'] as const

const matchesType = (types: readonly string[], value: JsonNode): boolean =>
  types.includes(TYPES[value.kind]) ||
  (value.kind === 'number' && types.includes('integer') && /^-?\d+$/.test(value.raw))

const LIMITS = [
  ['minimum', '>=', (by: number) => by >= 0],
  ['exclusiveMinimum', '>', (by: number) => by > 0],
  ['maximum', '<=', (by: number) => by <= 0],
  ['exclusiveMaximum', '<', (by: number) => by < 0],
] as const

const numberViolations = (schema: CompiledSchema, spelled: string, found: Violation[]): void => {
  for (const [limit, sign, holds] of LIMITS) {
    const wanted = schema[limit]
    if (wanted === undefined || holds(compareBigFloats(bigFloat(spelled), bigFloat(wanted)))) continue
    found.push(violation(limit, `must be ${sign} ${goFloat(wanted)} but found ${spelled}`))
  }
  if (schema.multipleOf !== undefined && !dividesWhole(bigFloat(spelled), bigFloat(schema.multipleOf))) {
    found.push(violation('multipleOf', `${spelled} not multipleOf ${goFloat(schema.multipleOf)}`))
  }
}

/** The schemas of a list that take a value, of which so many are looked for; none at all is a violation. */
const matches = (
  key: 'anyOf' | 'oneOf',
  enough: number,
  schema: CompiledSchema,
  value: JsonNode,
  apply: Apply,
  found: Violation[],
): readonly number[] => {
  const matched: number[] = []
  const causes: Violation[] = []
  for (const [n, one] of schema[key].entries()) {
    if (matched.length === enough) break
    const error = apply(one, value)
    if (error === undefined) matched.push(n)
    else causes.push(within(error, '', String(n)))
  }
  if (matched.length === 0) found.push(violation(key, `${key} failed`, causes))
  return matched
}

const combinedViolations = (schema: CompiledSchema, value: JsonNode, apply: Apply, found: Violation[]): void => {
  if (schema.not !== undefined && apply(schema.not, value) === undefined) found.push(violation('not', 'not failed'))
  for (let n = 0; n < schema.allOf.length; n++) {
    const error = apply(schema.allOf[n]!, value)
    if (error !== undefined) found.push(violation(`allOf/${n}`, 'allOf failed', [error]))
  }
  if (schema.anyOf.length > 0) matches('anyOf', 1, schema, value, apply, found)
  if (schema.oneOf.length > 0) {
    const [first, second] = matches('oneOf', 2, schema, value, apply, found)
    if (second !== undefined) found.push(violation('oneOf', `valid against schemas at indexes ${first} and ${second}`))
  }
  if (schema.condition !== undefined) {
    const holds = apply(schema.condition, value) === undefined
    const branch = holds ? schema.consequence : schema.alternative
    const error = branch && apply(branch, value)
    const key = holds ? 'then' : 'else'
    if (error !== undefined) found.push(violation(key, `if-${key} failed`, [error]))
  }
}

const referred = (schema: CompiledSchema, value: JsonNode, apply: Apply): Violation | undefined => {
  const error = apply(schema, value)
  if (error === undefined) return undefined
  const place = schema.place!
  return violation('$ref', `doesn't validate with ${quote(bytesOf(place))}`, [anchor(error, place)])
}

/** How deep schemas may stand inside one another; a stack holds a few times as many. */
const MOST_DEPTH = 1000

/**
 * Applies a schema to a value as ory/jsonschema does (schema.go), running what Kratos does at each trait.
 * @returns what the value does wrong, or undefined.
 * @throws SchemaProblem for a schema without end.
 */
export const validate = (root: CompiledSchema, document: JsonNode, run: ExtensionRunner): Violation | undefined => {
  let depth = 0
  const apply: Apply = (schema, value) => {
    if (depth === MOST_DEPTH)
      throw new SchemaProblem(schema.place ?? '', 'goes too deep; it may refer to itself without end')
    depth++
    const error = applyOnce(schema, value)
    depth--
    return error
  }
  const applyOnce: Apply = (schema, value) => {
    if (schema.always !== undefined) return schema.always ? undefined : violation('', 'always fail')
    if (schema.ref !== undefined) return referred(schema.ref, value, apply)
    if (schema.types.length > 0 && !matchesType(schema.types, value)) {
      return violation('type', `expected ${schema.types.join(' or ')}, but got ${typeOf(value)}`)
    }
    const found: Violation[] = []
    for (const word of ENUMERATIONS) {
      const values = schema[word]
      if (values !== undefined && !values.has(value)) found.push(violation(word, () => values.message(word)))
    }
    const format = schema.format === undefined ? undefined : formats.get(schema.format)
    if (format !== undefined && !(value.kind === 'string' ? format(value.text) : schema.format === 'no-validate')) {
      found.push(violation('format', () => `${goPrint(value, 'q')} is not valid ${quote(bytesOf(schema.format!))}`))
    }
    combinedViolations(schema, value, apply, found)
    if (value.kind === 'object') objectViolations(schema, value, apply, found)
    if (value.kind === 'array') arrayViolations(schema, value.items, apply, found)
    if (value.kind === 'string') textViolations(schema, value.text, found)
    if (value.kind === 'number') numberViolations(schema, value.raw, found)
    const error = schema.extension && run(schema.extension, schema.format, value)
    if (error !== undefined) found.push(error)
    return together(found)
  }
  const error = apply(root, document)
  return error && anchor(error, '#')
}
