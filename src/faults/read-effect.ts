import type { Pointer } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { object, objectSchema, word, type JsonSchema, type Kind, type Kinds } from '../model/kinds.ts'
import { listed, suggestion } from '../model/nearest.ts'
import type { Reader } from '../model/reader.ts'
import type { Effect } from './effect.ts'
import { effectKinds, type EffectKind } from './effect-kinds.ts'
import type { FaultEffect } from './rule.ts'

/** The words that `body` takes, by the kind of effect that they are. */
const BODIES = {
  truncate: 'cutBody',
  reset: 'cutBody',
  malformed: 'falseBody',
  empty: 'falseBody',
  html: 'falseBody',
  slow: 'slowBody',
} as const

/** What reads an effect whose body is none of those. */
const anyBody = object({
  ...effectKinds.cutBody.members,
  ...effectKinds.falseBody.members,
  ...effectKinds.slowBody.members,
  body: word(Object.keys(BODIES)),
})

const KINDS = ['status', 'rateLimit', 'connection', 'body', 'page', 'preset'] as const

/** The key that says what kind of effect it is: exactly one, but that a false body may come with a status. */
const kindOf = (reader: Reader, value: object, at: Pointer): (typeof KINDS)[number] | undefined => {
  const kinds = KINDS.filter((kind) => kind in value)
  const [first, second] = kinds
  if (second === undefined) {
    if (first !== undefined) return first
    const keys = Object.keys(value)
    for (const key of keys) reader.say([...at, key], `is an unknown effect; ${suggestion(key, KINDS, '`')}`)
    return keys.length > 0 ? undefined : reader.say(at, `must have one of ${listed(KINDS, '`')}`)
  }
  if (kinds.length === 2 && first === 'status' && second === 'body') return 'body'
  return reader.say(at, `has both \`${first}\` and \`${second}\`, of which an effect can have one`)
}

const bodyOf = (value: unknown): EffectKind | undefined => {
  const known = Object.entries(BODIES).find(([name]) => name === value)
  return known && effectKinds[known[1]]
}

/** The JSON Schemas of effects. @param beside what may stand beside them. @param but what may not be one. */
export const effectSchemas = (beside: Kinds = {}, but?: EffectKind): readonly JsonSchema[] =>
  Object.entries(effectKinds)
    .filter(([, kind]) => kind !== but)
    .map(([name, { members, required }]) => {
      const key = name.endsWith('Body') ? 'body' : name
      return objectSchema({ ...schemasOf(members), ...schemasOf(beside) }, [key, ...Object.keys(required)])
    })

const schemasOf = (kinds: Kinds): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(Object.entries(kinds).map(([name, { schema }]) => [name, schema]))

export const effect: Kind<Effect, FaultEffect> = {
  schema: { anyOf: effectSchemas() },
  read: (reader, value, at) => {
    if (!isObject(value)) return reader.flaw(at, 'an object', value)
    const { delay, ...rest } = value
    if (delay !== undefined) {
      reader.say([...at, 'delay'], 'stands beside an effect: `{ effect: …, delay: … }`')
      return Object.keys(rest).length === 0 ? undefined : effect.read(reader, rest, at)
    }
    const key = kindOf(reader, value, at)
    if (key === undefined) return undefined
    const kind = key === 'body' ? bodyOf(value['body']) : effectKinds[key]
    if (kind !== undefined) return kind.read(reader, value, at)
    anyBody.read(reader, value, at)
    return undefined
  },
}
