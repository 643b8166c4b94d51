import type * as v from 'valibot'
import { effectEntries, errorEntries, rateLimitEntries } from './effect-entries.ts'
import { presetNames } from './presets.ts'
import { matchEntries } from './read-match.ts'
import { MOST_STEPS, ruleEntries } from './read-rule.ts'
import { evenEntries, lognormalEntries, whenEntries } from './read-when.ts'
import type { Entries } from './shape.ts'

/** A JSON Schema, draft 7, which editors know best. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What a leaf of a reader's table is made of. */
interface Leaf {
  readonly type: string
  readonly kind: string
  readonly requirement?: unknown
  readonly options?: readonly unknown[]
  readonly metadata?: { readonly span?: JsonSchema }
  readonly pipe?: readonly Leaf[]
}

/** A time: milliseconds, or a text of numbers with units. */
const spanOf = (bound: JsonSchema): readonly JsonSchema[] => [
  { type: 'number', ...bound },
  { type: 'string', pattern: String.raw`^\+?(\d+(\.\d+)?(ms|s|m|h|d))+$` },
]

const partOf = ({ type, requirement, options }: Leaf): JsonSchema => {
  if (type === 'string' || type === 'number') return { type }
  if (type === 'picklist') return { enum: options }
  if (type === 'regex') return { pattern: (requirement as RegExp).source }
  if (type === 'integer') return { type: 'integer' }
  if (type === 'min_value') return { minimum: requirement }
  if (type === 'max_value') return { maximum: requirement }
  return {}
}

/** The schema of a leaf, or undefined for one whose value has a reader of its own. */
const leafSchema = (schema: v.GenericSchema): JsonSchema | undefined => {
  const leaf = schema as unknown as Leaf
  const parts = leaf.pipe ?? [leaf]
  const bound = parts.find(({ metadata }) => metadata?.span !== undefined)?.metadata?.span
  if (bound !== undefined) return { anyOf: spanOf(bound) }
  return leaf.type === 'unknown' ? undefined : Object.assign({}, ...parts.map(partOf))
}

/** The schema of an object with the keys of a reader's table. @param own of the keys that have a reader of their own. */
const objectOf = <E extends Entries>(
  entries: E,
  own: { readonly [K in keyof E]?: JsonSchema } = {},
  required: readonly (keyof E & string)[] = [],
): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(entries).map(([key, leaf]) => {
      const schema = own[key] ?? leafSchema(leaf)
      if (schema === undefined) throw new Error(`The schema of ${key} is missing.`)
      return [key, schema]
    }),
  ),
  additionalProperties: false,
  ...(required.length === 0 ? {} : { required }),
})

const UUID: JsonSchema = { type: 'string', minLength: 32 }
const VALUES: JsonSchema = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
const headers: JsonSchema = { type: 'object', additionalProperties: { type: ['string', 'number'] } }
const error = objectOf(errorEntries, { details: { type: 'object' } })
const preset: JsonSchema = {
  enum: [...new Set(presetNames.flatMap((name) => [name, name.replaceAll('_', '-'), name.replaceAll('-', '_')]))],
}
const delay: JsonSchema = {
  anyOf: [
    ...spanOf({ minimum: 0 }),
    objectOf(evenEntries, {}, ['min', 'max']),
    objectOf(lognormalEntries, {}, ['median', 'sigma']),
  ],
}

/** Each kind of effect. @param beside what may stand beside it. */
const effects = (beside: Entries, own: Readonly<Record<string, JsonSchema>>): readonly JsonSchema[] => {
  const { status, rateLimit, connection, cutBody, falseBody, slowBody, page } = effectEntries
  const one = (entries: Entries, parts: Readonly<Record<string, JsonSchema>>, required: readonly string[]) =>
    objectOf({ ...entries, ...beside }, { ...parts, ...own }, required)
  return [
    one(status, { error, headers }, ['status']),
    one(connection, {}, ['connection']),
    one(cutBody, {}, ['body']),
    one(falseBody, { headers }, ['body']),
    one(slowBody, {}, ['body', 'bytes', 'every']),
    one(page, {}, ['page']),
    one(effectEntries.preset, { preset }, ['preset']),
    ...(Object.keys(beside).length > 0
      ? []
      : [objectOf(rateLimit, { rateLimit: objectOf(rateLimitEntries, {}, ['limit', 'window']) }, ['rateLimit'])]),
  ]
}

const step: JsonSchema = {
  anyOf: [
    { const: 'pass' },
    ...effects({ delay: ruleEntries.delay }, { delay }),
    objectOf({ delay: ruleEntries.delay }, { delay }, ['delay']),
  ],
}

const rule: JsonSchema = {
  ...objectOf(ruleEntries, {
    match: objectOf(matchEntries, { identity: UUID, session: UUID, query: VALUES, header: VALUES }),
    when: objectOf(whenEntries),
    delay,
    effect: { anyOf: effects({}, {}) },
    sequence: {
      type: 'array',
      items: step,
      maxItems: MOST_STEPS,
      minItems: 1,
      not: { items: { const: 'pass' } },
    },
    preset,
  }),
  oneOf: [
    { required: ['effect'] },
    { required: ['sequence'] },
    { required: ['preset'] },
    {
      required: ['delay'],
      properties: { delay: { not: { const: 0 } } },
      not: { anyOf: [{ required: ['effect'] }, { required: ['sequence'] }, { required: ['preset'] }] },
    },
  ],
}

/** The JSON Schema of a file of fault rules, made of the tables that the rules are read by. */
export const faultsSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Fault rules of ory-identities-mock',
  definitions: { rule },
  anyOf: [{ $ref: '#/definitions/rule' }, { type: 'array', items: { $ref: '#/definitions/rule' } }],
}
