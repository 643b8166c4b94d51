import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Head, Parcel } from './model/answer.ts'
import { headerIn, withoutHeader } from './model/headers.ts'
import type { App } from './http/app.ts'
import { badHost } from './http/host.ts'
import type { ServerKind, Wire } from './model/wire.ts'
import { sleep } from './world/timer.ts'

/** Go's limit for the whole head of a request: 1 MB, and 4 kB more. */
const MAX_HEAD = (1 << 20) + 4096

/** What Host a request must have is Go's to say. */
const SERVER: ServerOptions = { maxHeaderSize: MAX_HEAD, keepAlive: true, noDelay: true, requireHostHeader: false }

/** How long a connection that was ended may still take to send the rest of a request, in milliseconds. */
const LINGER = 2000

/** One HTTP exchange on a socket. */
class SocketWire implements Wire {
  readonly method: string
  readonly target: string
  readonly server: ServerKind
  readonly inProcess = false
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  #gone: AbortController | undefined

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, server: ServerKind) {
    this.method = incoming.method ?? 'GET'
    this.target = incoming.url ?? '/'
    this.server = server
    this.#incoming = incoming
    this.#outgoing = outgoing
  }

  get rawHeaders(): readonly string[] {
    return this.#incoming.rawHeaders
  }

  get host(): string {
    return this.header('host') ?? ''
  }

  header(name: string): string | undefined {
    const { rawHeaders } = this.#incoming
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const there = rawHeaders[at]!
      if (there.length === name.length && there.toLowerCase() === name) return rawHeaders[at + 1]
    }
    return undefined
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
    const isSent = this.header('transfer-encoding') !== undefined || Number(this.header('content-length') ?? 0) > 0
    // Who gives up on the body still has an answer to send.
    return isSent ? this.#incoming.iterator({ destroyOnReturn: false }) : undefined
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
    const { headers, placed, text } = parcel
    const outgoing = this.#outgoing
    if (headerIn(headers, 'Connection') === 'close') this.#lingersAtEnd()
    const isChunked = this.#writeHead(parcel)
    if (!isChunked) return void outgoing.end(text ?? placed.bytes)
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

/** A bound server. */
export interface Listening {
  readonly port: number
  /** Stops at once: open connections are ended, hung requests with them. */
  close(): Promise<void>
}

export interface ListenOptions {
  readonly app: App
  readonly server: ServerKind
  /** 0 takes any free port. */
  readonly port: number
  /** Without one, loopback in both families. */
  readonly host?: string | undefined
}

const bind = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** How often another free port is tried when the one that IPv4 got is taken in IPv6. */
const TRIES = 20

interface Bound {
  readonly servers: readonly Server[]
  readonly port: number
}

/** Binds one address, or without one the same port of loopback in both families, where the machine has both. */
const bindAll = async (open: () => Server, port: number, host: string | undefined, tries = TRIES): Promise<Bound> => {
  const first = open()
  const bound = await bind(first, port, host ?? '127.0.0.1')
  if (host !== undefined) return { servers: [first], port: bound }
  const second = open()
  try {
    await bind(second, bound, '::1')
    return { servers: [first, second], port: bound }
  } catch (error) {
    // A machine without IPv6 has one family only.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return { servers: [first], port: bound }
    first.close()
    if (port !== 0 || tries === 0) throw error
    return bindAll(open, port, host, tries - 1)
  }
}

/** What Go's net/http answers before any handler. */
const turnAway = (socket: Socket, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${status}`)
}

/** Answers a head that cannot be read. */
const refuse = (error: Error & { code?: string }, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  turnAway(socket, error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request')
}

/** Opens a port. @throws the system's error, such as EADDRINUSE, with `port` in it. */
export const listen = async ({ app, server: kind, port, host }: ListenOptions): Promise<Listening> => {
  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const misfit = badHost(incoming.method, incoming.httpVersion, incoming.rawHeaders)
    if (misfit !== undefined) {
      turnAway(incoming.socket, misfit === '' ? '400 Bad Request' : `400 Bad Request: ${misfit}`)
      return
    }
    app(new SocketWire(incoming, outgoing, kind))
  }
  const latest = new WeakMap<Socket, ServerResponse>()
  const open = (): Server => {
    const server = createServer(SERVER, (incoming, outgoing) => {
      const { socket } = incoming
      const before = latest.get(socket)
      latest.set(socket, outgoing)
      // A pipelined request waits for the answer to the one before it, as in Go's server.
      if (outgoing.socket !== null || before === undefined) serve(incoming, outgoing)
      else before.once('close', () => socket.destroyed || serve(incoming, outgoing))
    })
    // Fields past a limit would be dropped in silence; the size of the head bounds their number.
    server.maxHeadersCount = 0
    server.on('clientError', refuse)
    return server
  }
  const { servers, port: bound } = await bindAll(open, port, host)
  return {
    port: bound,
    close: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve())
              server.closeAllConnections()
            }),
        ),
      )
    },
  }
}
