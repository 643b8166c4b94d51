import type { Answer } from './answer.ts'

/**
 * A connection that a request came on. `http/` decides what happens to it and `listen.ts` does it,
 * so the core runs where there are no sockets. In-process requests have none.
 */
export interface Wire {
  /** The request target as it was sent, byte for byte. */
  readonly target: string
  /** Header names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
  /** Which of Kratos' servers this port plays. */
  readonly server: 'admin' | 'public' | 'both'
  /** Aborts when the client leaves or the mock closes. */
  readonly signal: AbortSignal
  /** The first `most` bytes of a body that nobody has begun to read; less, if the client leaves. */
  unread(most: number): Promise<Uint8Array>
  /** Sends a whole answer; a HEAD request gets no body. */
  send(answer: Answer): void
  /** Ends the connection: a TCP RST, or a FIN after what was written, with nothing more sent. */
  cut(how: 'reset' | 'close'): void
  /** Starts an answer whose body the caller writes. @returns a promise that resolves when the head was handed to the kernel. */
  head(answer: Answer): Promise<void>
  /** Writes a part of the body. @returns a promise that resolves when it was handed to the kernel, or never can be. */
  write(chunk: Uint8Array): Promise<void>
  /** Ends an answer begun with `head`. */
  end(): void
}
