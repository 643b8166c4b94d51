import { urlOf } from '../model/url-of.ts'
import { parseGoDuration } from '../go/duration.ts'
import { shown, type Pointer } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import type { Reader } from '../model/reader.ts'
import type { Micros } from '../model/time.ts'

/** One value of a configuration and where it stands; what is absent, or wrong, which the reader notes, has its default. */
export class Part {
  readonly #reader: Reader
  readonly #value: unknown
  readonly pointer: Pointer

  constructor(reader: Reader, value: unknown, pointer: Pointer = []) {
    this.#reader = reader
    this.#value = value
    this.pointer = pointer
  }

  #refuse(expected: string): undefined {
    return this.#reader.flaw(this.pointer, expected, this.#value)
  }

  get isThere(): boolean {
    return this.#value !== undefined && this.#value !== null
  }

  /** As a message shows it. */
  get shown(): string {
    return typeof this.#value === 'string' ? this.#value : shown(this.#value)
  }

  #inner(key: string | number, value: unknown): Part {
    return new Part(this.#reader, value, [...this.pointer, key])
  }

  at(...path: readonly string[]): Part {
    const [key, ...rest] = path
    if (key === undefined) return this
    if (this.isThere && !isObject(this.#value)) this.#refuse('an object')
    const own = isObject(this.#value) && Object.hasOwn(this.#value, key) ? this.#value[key] : undefined
    return this.#inner(key, own).at(...rest)
  }

  text<T>(otherwise: T): string | T {
    if (!this.isThere) return otherwise
    if (typeof this.#value === 'string') return this.#value
    this.#refuse('a text')
    return otherwise
  }

  url<T>(otherwise: T): string | T {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    if (urlOf(text, 'http://127.0.0.1') !== undefined) return text
    this.#refuse('a URL')
    return otherwise
  }

  /** A word as HTTP has it for the names of cookies. */
  token(otherwise: string): string {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(text)) return text
    this.#refuse("a name of letters, digits and any of !#$%&'*+-.^_`|~")
    return otherwise
  }

  flag(otherwise: boolean): boolean {
    if (!this.isThere) return otherwise
    if (typeof this.#value === 'boolean') return this.#value
    this.#refuse('true or false')
    return otherwise
  }

  count(otherwise: number): number {
    if (!this.isThere) return otherwise
    if (typeof this.#value === 'number' && Number.isSafeInteger(this.#value) && this.#value >= 0) return this.#value
    this.#refuse('a whole number')
    return otherwise
  }

  duration(otherwise: Micros): Micros {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    const nanos = parseGoDuration(text)
    if (nanos !== undefined && nanos >= 0n) return Number(nanos / 1000n)
    this.#refuse('a duration such as 10m or 1h')
    return otherwise
  }

  word<const W extends string>(words: readonly W[], otherwise: W): W {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    const found = words.find((word) => word === text)
    if (found === undefined) this.#refuse(`one of ${words.join(', ')}`)
    return found ?? otherwise
  }

  list(): readonly Part[] {
    if (!this.isThere) return []
    if (Array.isArray(this.#value)) return this.#value.map((value: unknown, n) => this.#inner(n, value))
    this.#refuse('a list')
    return []
  }

  texts(otherwise: readonly string[]): readonly string[] {
    return this.isThere ? this.list().map((one) => one.text('')) : otherwise
  }

  members(): readonly (readonly [key: string, part: Part])[] {
    if (!this.isThere) return []
    if (isObject(this.#value)) return Object.keys(this.#value).map((key) => [key, this.at(key)])
    this.#refuse('an object')
    return []
  }

  /** Notes what is wrong with it in other words. @param reason a sentence that the place begins. */
  say(reason: string): undefined {
    return this.#reader.say(this.pointer, reason)
  }
}
