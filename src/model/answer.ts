import type { Validity } from './time.ts'

/** A whole answer before it is sent: what operations give, and faults bend. */
export interface Answer {
  readonly status: number
  /** In the casing and order in which they are sent. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
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

const encoder = new TextEncoder()

/** The header that frames a body as Go's net/http would, or none for a status or method without one. */
const framing = (status: number, body: string, head: boolean): Readonly<Record<string, string>> => {
  if (status === 204 || status === 304 || status < 200) return {}
  // One letter can take up to three bytes, so only a short text has to be counted.
  const length = body.length > GO_BUFFER ? body.length : encoder.encode(body).length
  if (length <= GO_BUFFER) return length === 0 && head ? {} : { 'Content-Length': String(length) }
  return head ? {} : { 'Transfer-Encoding': 'chunked' }
}

/** An answer as it goes out, framed as Go's net/http would. What is kept to be sent again is one of these. */
export interface Parcel {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What a wire made of the body to send it, for the next time. */
  wired?: Uint8Array
}

/** @param head for a HEAD request, which gets the head of a GET without its body. */
export const parcelOf = ({ status, headers, body, raw }: Answer, head = false): Parcel => ({
  status,
  headers: raw === true ? headers : { ...headers, ...framing(status, body, head) },
  body: head ? '' : body,
})
