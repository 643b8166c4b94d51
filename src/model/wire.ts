import type { Head, Parcel } from './answer.ts'

/** Header names and values in turn, as they came, or a `Headers`. */
export type RawHeaders = readonly string[] | Headers

/** Which of Kratos' servers a port plays; `both`, as an Ory Network project does. */
export type ServerKind = 'admin' | 'public' | 'both'

/** A value as it is, and the text of a part of it, compact, where it was written and the value says less. */
export interface Given {
  readonly value: unknown
  readonly textOf?: ((pointer: readonly (string | number)[]) => string | undefined) | undefined
}

/**
 * A request as it came, and the way back to who sent it: a socket, or a call of `fetch` in this process.
 * `http/` decides what happens to it, and the wire does it, so that the core runs where there are no sockets.
 */
export interface Wire {
  readonly method: string
  /** The request target as it was sent, byte for byte; in-process the path and query of its URL. */
  readonly target: string
  readonly rawHeaders: RawHeaders
  /** The host that was asked, with its port where one was named; `''` where none was. */
  readonly host: string
  readonly server: ServerKind
  /** Whether it never left this process. */
  readonly inProcess: boolean
  /** Aborts when the client leaves or the mock closes. */
  readonly signal: AbortSignal
  /** The first value of a header, as Go's Header.Get gives it. @param name in lower case. */
  header(name: string): string | undefined
  /** The body in parts; undefined for a request that has none. */
  readonly body: AsyncIterable<Uint8Array> | undefined
  /** What a call in this process gives in place of a body: a value as it is. */
  readonly given?: Given | undefined
  /** The first `most` bytes of a body that nobody has begun to read; less, if the client leaves. */
  unread(most: number): Promise<Uint8Array>
  /** Sends a whole answer. */
  send(parcel: Parcel): void
  /** Ends the connection: a TCP RST, or a FIN after what was written, with nothing more sent. */
  cut(how: 'reset' | 'close'): void
  /** Starts an answer whose body the caller writes. @returns a promise that resolves when the head was handed on. */
  head(head: Head): Promise<void>
  /** Writes a part of the body. @returns a promise that resolves when it was handed on, or never can be. */
  write(chunk: Uint8Array): Promise<void>
  /** Ends an answer begun with `head`. */
  end(): void
  /** Hands the request over to a server of the platform's own objects. */
  passTo(handle: (request: Request) => Response | Promise<Response>): void
}
