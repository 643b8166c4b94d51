import type { Micros, Validity } from '../model/time.ts'
import type { Tables } from '../store/tables.ts'

interface Entry<T> {
  readonly tables: Tables
  readonly window: Validity
  readonly value: T
  readonly weight: number
}

/**
 * What was made from a state and can be given again: pages by their request, filtered lists by their filter.
 * An entry holds as long as the tables are the same value and the clock is in its window; the oldest go first.
 */
export class Kept<T> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #most: number
  #weight = 0

  /** @param most how much weight may be kept, in the unit of `keep`. */
  constructor(most: number) {
    this.#most = most
  }

  recall(key: string, tables: Tables, now: Micros): T | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.tables !== tables || now < entry.window.from || now >= entry.window.until)
      return undefined
    return entry.value
  }

  keep(key: string, tables: Tables, window: Validity, value: T, weight: number): void {
    this.#drop(key)
    if (weight > this.#most) return
    this.#entries.set(key, { tables, window, value, weight })
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#most) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#weight -= entry.weight
    this.#entries.delete(key)
  }
}
