import type { Micros, Validity } from '../model/time.ts'
import type { Tables } from '../store/tables.ts'

/** How many keys are held in mind after one sight of them. A power of two. */
const SIGHTS = 4096

/** Of so many values that find it full, one is kept. */
const SELDOM = 16

/** FNV-1a. Never 0, which stands for nothing. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash | 1
}

/**
 * What was made for a key, to be given again: in bounded memory, of which the oldest goes first.
 * Something is kept on the second sight of its key alone, so that what nobody asks for again leaves nothing behind.
 */
export class Memory<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly weight: number }>()
  /** Made when something is first seen: most projects are asked for little. */
  #sights: Int32Array | undefined
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

  /** Keeps a value, if its key was seen before. @returns whether it is kept. */
  keep(key: string, value: T, weight: number, isGood?: (value: T) => boolean): boolean {
    return (this.#entries.has(key) || this.#seen(key)) && this.hold(key, value, weight, isGood)
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
    const slot = (hash >>> 1) & (SIGHTS - 1)
    const sights = (this.#sights ??= new Int32Array(SIGHTS))
    if (sights[slot] === hash) return true
    sights[slot] = hash
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
