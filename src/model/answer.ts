import type { Validity } from './time.ts'

/** A whole answer before it is sent: what routes give, faults bend, and a wire or a Response carries. */
export interface Answer {
  readonly status: number
  /** In the casing and order in which they are sent. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** `Set-Cookie`, a header each. */
  readonly cookies?: readonly string[]
  /** For an answer that may be given again: as long as the data is the same and the clock in `[from, until)`. */
  readonly fresh?: Validity
}

/** What Kratos' middleware adds to answers of a GET (oryx/httprouterx/router.go:121-127). */
export const NO_CACHE = 'private, no-cache, no-store, must-revalidate'
export const JSON_TYPE = 'application/json; charset=utf-8'

/** Go sends a body up to this many bytes with a Content-Length, a longer one chunked. */
const GO_BUFFER = 2048

const encoder = new TextEncoder()

/** The bytes of a body in UTF-8; one letter can take up to three. */
export const byteLength = (body: string): number => encoder.encode(body).length

/** The header that frames a body as Go's net/http would, or none for a status or method without one. */
export const framing = (status: number, body: string, head: boolean): Readonly<Record<string, string>> => {
  if (status === 204 || status === 304 || status < 200) return {}
  const length = body.length > GO_BUFFER ? body.length : byteLength(body)
  if (length <= GO_BUFFER) return length === 0 && head ? {} : { 'Content-Length': String(length) }
  return head ? {} : { 'Transfer-Encoding': 'chunked' }
}
