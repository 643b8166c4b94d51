import type { Pointer } from './flaw.ts'
import { isObject } from './json.ts'
import { suggestion } from './nearest.ts'
import type { Reader } from './reader.ts'

/** A JSON Schema, draft 7, which editors know best. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What a value may be: what a user writes, `In`, and what it is read as. */
export interface Kind<out T = unknown, out In = T> {
  /** @returns undefined for a value that is wrong, which the reader has noted. */
  readonly read: (reader: Reader, value: unknown, at: Pointer) => T | undefined
  readonly schema: JsonSchema
  /** For the compiler alone. */
  readonly takes?: In
}

/** What an object may have. */
export type Kinds = Readonly<Record<string, Kind>>

/** What reads a type that a user sees: exactly its keys, each with what its type takes. */
export type KindsOf<T> = { readonly [K in keyof T]-?: Kind<unknown, NonNullable<T[K]>> }

type ReadOf<K> = K extends Kind<infer T, unknown> ? T : never
type TakenBy<K> = K extends Kind<unknown, infer In> ? In : never

/** What an object was read as; each of its parts may be left out. */
export type Parts<E extends Kinds> = { readonly [K in keyof E]?: ReadOf<E[K]> }

/** A value by itself. @param what it must be, in words. @param parse gives undefined for what it is not. */
export const leaf = <T, In = T>(
  what: string,
  schema: JsonSchema,
  parse: (value: unknown) => T | undefined,
): Kind<T, In> => ({
  schema,
  read: (reader, value, at) => {
    const read = parse(value)
    return read === undefined ? reader.flaw(at, what, value) : read
  },
})

/** What a value is made into once it was read. */
export const made = <T, In, U>(
  { read, schema }: Kind<T, In>,
  make: (read: T, reader: Reader, at: Pointer) => U | undefined,
): Kind<U, In> => ({
  schema,
  read: (reader, value, at) => {
    const one = read(reader, value, at)
    return one === undefined ? undefined : make(one, reader, at)
  },
})

/** What is known and passed over, or read by somebody else. */
export const anything: Kind<unknown, never> = { schema: {}, read: (_reader, value) => value }

export const flag: Kind<boolean> = leaf('true or false', { type: 'boolean' }, (value) =>
  typeof value === 'boolean' ? value : undefined,
)

export const text: Kind<string> = leaf('a text', { type: 'string' }, (value) =>
  typeof value === 'string' ? value : undefined,
)

export const textLike = (pattern: RegExp, what: string): Kind<string> =>
  leaf(what, { type: 'string', pattern: pattern.source }, (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined,
  )

export const number = (min: number, max: number, what: string): Kind<number> =>
  leaf(what, { type: 'number', minimum: min, maximum: max }, (value) =>
    typeof value === 'number' && value >= min && value <= max ? value : undefined,
  )

export const whole = (min: number, max: number, what = `a whole number from ${min} to ${max}`): Kind<number> =>
  leaf(what, { type: 'integer', minimum: min, maximum: max }, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined,
  )

export const word = <const W extends string>(words: readonly W[]): Kind<W> => ({
  schema: { enum: words },
  read: (reader, value, at) => reader.oneOf(value, at, words),
})

const there = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((one) => one !== undefined)

/** One value, or an array of at least one, each flaw with its own place. */
export const several = <T, In>(kind: Kind<T, In>): Kind<readonly T[], In | readonly In[]> => ({
  schema: { anyOf: [kind.schema, { type: 'array', items: kind.schema, minItems: 1 }] },
  read: (reader, value, at) => {
    const given: readonly (readonly [unknown, Pointer])[] = Array.isArray(value)
      ? value.map((one: unknown, n) => [one, [...at, n]])
      : [[value, at]]
    if (given.length === 0) return reader.say(at, 'is an empty array, which stands for none at all')
    return there(given.map(([one, place]) => kind.read(reader, one, place)))
  },
})

/** An object of members of any name. @param what it must be. @param member reads one, or gives undefined. */
export const byName = <T, In>(
  what: string,
  schema: JsonSchema,
  member: (reader: Reader, name: string, value: unknown, at: Pointer) => T | undefined,
): Kind<readonly T[], Readonly<Record<string, In>>> => ({
  schema: { type: 'object', additionalProperties: schema },
  read: (reader, value, at) =>
    isObject(value)
      ? there(Object.entries(value).map(([name, one]) => member(reader, name, one, [...at, name])))
      : reader.flaw(at, what, value),
})

/** An object of these members and no others. */
export interface ObjectKind<E extends Kinds> extends Kind<Parts<E>, { readonly [K in keyof E]: TakenBy<E[K]> }> {
  readonly members: E
}

/** The JSON Schema of an object with these members and no others. */
export const objectSchema = (
  properties: Readonly<Record<string, JsonSchema | true>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(required.length === 0 ? {} : { required }),
})

/** How an object is spoken of, and what it must have. */
export interface ObjectTerms<E extends Kinds> {
  /** What it must be. Default `an object`. */
  readonly what?: string
  /** Begins the sentence for a member that it does not have: `is no quirk`. Default: as the reader's voice has it. */
  readonly stranger?: string
  /** The members that it must have, each with what that is. */
  readonly required?: { readonly [K in keyof E]?: string }
}

export const object = <E extends Kinds>(
  members: E,
  { what = 'an object', stranger, required = {} }: ObjectTerms<E> = {},
): ObjectKind<E> => {
  const names = Object.keys(members)
  const read = (reader: Reader, value: unknown, at: Pointer): Parts<E> | undefined => {
    if (!isObject(value)) return reader.flaw(at, what, value)
    const parts: Record<string, unknown> = {}
    for (const [name, one] of Object.entries(value)) {
      const place = [...at, name]
      if (Object.hasOwn(members, name)) {
        if (one !== undefined) parts[name] = members[name]!.read(reader, one, place)
      } else if (stranger === undefined) reader.tell(place, () => reader.voice.member(name, names))
      else reader.say(place, () => `${stranger}; ${suggestion(name, names)}`)
    }
    for (const [name, meaning] of Object.entries(required))
      if (!Object.hasOwn(value, name) || value[name] === undefined)
        reader.say(at, `lacks \`${name}\`, ${meaning as string}`)
    return parts as Parts<E>
  }
  const properties = Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema]))
  return { members, read, schema: objectSchema(properties, Object.keys(required)) }
}
