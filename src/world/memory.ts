import type { Micros, Validity } from '../model/time.ts'
import type { Tables } from '../store/tables.ts'

/** So many keys at least, and at most twice as many, are held in mind after one sight of them. */
const SIGHTS = 4096

/** Of so many values that find it full, one is kept. */
const SELDOM = 16

/** FNV-1a, as a number that an engine keeps without a box. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash >>> 2
}

/**
 * What was made for a key, to be given again: in bounded memory, of which the oldest goes first.
 * Something is kept on the second sight of its key alone, so that what nobody asks for again leaves nothing behind.
 */
export class Memory<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly weight: number }>()
  /** What was seen last, and before that. */
  #sights = new Set<number>()
  #formerSights = new Set<number>()
  readonly #most: number
  #weight = 0
  #turned = 0

  /** @param most how much weight may be kept, in the unit of `keep`. */
  constructor(most: number) {
    this.#most = most
  }

  clear(): void {
    this.#entries.clear()
    this.#weight = 0
  }

  recall(key: string): T | undefined {
    return this.#entries.get(key)?.value
  }

  /** Whether a key was seen before, of which this is a sight. */
  isKnown(key: string): boolean {
    return this.#entries.has(key) || this.#seen(key)
  }

  /** Keeps a value, if its key was seen before. @returns whether it is kept. */
  keep(key: string, value: T, weight: number): boolean {
    return this.isKnown(key) && this.hold(key, value, weight)
  }

  /**
   * Keeps a value of which it is known that its key was seen before. Where it is full of values that are still good, a
   * new one takes the place of an old one now and then only: of more than it holds, asked for in turn, it would keep
   * none for long enough. @returns whether it is kept.
   */
  hold(key: string, value: T, weight: number, isGood: (value: T) => boolean = () => true): boolean {
    this.#drop(key)
    if (weight > this.#most) return false
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight + weight <= this.#most) break
      if (isGood(entry.value) && this.#turned++ % SELDOM !== 0) return false
      this.#drop(oldest)
    }
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    return true
  }

  /** Whether a key was seen lately, by a hash of it that two keys may share. */
  #seen(key: string): boolean {
    const hash = hashOf(key)
    if (this.#sights.has(hash) || this.#formerSights.has(hash)) return true
    if (this.#sights.size === SIGHTS) {
      this.#formerSights = this.#sights
      this.#sights = new Set()
    }
    this.#sights.add(hash)
    return false
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#weight -= entry.weight
    this.#entries.delete(key)
  }
}

/** Something that was made from data at a time. */
export interface Made<T> {
  readonly value: T
  readonly tables: Tables
  readonly validity: Validity
}

/** Whether it would be made alike: the data is the same value, and the clock where it was true. */
export const holds = ({ tables, validity }: Made<unknown>, now: Tables, at: Micros): boolean =>
  tables === now && at >= validity.from && at < validity.until
