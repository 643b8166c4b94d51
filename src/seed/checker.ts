import { isDeeper } from '../go/json-scan.ts'
import { isCanonical, uuidOf } from '../go/uuid.ts'
import { below, placeOf, type Pointer } from '../model/flaw.ts'
import type { JsonText } from '../model/identity.ts'
import { isObject } from '../model/json.ts'
import { FIXTURE_VOICE, Reader, stray } from '../model/reader.ts'
import { isWritable, parseTime, resolveTime, writableMoment, type Micros, type Moment } from '../model/time.ts'
import { tooDeep, unfitFor } from '../model/unfit.ts'
import type { Source } from './source.ts'

/** Deeper than anybody writes traits, and shallow enough for everything that reads them here. */
const DEEPEST = 1000

/** The keys that a reader knows: all of those of the type that a user sees, and no other. */
export const keysOf =
  <T>() =>
  <const K extends readonly (keyof T & string)[]>(
    keys: K & (Exclude<keyof T, K[number]> extends never ? unknown : { readonly missing: Exclude<keyof T, K[number]> }),
  ): K =>
    keys

export type Fields = Readonly<Record<string, unknown>>

/** So many different texts are kept to be shared at once. */
const MOST_KEPT = 1000

interface Read {
  readonly value: unknown
  readonly moment: Moment
}

/** What exists has existed for so long, unless a fixture says otherwise. */
const MONTH = 30 * 86_400e6

/** Reads the values of a fixture. Those that are null are as if they were not there. */
export class Checker extends Reader {
  readonly now: Micros
  /** A month before. */
  readonly longAgo: Moment
  readonly #texts = new Map<string, string>()
  /** The text that came last by the name of the member that has it: many come several times in a row. */
  readonly #before = new Map<string, string>()
  /** The two times that were read last: most rows have one of their own, which they say several times, and one that all have. */
  #last: Read | undefined
  #other: Read | undefined
  readonly #textOf: Source['textOf']

  /**
   * @param now what relative times count from.
   * @param textOf gives the text of a part, where it was written in JSON and is not what would be made of it here.
   */
  constructor(now: Micros, textOf?: Source['textOf']) {
    super(FIXTURE_VOICE)
    this.now = now
    this.longAgo = writableMoment(now - MONTH)
    this.#textOf = textOf
  }

  /** An object whose properties are all known; those that are undefined are as if they were absent. */
  fields(value: unknown, pointer: Pointer, known: readonly string[], what: string): Fields | undefined {
    if (!isObject(value)) return this.flaw(pointer, what, value)
    for (const key in value)
      if (!known.includes(key) && value[key] !== undefined && Object.hasOwn(value, key))
        this.tell([...pointer, key], () => this.voice.member(key, known))
    return value
  }

  /** The JSON text of a part as it was written; undefined where its value says as much. */
  written(pointer: Pointer): JsonText | undefined {
    return this.#textOf?.(pointer)
  }

  /** A value as the JSON text that is kept of it; `null` for what is none, which is noted. */
  json(value: unknown, pointer: Pointer, key: string): JsonText {
    const at = below(pointer, key)
    const written = this.written(at)
    // A number that is written in JSON is kept as it is spelled, however large.
    const isDeep = written !== undefined && isDeeper(written, DEEPEST)
    const unfit = isDeep ? tooDeep(DEEPEST) : written === undefined ? unfitFor(value, DEEPEST) : undefined
    if (unfit === undefined) return written ?? JSON.stringify(value)
    this.tell([...at, ...unfit.pointer], () => ({
      expected: 'what JSON can hold, and not too deep',
      found: unfit.found,
    }))
    return 'null'
  }

  /** A name that is one of those known. */
  known(name: string, pointer: Pointer, names: readonly string[], what: string): void {
    if (!names.includes(name)) this.tell(pointer, () => stray(name, names, what))
  }

  /** @param key what the value is called at that place; a place of its own is made for a flaw alone. */
  list(value: unknown, pointer: Pointer, what: string, key?: string): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value
    this.flaw(placeOf(pointer, key), what, value)
    return []
  }

  text(value: unknown, pointer: Pointer, key?: string): string | undefined {
    if (value === undefined || value === null) return undefined
    return typeof value === 'string' ? value : this.flaw(placeOf(pointer, key), 'a string', value)
  }

  /** A text that many rows have: they share it. */
  common(value: unknown, pointer: Pointer, key: string): string | undefined {
    const text = this.text(value, pointer, key)
    if (text === undefined) return undefined
    const before = this.#before.get(key)
    if (text === before) return before
    const there = this.#texts.get(text) ?? text
    if (this.#texts.size >= MOST_KEPT) this.#texts.clear()
    this.#texts.set(there, there)
    this.#before.set(key, there)
    return there
  }

  flag(value: unknown, pointer: Pointer, key?: string): boolean | undefined {
    if (value === undefined || value === null) return undefined
    return typeof value === 'boolean' ? value : this.flaw(placeOf(pointer, key), 'true or false', value)
  }

  count(value: unknown, pointer: Pointer, most: number): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value
    return this.flaw(pointer, `a whole number from 0 to ${most}`, value)
  }

  override oneOf<T extends string>(value: unknown, pointer: Pointer, words: readonly T[], key?: string): T | undefined {
    if (value === undefined || value === null) return undefined
    return words.find((word) => word === value) ?? super.oneOf(value, placeOf(pointer, key), words)
  }

  uuid(value: unknown, pointer: Pointer, key?: string): string | undefined {
    if (value === undefined || value === null) return undefined
    const id = typeof value === 'string' ? uuidOf(value) : undefined
    return id ?? this.flaw(placeOf(pointer, key), 'a UUID', value)
  }

  /** An id that refers to something, and is replaced by that one's own. */
  reference(value: unknown, pointer: Pointer, key: string): string | undefined {
    return typeof value === 'string' && isCanonical(value) ? value : this.uuid(value, pointer, key)
  }

  /** RFC 3339, `now`, or a signed duration, from year 0001 to 9999. */
  time(value: unknown, pointer: Pointer, key?: string): Moment | undefined {
    if (value === undefined || value === null) return undefined
    if (value === this.#last?.value) return this.#last.moment
    const last = value === this.#other?.value ? this.#other : this.#read(value, pointer, key)
    if (last === undefined) return undefined
    this.#other = this.#last
    this.#last = last
    return last.moment
  }

  #read(value: unknown, pointer: Pointer, key: string | undefined): Read | undefined {
    // A Date says its RFC 3339 text itself, as does what YAML makes of a timestamp.
    const isSaid = typeof value === 'object' && unfitFor(value, 1) === undefined
    const text = isSaid ? (JSON.parse(JSON.stringify(value)) as unknown) : value
    const moment = typeof text === 'string' ? (parseTime(text) ?? resolveTime(text, this.now)) : undefined
    if (moment !== undefined && isWritable(moment)) return { value, moment }
    const expected =
      moment === undefined
        ? 'an RFC 3339 time, "now", or a duration such as "-2h" or "+1h30m"'
        : 'a time from year 0001 to 9999'
    return this.flaw(placeOf(pointer, key), expected, value)
  }
}
