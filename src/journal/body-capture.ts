/** The most of a body that an entry keeps. */
export const MOST_OF_BODY: number = 64 * 1024

const decoder = new TextDecoder()

/** A request's body as far as the journal keeps it. It may still be on its way when the request is answered. */
export class BodyCapture {
  /** Resolves when all of the body that will ever come has come. */
  readonly whole: Promise<void>
  #settled = false
  #bytes: Uint8Array | undefined

  /** @param body all of it; a rejection counts as a body that nobody could read. */
  constructor(body: Promise<Uint8Array>) {
    this.whole = this.#keep(body)
  }

  async #keep(body: Promise<Uint8Array>): Promise<void> {
    try {
      const bytes = await body
      // A copy of a part, so that a large body is not held for it.
      this.#bytes = bytes.length > MOST_OF_BODY ? bytes.slice(0, MOST_OF_BODY) : bytes
    } catch {
      // Too large, or the client left.
    }
    this.#settled = true
  }

  get settled(): boolean {
    return this.#settled
  }

  /** JSON where it is JSON, otherwise text, or null for an empty or unread one. */
  get value(): unknown {
    if (this.#bytes === undefined || this.#bytes.length === 0) return null
    const text = decoder.decode(this.#bytes)
    try {
      return JSON.parse(text) as unknown
    } catch {
      return text
    }
  }
}
