import { bytesOf, quote } from '../go/bytes.ts'
import type { JsonNode } from '../go/json-parse.ts'
import type { Apply, CompiledSchema, ExtensionRunner } from './compiled-schema.ts'
import { isEqual } from './equal.ts'
import { formats } from './formats.ts'
import { compareNumbers, goFloat, isMultiple } from '../go/number.ts'
import { goPrint } from '../go/print.ts'
import { SchemaProblem } from './schema-members.ts'
import { arrayViolations } from './validate-array.ts'
import { objectViolations } from './validate-object.ts'
import { anchor, causedBy, together, violation, within, type Violation } from './violation.ts'

const TYPES: Readonly<Record<JsonNode['kind'], string>> = {
  null: 'null',
  bool: 'boolean',
  number: 'number',
  string: 'string',
  array: 'array',
  object: 'object',
}

/** Go's `%#v`. */
const goSyntax = (node: JsonNode): string =>
  node.kind === 'null'
    ? '<nil>'
    : node.kind === 'string'
      ? quote(bytesOf(node.text))
      : node.kind === 'number'
        ? `"${node.raw}"`
        : node.raw

const isScalar = ({ kind }: JsonNode): boolean => kind !== 'object' && kind !== 'array'

const enumMessage = (values: readonly JsonNode[]): string => {
  if (!values.every(isScalar)) return 'enum failed'
  return values.length === 1
    ? `value must be ${goSyntax(values[0]!)}`
    : `value must be one of ${values.map(goSyntax).join(', ')}`
}

const matchesType = (types: readonly string[], value: JsonNode): boolean =>
  types.some(
    (type) =>
      type === TYPES[value.kind] || (type === 'integer' && value.kind === 'number' && /^-?\d+$/.test(value.raw)),
  )

const textViolations = (schema: CompiledSchema, text: string): Violation[] => {
  const found: Violation[] = []
  const length = Array.from(text).length
  if (schema.minLength !== undefined && length < schema.minLength) {
    found.push(violation('minLength', `length must be >= ${schema.minLength}, but got ${length}`))
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    found.push(violation('maxLength', `length must be <= ${schema.maxLength}, but got ${length}`))
  }
  if (schema.pattern !== undefined && !schema.pattern.test(text)) {
    found.push(violation('pattern', `does not match pattern ${quote(bytesOf(schema.pattern.source))}`))
  }
  return found
}

const LIMITS = [
  ['minimum', '>=', (by: number) => by >= 0],
  ['exclusiveMinimum', '>', (by: number) => by > 0],
  ['maximum', '<=', (by: number) => by <= 0],
  ['exclusiveMaximum', '<', (by: number) => by < 0],
] as const

const numberViolations = (schema: CompiledSchema, spelled: string): Violation[] => {
  const found: Violation[] = []
  for (const [limit, sign, holds] of LIMITS) {
    const wanted = schema[limit]
    if (wanted === undefined || holds(compareNumbers(spelled, wanted))) continue
    found.push(violation(limit, `must be ${sign} ${goFloat(wanted)} but found ${spelled}`))
  }
  if (schema.multipleOf !== undefined && !isMultiple(spelled, schema.multipleOf)) {
    found.push(violation('multipleOf', `${spelled} not multipleOf ${goFloat(schema.multipleOf)}`))
  }
  return found
}

const combinedViolations = (schema: CompiledSchema, value: JsonNode, apply: Apply): Violation[] => {
  const found: Violation[] = []
  if (schema.not !== undefined && apply(schema.not, value) === undefined) found.push(violation('not', 'not failed'))
  for (const [n, one] of schema.allOf.entries()) {
    const error = apply(one, value)
    if (error !== undefined) found.push(causedBy(violation(`allOf/${n}`, 'allOf failed'), [error]))
  }
  const failures = (
    key: string,
    all: readonly CompiledSchema[],
    enough: number,
  ): readonly [matched: number[], causes: Violation[]] => {
    const matched: number[] = []
    const causes: Violation[] = []
    for (const [n, one] of all.entries()) {
      if (matched.length === enough) break
      const error = apply(one, value)
      if (error === undefined) matched.push(n)
      else causes.push(within(error, '', String(n)))
    }
    if (all.length > 0 && matched.length === 0) found.push(causedBy(violation(key, `${key} failed`), causes))
    return [matched, causes]
  }
  failures('anyOf', schema.anyOf, 1)
  const [matched] = failures('oneOf', schema.oneOf, 2)
  if (matched.length > 1)
    found.push(violation('oneOf', `valid against schemas at indexes ${matched[0]} and ${matched[1]}`))
  if (schema.condition !== undefined) {
    const holds = apply(schema.condition, value) === undefined
    const branch = holds ? schema.consequence : schema.alternative
    const error = branch && apply(branch, value)
    const key = holds ? 'then' : 'else'
    if (error !== undefined) found.push(causedBy(violation(key, `if-${key} failed`), [error]))
  }
  return found
}

const referred = (schema: CompiledSchema, value: JsonNode, apply: Apply): Violation | undefined => {
  const error = apply(schema, value)
  if (error === undefined) return undefined
  const place = schema.place!
  return causedBy(violation('$ref', `doesn't validate with ${quote(bytesOf(place))}`), [anchor(error, place)])
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
      return violation('type', `expected ${schema.types.join(' or ')}, but got ${TYPES[value.kind]}`)
    }
    const found: Violation[] = []
    if (schema.const !== undefined && !isEqual(value, schema.const)) {
      found.push(
        violation('const', isScalar(schema.const) ? `value must be ${goSyntax(schema.const)}` : 'const failed'),
      )
    }
    if (schema.enum !== undefined && schema.enum.length > 0 && !schema.enum.some((one) => isEqual(value, one))) {
      found.push(violation('enum', enumMessage(schema.enum)))
    }
    const format = schema.format === undefined ? undefined : formats.get(schema.format)
    if (format !== undefined && !(value.kind === 'string' ? format(value.text) : schema.format === 'no-validate')) {
      found.push(violation('format', `${goPrint(value, 'q')} is not valid ${quote(bytesOf(schema.format!))}`))
    }
    found.push(...combinedViolations(schema, value, apply))
    if (value.kind === 'object') found.push(...objectViolations(schema, value, apply))
    if (value.kind === 'array') found.push(...arrayViolations(schema, value.items, apply))
    if (value.kind === 'string') found.push(...textViolations(schema, value.text))
    if (value.kind === 'number') found.push(...numberViolations(schema, value.raw))
    const error = schema.extension && run(schema.extension, schema.format, value)
    if (error !== undefined) found.push(error)
    return together(found)
  }
  const error = apply(root, document)
  return error && anchor(error, '#')
}
