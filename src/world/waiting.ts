/** The most that may wait at once; past it the oldest ends. */
const MOST = 16_384

/** A wait that the leaving of its client or the end of its world ends, until it is released. */
export interface Held {
  readonly signal: AbortSignal
  readonly end: () => void
  /** Leaves nothing behind, at the client or the world. */
  readonly release: () => void
}

/** Requests that wait, for a time or for ever. What ends them all early is the end of their world. */
export class Waiting {
  /** By what they wait for, where that has a name. */
  readonly #ends = new Map<() => void, string | undefined>()
  #over = false

  get size(): number {
    return this.#ends.size
  }

  /** @returns what takes it back, for one that waits no longer. */
  add(end: () => void, by?: string): () => void {
    if (this.#over) {
      end()
      return () => {}
    }
    this.#ends.set(end, by)
    if (this.#ends.size > MOST) {
      const oldest = this.#ends.keys().next().value!
      this.#ends.delete(oldest)
      oldest()
    }
    return () => {
      this.#ends.delete(end)
    }
  }

  /** Holds a wait, in the name of what makes it wait. Not by AbortSignal.any: what that makes would stay for as long as the world does. */
  hold(client?: AbortSignal, by?: string): Held {
    const over = new AbortController()
    const end = (): void => over.abort()
    const forget = this.add(end, by)
    client?.addEventListener('abort', end)
    if (client?.aborted === true) end()
    const release = (): void => {
      forget()
      client?.removeEventListener('abort', end)
    }
    return { signal: over.signal, end, release }
  }

  /** Ends all that waits now, or what waits in one name. */
  end(by?: string): void {
    const ends = [...this.#ends].filter(([, name]) => by === undefined || name === by)
    for (const [end] of ends) this.#ends.delete(end)
    for (const [end] of ends) end()
  }

  /** Ends all that waits, and at once whatever will be added. */
  endAll(): void {
    this.#over = true
    this.end()
  }
}
