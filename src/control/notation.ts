import { isObject } from '../model/json.ts'
import { misfitOf, ROUND, Unfitting } from '../model/unfit.ts'

/** The header of a call from our own client that has marks in its JSON for what JSON cannot hold. */
export const NOTATION_HEADER = 'ory-mock-notation'

/** The members of a mark: what `typeof` calls what it stands for, and what that is. */
const MARK = 'ory-mock:not-json'
const WHAT = 'is'

/** Deeper values have a mark in place of the rest. */
const MOST_LEVELS = 1000

interface Mark {
  readonly [MARK]: string
  readonly [WHAT]?: string
}

/** @param isMember undefined is left out of an object, as JSON does. */
const markOf = (value: unknown, isMember: boolean): Mark | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { [MARK]: 'number', [WHAT]: String(value) }
  if (typeof value === 'bigint') return { [MARK]: 'bigint', [WHAT]: String(value) }
  if (typeof value === 'object') {
    const found = value === null ? undefined : misfitOf(value)
    return found === undefined ? undefined : { [MARK]: 'object', [WHAT]: found }
  }
  if (value === undefined) return isMember ? undefined : { [MARK]: 'undefined' }
  return typeof value === 'function' || typeof value === 'symbol' ? { [MARK]: typeof value } : undefined
}

/** A value as JSON, and whether there are marks in it. What the value's own code throws is thrown. */
export const noted = (value: unknown): { readonly text: string; readonly hasMarks: boolean } => {
  let hasMarks = false
  /** The containers around a place. */
  const around: unknown[] = []
  const text = JSON.stringify([value], function (this: unknown, key: string, one: unknown) {
    while (around.length > 0 && around.at(-1) !== this) around.pop()
    const given = (this as Readonly<Record<string, unknown>>)[key]
    const isRound = typeof one === 'object' && one !== null && around.includes(one)
    const mark: Mark | undefined = isRound
      ? { [MARK]: 'object', [WHAT]: ROUND }
      : typeof one === 'object' && around.length > MOST_LEVELS
        ? { [MARK]: 'deep' }
        : (markOf(one, !Array.isArray(this)) ?? (one === null ? markOf(given, true) : undefined))
    if (mark !== undefined) hasMarks = true
    const kept = mark ?? one
    if (typeof kept === 'object' && kept !== null) around.push(kept)
    return kept
  })
  return { text: text.slice(1, -1), hasMarks }
}

const putBack = ({ [MARK]: kind, [WHAT]: what = '' }: Mark): unknown => {
  if (kind === 'number') return Number(what)
  if (kind === 'bigint') return BigInt(what)
  if (kind === 'function') return () => {}
  if (kind === 'symbol') return Symbol('of another process')
  return kind === 'undefined' ? undefined : new Unfitting(what, kind === 'deep')
}

/** Puts back what a mark stands for, while JSON is read. */
export const unnoted = (_key: string, value: unknown): unknown => {
  // An item that is undefined was taken out.
  if (Array.isArray(value)) return Array.from(value)
  return isObject(value) && typeof value[MARK] === 'string' ? putBack(value as unknown as Mark) : value
}
