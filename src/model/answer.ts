import { utf8Text, written } from './utf8.ts'

import type { Validity } from './time.ts'

/** A whole answer before it is sent: what operations give, and faults bend. */
export interface Answer {
  readonly status: number
  /** In the casing and order in which they are sent. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** `Set-Cookie`, a header each. */
  readonly cookies?: readonly string[] | undefined
  /** For an answer that may be given again while the data is the same: as long as the clock is in it. */
  readonly fresh?: Validity
  /** What net/http says before any handler: no middleware adds to it, and nothing but the connection's end frames it. */
  readonly raw?: true
}

/** What Kratos' middleware adds to answers of a GET (oryx/httprouterx/router.go:121-127). */
export const NO_CACHE = 'private, no-cache, no-store, must-revalidate'
export const JSON_TYPE = 'application/json; charset=utf-8'

/** Go sends a body up to this many bytes with a Content-Length, a longer one chunked. */
const GO_BUFFER = 2048

const LINE_FEED = 10
/** The length of what ends a chunked body, its line break included. */
const LAST_CHUNK = 7

const encoder = new TextEncoder()

/** The header that frames a body as Go's net/http would, or none for a status or method without one. */
const framing = (status: number, body: string | Uint8Array, head: boolean): Readonly<Record<string, string>> => {
  if (status === 204 || status === 304 || status < 200) return {}
  // One letter can take up to three bytes, so only a short text has to be counted.
  const isCounted = typeof body !== 'string' || body.length > GO_BUFFER
  const length = isCounted ? body.length : encoder.encode(body).length
  if (length <= GO_BUFFER) return length === 0 && head ? {} : { 'Content-Length': String(length) }
  return head ? {} : { 'Transfer-Encoding': 'chunked' }
}

/** What goes before a body. */
export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[] | undefined
}

/** An answer as it goes out, framed as Go's net/http would. What is kept to be sent or shown again is one of these. */
export class Parcel {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[] | undefined
  /** What net/http says before any handler. */
  readonly raw: boolean
  #body: string | Uint8Array<ArrayBuffer> | undefined
  #chunk: Uint8Array | undefined

  /** @param head for a HEAD request, which gets the head of a GET without its body. */
  constructor({ status, headers, cookies, body, raw }: Answer, head = false) {
    this.status = status
    this.cookies = cookies
    this.raw = raw === true
    const sent = written(body)
    this.headers = raw === true ? headers : { ...headers, ...framing(status, sent, head) }
    this.#body = head && raw !== true ? '' : sent
  }

  /** As it is sent. */
  get payload(): string | Uint8Array<ArrayBuffer> {
    return this.#body ?? this.body
  }

  get body(): string {
    if (typeof this.#body === 'string') return this.#body
    return this.#body !== undefined
      ? utf8Text(this.#body)
      : utf8Text(this.#chunk!.subarray(this.#chunk!.indexOf(LINE_FEED) + 1, -LAST_CHUNK))
  }

  /**
   * The body as its only chunk, made once; from then on it is all that is held of the body.
   * @param frame puts the size before a body and the end of all chunks behind it.
   */
  chunk(frame: (body: string | Uint8Array) => Uint8Array): Uint8Array {
    this.#chunk ??= frame(this.#body!)
    this.#body = undefined
    return this.#chunk
  }
}
