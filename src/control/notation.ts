import { isObject } from '../model/json.ts'
import { misfitOf, ROUND, Unfitting } from '../model/unfit.ts'

/** The header of a call from our own client that has marks in its JSON for what JSON cannot hold: the name of these. */
export const NOTATION_HEADER = 'ory-mock-notation'

const NAME = 'not-json'

/** Deeper values have a mark in place of the rest. */
const MOST_LEVELS = 1000

/** What a mark says: what `typeof` calls what it stands for, and what that is. */
type Saying = `${'bigint' | 'deep' | 'function' | 'number' | 'object' | 'symbol' | 'undefined'} ${string}`

/** @param isMember undefined is left out of an object, as JSON does. */
const sayingOf = (value: unknown, isMember: boolean): Saying | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `number ${value}`
  if (typeof value === 'bigint') return `bigint ${value}`
  if (typeof value === 'object') {
    const found = value === null ? undefined : misfitOf(value)
    return found === undefined ? undefined : `object ${found}`
  }
  if (value === undefined) return isMember ? undefined : 'undefined '
  return typeof value === 'function' ? 'function ' : typeof value === 'symbol' ? 'symbol ' : undefined
}

export interface Noted {
  readonly text: string
  /** The name of the marks in it, objects of one member; nothing else in it has a member of that name. */
  readonly marks?: string
}

/** A value as JSON. What the value's own code throws is thrown. */
export const noted = (value: unknown, name: string = NAME): Noted => {
  let isTaken = false
  /** The mark that was made last, whose member comes next. */
  let mark: object | undefined
  /** The containers around a place. */
  const around: unknown[] = []
  const text = JSON.stringify([value], function (this: unknown, key: string, one: unknown) {
    if (this === mark) return one
    while (around.length > 0 && around.at(-1) !== this) around.pop()
    isTaken ||= key === name
    const given = (this as Readonly<Record<string, unknown>>)[key]
    const isRound = typeof one === 'object' && one !== null && around.includes(one)
    const saying: Saying | undefined = isRound
      ? `object ${ROUND}`
      : typeof one === 'object' && around.length > MOST_LEVELS
        ? 'deep '
        : (sayingOf(one, !Array.isArray(this)) ?? (one === null ? sayingOf(given, true) : undefined))
    if (saying !== undefined) return (mark = { [name]: saying })
    if (typeof one === 'object' && one !== null) around.push(one)
    return one
  }).slice(1, -1)
  if (mark === undefined) return { text }
  return isTaken ? noted(value, `${name}-`) : { text, marks: name }
}

const putBack = (saying: string): unknown => {
  const [kind] = saying.split(' ', 1)
  const what = saying.slice(kind!.length + 1)
  if (kind === 'number') return Number(what)
  if (kind === 'bigint') return BigInt(what)
  if (kind === 'function') return () => {}
  if (kind === 'symbol') return Symbol('of another process')
  return kind === 'undefined' ? undefined : new Unfitting(what, kind === 'deep')
}

/** Puts back what the marks of a name stand for, while JSON is read. */
export const unnoted =
  (name: string) =>
  (_key: string, value: unknown): unknown => {
    // An item that is undefined was taken out.
    if (Array.isArray(value)) return Array.from(value)
    const saying = isObject(value) ? value[name] : undefined
    return typeof saying === 'string' ? putBack(saying) : value
  }
