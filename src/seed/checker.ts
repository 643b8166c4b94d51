import { bytesOf } from '../go/bytes.ts'
import { asciiJson, isDeeper } from '../model/json.ts'
import { nearest } from '../model/nearest.ts'
import { isWritable, parseTime, resolveTime, type Micros, type Moment } from '../model/time.ts'
import { parseUuid } from '../go/uuid.ts'

export type Pointer = readonly (string | number)[]

/** The parts of a JSON pointer (RFC 6901). */
export const partsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A problem before its place in a file is known. */
export interface Flaw {
  readonly pointer: Pointer
  readonly expected: string
  readonly found: string
}

export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** As deep as Kratos reads JSON (Go's encoding/json). */
const DEEPEST = 10_000

/** A value as the JSON text that is kept of it. @throws RangeError for one that is nested too deeply. */
export const jsonOf = (value: unknown): string => {
  const json = asciiJson(value)
  if (isDeeper(json, DEEPEST)) throw new RangeError(`more than ${DEEPEST} levels`)
  return json
}

/** The keys that a reader knows: all of those of the type that a user sees, and no other. */
export const keysOf =
  <T>() =>
  <const K extends readonly (keyof T & string)[]>(
    keys: K & (Exclude<keyof T, K[number]> extends never ? unknown : { readonly missing: Exclude<keyof T, K[number]> }),
  ): K =>
    keys

export type Fields = Readonly<Record<string, unknown>>

/** Reads unknown values and collects what is wrong with them; what it gives back for a wrong one is never used. */
export class Checker {
  readonly flaws: Flaw[] = []
  readonly now: Micros

  /** @param now what relative times count from. */
  constructor(now: Micros) {
    this.now = now
  }

  flaw(pointer: Pointer, expected: string, value: unknown): undefined {
    this.flaws.push({ pointer, expected, found: shown(value) })
    return undefined
  }

  /** An object whose properties are all known. */
  fields(value: unknown, pointer: Pointer, known: readonly string[], what: string): Fields | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.flaw(pointer, what, value)
    for (const key of Object.keys(value))
      this.known(key, [...pointer, key], known, 'a known property', `unknown property "${key}"`)
    return value as Fields
  }

  /** A name that is one of those known. */
  known(name: string, pointer: Pointer, names: readonly string[], what: string, found = `"${name}"`): void {
    if (names.includes(name)) return
    const meant = nearest(name, names)
    const hint = meant === undefined ? `one of ${names.join(', ')}` : `${what} (did you mean "${meant}"?)`
    this.flaws.push({ pointer, expected: hint, found })
  }

  list(value: unknown, pointer: Pointer, what: string): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value
    this.flaw(pointer, what, value)
    return []
  }

  text(value: unknown, pointer: Pointer, what = 'a string'): string | undefined {
    if (value === undefined || value === null) return undefined
    return typeof value === 'string' ? value : this.flaw(pointer, what, value)
  }

  flag(value: unknown, pointer: Pointer): boolean | undefined {
    if (value === undefined || value === null) return undefined
    return typeof value === 'boolean' ? value : this.flaw(pointer, 'true or false', value)
  }

  count(value: unknown, pointer: Pointer, most: number): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value
    return this.flaw(pointer, `a whole number from 0 to ${most}`, value)
  }

  oneOf<T extends string>(value: unknown, pointer: Pointer, words: readonly T[]): T | undefined {
    if (value === undefined || value === null) return undefined
    const found = words.find((word) => word === value)
    if (found !== undefined) return found
    const meant = typeof value === 'string' ? nearest(value, words) : undefined
    return this.flaw(
      pointer,
      `${words.map((word) => `"${word}"`).join(', ')}${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`,
      value,
    )
  }

  uuid(value: unknown, pointer: Pointer): string | undefined {
    if (value === undefined || value === null) return undefined
    const id = typeof value === 'string' ? parseUuid(bytesOf(value)) : undefined
    return typeof id === 'string' ? id : this.flaw(pointer, 'a UUID', value)
  }

  /** RFC 3339, `now`, or a signed duration, from year 0001 to 9999. */
  time(value: unknown, pointer: Pointer): Moment | undefined {
    if (value === undefined || value === null) return undefined
    // A Date says its RFC 3339 text itself, as does what YAML makes of a timestamp.
    const text = typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value
    const moment = typeof text === 'string' ? (parseTime(text) ?? resolveTime(text, this.now)) : undefined
    if (moment === undefined)
      return this.flaw(pointer, 'an RFC 3339 time, "now", or a duration such as "-2h" or "+1h30m"', value)
    return isWritable(moment) ? moment : this.flaw(pointer, 'a time from year 0001 to 9999', value)
  }
}
