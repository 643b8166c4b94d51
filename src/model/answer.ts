import type { HeaderList } from './headers.ts'
import { placeBytes, type Placed, type Slab } from './slab.ts'
import type { Validity } from './time.ts'
import { written } from './utf8.ts'

/** A whole answer before it is sent: what operations give, and faults bend. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderList
  readonly body: string
  /** For an answer that may be given again while the data is the same: as long as the clock is in it. */
  readonly fresh?: Validity | undefined
  /** What net/http says before any handler: no middleware adds to it, and nothing but the connection's end frames it. */
  readonly raw?: true
}

/** What Kratos' middleware adds to answers of a GET (oryx/httprouterx/router.go:121-127). */
export const NO_CACHE = 'private, no-cache, no-store, must-revalidate'
export const JSON_TYPE = 'application/json; charset=utf-8'

/** Go sends a body up to this many bytes with a Content-Length, a longer one chunked. */
const GO_BUFFER = 2048

/** What goes before a body. */
export interface Head {
  readonly status: number
  readonly headers: HeaderList
}

/** Whether a status is one of those that come without a body, as `Response` has it. */
export const isBodiless = (status: number): boolean => status === 204 || status === 205 || status === 304

/** The header that frames a body as Go's net/http would, or none for a status or method without one. */
const framing = (status: number, size: number, head: boolean): HeaderList => {
  if (status === 204 || status === 304 || status < 200) return []
  if (size <= GO_BUFFER) return size === 0 && head ? [] : ['Content-Length', String(size)]
  return head ? [] : ['Transfer-Encoding', 'chunked']
}

/** An answer as it goes out, framed as Go's net/http would. What is kept to be sent or shown again is one of these. */
export class Parcel implements Head {
  readonly status: number
  readonly headers: HeaderList
  /** The body, encoded once for whoever sends, keeps or shows it. */
  readonly placed: Placed
  /** The same as text, where it is short: a socket takes it along with the head. */
  readonly text: string | undefined
  /** Whether net/http says it before any handler. */
  readonly raw: boolean
  #chunk: Uint8Array | undefined

  constructor({ status, headers, raw = false }: Head & { readonly raw?: boolean }, placed: Placed, text?: string) {
    this.status = status
    this.headers = headers
    this.raw = raw
    this.placed = placed
    this.text = text
  }

  /** The body as its only chunk, with the end of all chunks behind it. */
  get chunk(): Uint8Array {
    return (this.#chunk ??= this.placed.framed(`${this.placed.size.toString(16)}\r\n`, '\r\n0\r\n\r\n'))
  }

  /** The same, to be held: what it takes is its own alone. */
  alone(): Parcel {
    return new Parcel(this, this.placed.alone(), this.text)
  }
}

/** An answer on its way out. @param head for a HEAD request, which gets the head of a GET without its body. */
export const parcelOf = ({ status, headers, body, raw }: Answer, slab: Slab, head = false): Parcel => {
  const sent = written(body)
  const placed = typeof sent === 'string' ? slab.place(sent) : placeBytes(sent)
  if (raw === true) return new Parcel({ status, headers, raw }, placed)
  const { size } = placed
  const framed = [...headers, ...framing(status, size, head)]
  if (head) return new Parcel({ status, headers: framed }, slab.place(''), '')
  return new Parcel(
    { status, headers: framed },
    placed,
    size > GO_BUFFER || typeof sent !== 'string' ? undefined : sent,
  )
}
