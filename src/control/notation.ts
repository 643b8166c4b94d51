import { isObject } from '../model/json.ts'

/** The header of a call from our own client that has marks in its JSON for what JSON cannot hold. */
export const NOTATION_HEADER = 'ory-mock-notation'

/** The one member of a mark: what it stands for. */
const MARK = 'ory-mock:not-json'

const NUMBERS: ReadonlyMap<string, number> = new Map([NaN, Infinity, -Infinity].map((one) => [String(one), one]))

/** What is no JSON, by what `typeof` calls it, as it is put back: each is refused by its kind alone. */
const KINDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['function', () => {}],
  ['symbol', Symbol('of another process')],
  ['undefined', undefined],
])

/** @param isMember undefined is left out of an object, as JSON does. */
const markOf = (value: unknown, isMember: boolean): string | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value)
  if (typeof value === 'bigint') return `${value}n`
  if (value === undefined) return isMember ? undefined : 'undefined'
  return KINDS.has(typeof value) ? typeof value : undefined
}

/** A value as JSON, and whether there are marks in it. */
export const noted = (value: unknown): { readonly text: string; readonly hasMarks: boolean } => {
  let hasMarks = false
  const text = JSON.stringify([value], function (this: unknown, _key, one: unknown) {
    const mark = markOf(one, !Array.isArray(this))
    if (mark === undefined) return one
    hasMarks = true
    return { [MARK]: mark }
  })
  return { text: text.slice(1, -1), hasMarks }
}

/** Puts back what a mark stands for, while JSON is read. */
export const unnoted = (_key: string, value: unknown): unknown => {
  // An item that is undefined was taken out.
  if (Array.isArray(value)) return Array.from(value)
  const mark = isObject(value) ? value[MARK] : undefined
  if (typeof mark !== 'string') return value
  if (/^-?\d+n$/.test(mark)) return BigInt(mark.slice(0, -1))
  return NUMBERS.get(mark) ?? KINDS.get(mark)
}
