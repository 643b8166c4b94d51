import { objectSchema, type JsonSchema } from '../model/kinds.ts'
import { effectKinds, preset } from './effect-kinds.ts'
import { effect, effectSchemas } from './read-effect.ts'
import { MOST_STEPS, ruleEntries } from './read-rule.ts'
import { delay } from './read-when.ts'

const step: JsonSchema = {
  anyOf: [
    { const: 'pass' },
    ...effectSchemas({ delay }, effectKinds.rateLimit),
    objectSchema({ delay: delay.schema }, ['delay']),
  ],
}

const { id, match, when } = ruleEntries

const members: Readonly<Record<keyof typeof ruleEntries, JsonSchema>> = {
  id: id.schema,
  match: match.schema,
  when: when.schema,
  delay: delay.schema,
  effect: effect.schema,
  sequence: { type: 'array', items: step, maxItems: MOST_STEPS, minItems: 1, not: { items: { const: 'pass' } } },
  preset: preset.schema,
}

const acts = ['effect', 'sequence', 'preset'].map((key) => ({ required: [key] }))

const oneOf: readonly JsonSchema[] = [
  ...acts,
  { required: ['delay'], properties: { delay: { not: { const: 0 } } }, not: { anyOf: acts } },
]

/** The JSON Schema of a file of fault rules, made of the tables that the rules are read by. */
export const faultsSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Fault rules of ory-identities-mock',
  definitions: { rule: { ...objectSchema(members), oneOf } },
  anyOf: [
    { ...objectSchema({ ...members, $schema: { type: 'string' } }), oneOf },
    { type: 'array', items: { $ref: '#/definitions/rule' } },
  ],
}
