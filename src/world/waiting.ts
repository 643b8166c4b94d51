/** The most that may wait at once; past it the oldest ends. */
const MOST = 16_384

/** Requests that wait, for a time or for ever. What ends them all early is the end of their world. */
export class Waiting {
  readonly #ends = new Set<() => void>()
  #over = false

  get size(): number {
    return this.#ends.size
  }

  /** @returns what takes it back, for one that waits no longer. */
  add(end: () => void): () => void {
    if (this.#over) {
      end()
      return () => {}
    }
    this.#ends.add(end)
    if (this.#ends.size > MOST) {
      const [oldest] = this.#ends
      this.#ends.delete(oldest!)
      oldest!()
    }
    return () => {
      this.#ends.delete(end)
    }
  }

  /** Ends all that waits, and at once whatever will be added. */
  endAll(): void {
    this.#over = true
    const ends = [...this.#ends]
    this.#ends.clear()
    for (const end of ends) end()
  }
}
