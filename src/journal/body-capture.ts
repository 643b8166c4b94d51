import { isDeeper } from '../go/json-scan.ts'
import { utf8Text } from '../model/utf8.ts'

/** The most of a body that an entry keeps. */
export const MOST_OF_BODY: number = 64 * 1024

/** Deeper than anybody writes a body, and shallow enough for whoever prints or compares an entry. */
const DEEPEST = 1000

/** A body as a tester reads it: JSON where it is JSON and not nested beyond reason, otherwise text, null for none. */
export const bodyValue = (body: string | Uint8Array | undefined, most: number): unknown => {
  if (body === undefined || body.length === 0) return null
  const text = (typeof body === 'string' ? body : utf8Text(body).replace(/^\ufeff/, '')).slice(0, most)
  if (isDeeper(text, DEEPEST)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

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

  /** What has come; undefined for a body that is unread. */
  get bytes(): Uint8Array | undefined {
    return this.#bytes
  }
}
