import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Head, Parcel } from '../model/answer.ts'
import { fieldIn, headerIn, withoutHeader } from '../model/headers.ts'
import type { ServerKind, Wire } from '../model/wire.ts'
import { sleep } from '../world/timer.ts'
import { hasBody } from './request-head.ts'

/** What Go's net/http answers before any handler, to HEAD as well. @param status as its line has it, and its body. */
export const turnAway = (socket: Socket, status: string): void => {
  const [line] = status.split(':')
  socket.end(`HTTP/1.1 ${line}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${status}`)
}

/** How long a connection that was ended may still take to send the rest of a request, in milliseconds. */
const LINGER = 2000

/** One HTTP exchange on a socket. */
export class SocketWire implements Wire {
  readonly method: string
  readonly target: string
  readonly server: ServerKind
  readonly inProcess = false
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #waits: boolean
  #gone: AbortController | undefined

  /** @param waits for `Expect: 100-continue`. */
  constructor(incoming: IncomingMessage, outgoing: ServerResponse, server: ServerKind, waits = false) {
    this.method = incoming.method ?? 'GET'
    this.target = incoming.url ?? '/'
    this.server = server
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#waits = waits
  }

  get rawHeaders(): readonly string[] {
    return this.#incoming.rawHeaders
  }

  get host(): string {
    return this.header('host') ?? ''
  }

  header(name: string): string | undefined {
    return fieldIn(this.#incoming.rawHeaders, name)
  }

  get signal(): AbortSignal {
    if (this.#gone === undefined) {
      const gone = new AbortController()
      this.#gone = gone
      if (this.#incoming.socket.destroyed) gone.abort()
      else this.#outgoing.once('close', () => gone.abort())
    }
    return this.#gone.signal
  }

  get body(): AsyncIterable<Uint8Array> | undefined {
    return hasBody(this.#incoming) ? this.#parts() : undefined
  }

  async *#parts(): AsyncGenerator<Uint8Array> {
    // Go asks for a body that waits to be asked for when its first byte is read.
    if (this.#waits) this.#outgoing.writeContinue()
    // Who gives up on the body still has an answer to send.
    yield* this.#incoming.iterator({ destroyOnReturn: false })
  }

  unread(most: number): Promise<Uint8Array> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = []
      let size = 0
      this.#incoming.on('data', (chunk: Buffer) => {
        if (size < most) chunks.push(chunk)
        size += chunk.length
      })
      this.#incoming.once('close', () => resolve(Buffer.concat(chunks).subarray(0, most)))
    })
  }

  send(parcel: Parcel): void {
    const { headers, placed, text, raw } = parcel
    const outgoing = this.#outgoing
    if (raw) return turnAway(this.#incoming.socket, placed.text(placed.size))
    if (headerIn(headers, 'Connection') === 'close') this.#lingersAtEnd()
    const isChunked = this.#writeHead(parcel)
    // A short text in ASCII goes along with the head, whose letters are bytes.
    if (!isChunked && text?.length === placed.size) return void outgoing.end(text, 'latin1')
    if (!isChunked) return void outgoing.end(placed.bytes)
    // Node writes a chunk in four parts; framed here, it is one.
    outgoing.chunkedEncoding = false
    outgoing.end(parcel.chunk)
  }

  /** For HTTP/1.0, which knows no chunks, a head whose body ends with the connection. @returns whether it has chunks. */
  #writeHead({ status, headers }: Head): boolean {
    const isChunked = headerIn(headers, 'Transfer-Encoding') !== undefined
    const isOld = isChunked && this.#incoming.httpVersionMinor === 0
    // Node would send a body of unknown length in chunks of its own.
    if (!isChunked && headerIn(headers, 'Content-Length') === undefined)
      this.#outgoing.removeHeader('Transfer-Encoding')
    const sent = isOld ? withoutHeader(headers, 'Transfer-Encoding') : headers
    this.#outgoing.writeHead(status, sent as string[])
    return isChunked && !isOld
  }

  cut(how: 'reset' | 'close'): void {
    const { socket } = this.#incoming
    if (how === 'reset') return void socket.resetAndDestroy()
    if (this.#incoming.complete) {
      socket.destroySoon()
      return
    }
    this.#linger()
  }

  /** What Node calls after the answer would drop the rest of the body, and the client the answer with it. */
  #lingersAtEnd(): void {
    if (!this.#incoming.complete) this.#incoming.socket.destroySoon = () => this.#linger()
  }

  /** Closing a socket whose kernel holds unread bytes would send an RST: the FIN goes first, the rest is read away. */
  #linger(): void {
    const incoming = this.#incoming
    const { socket } = incoming
    socket.end()
    const over = new AbortController()
    const end = (): void => {
      over.abort()
      socket.destroy()
    }
    for (const event of ['end', 'close']) incoming.once(event, end)
    void sleep(LINGER, over.signal).then(end)
    // Whoever read the body before, and gave up, would stop it again.
    incoming.removeAllListeners('data')
    incoming.resume()
  }

  head(head: Head): Promise<void> {
    this.#writeHead(head)
    this.#outgoing.flushHeaders()
    return new Promise((resolve) => {
      this.#incoming.socket.write('', () => resolve())
    })
  }

  write(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#outgoing.write(chunk, () => resolve())
    })
  }

  end(): void {
    this.#outgoing.end()
  }

  passTo(handle: (request: Request) => Response | Promise<Response>): void {
    const incoming = this.#incoming
    const answer = async (request: Request): Promise<Response> => {
      const response = await handle(request)
      if (response.headers.get('connection') === 'close') this.#lingersAtEnd()
      return response
    }
    void (async () => {
      const { getRequestListener } = await import('@hono/node-server')
      // A Request has a URL, which not every target and Host that Go serves can be.
      incoming.headers.host = 'localhost'
      incoming.url = this.target.replaceAll('\\', '%5C')
      const options = { overrideGlobalObjects: false, autoCleanupIncoming: false }
      await getRequestListener(answer, options)(incoming, this.#outgoing)
    })()
  }
}
