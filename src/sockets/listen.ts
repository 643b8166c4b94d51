import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { App } from '../http/app.ts'
import { expectationOf, hasBody, refusalOf } from './request-head.ts'
import type { ServerKind } from '../model/wire.ts'
import { answerOn, rawExchange } from './raw-exchange.ts'
import { SocketWire, turnAway } from './socket-wire.ts'

/** Go's limit for the whole head of a request: 1 MB, and 4 kB more. */
const MAX_HEAD = (1 << 20) + 4096

/** What Host a request must have is Go's to say. */
const SERVER: ServerOptions = { maxHeaderSize: MAX_HEAD, keepAlive: true, noDelay: true, requireHostHeader: false }

/** How long a connection may wait for its next request, in milliseconds (cmd/daemon/serve.go, `IdleTimeout`). */
const IDLE: Readonly<Record<ServerKind, number>> = { admin: 600_000, public: 120_000, both: 600_000 }

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

/** What Node says of a head that it cannot read. */
type HeadError = Error & { readonly code?: string; readonly rawPacket?: Buffer }

/** Answers a head that cannot be read. */
const refuse = (error: HeadError, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  turnAway(socket, error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request')
}

/** The last request that came on a connection, and how much had been read of that then. */
interface Latest {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly read: number
}

/** Whether a packet begins with a request: the one before it has no body that could be it, and is answered. */
const begins = (packet: Buffer, { bytesRead }: Socket, before: Latest | undefined): boolean => {
  const start = bytesRead - packet.length
  if (before === undefined) return start === 0
  return !hasBody(before.incoming) && before.outgoing.closed && start === before.read
}

/** Opens a port. @throws the system's error, such as EADDRINUSE, with `port` in it. */
export const listen = async ({ app, server: kind, port, host }: ListenOptions): Promise<Listening> => {
  /** Connections that Node's server no longer counts. */
  const taken = new Set<Socket>()
  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method = 'GET', url = '/', httpVersionMajor, httpVersionMinor, rawHeaders, socket } = incoming
    const head = { method, target: url, version: [httpVersionMajor, httpVersionMinor], rawHeaders } as const
    const refusal = refusalOf(head, taken.has(socket))
    if (refusal !== undefined) return turnAway(socket, refusal)
    const expectation = expectationOf(head)
    if (expectation !== 'unmet') return app(new SocketWire(incoming, outgoing, kind, expectation === 'continue'))
    outgoing.writeHead(417, { Connection: 'close', 'Content-Length': '0' }).end()
  }
  const latest = new WeakMap<Socket, Latest>()
  /** Once what was asked before on a connection is answered, as in Go's server. */
  const inTurn = (before: Latest | undefined, act: () => void): void => {
    if (before === undefined || before.outgoing.closed) act()
    else before.outgoing.once('close', act)
  }
  const arrived = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { socket } = incoming
    const before = latest.get(socket)
    latest.set(socket, { incoming, outgoing, read: socket.bytesRead })
    // Node gives the connection to the answer whose turn it is.
    if (outgoing.socket !== null) serve(incoming, outgoing)
    else inTurn(before, () => socket.destroyed || serve(incoming, outgoing))
  }
  const take = (socket: Socket): void => {
    taken.add(socket)
    socket.once('close', () => taken.delete(socket)).on('error', () => {})
  }
  const misread = (error: HeadError, socket: Socket): void => {
    const { code, rawPacket: packet } = error
    const isOdd = packet !== undefined && code !== 'HPE_HEADER_OVERFLOW' && begins(packet, socket, latest.get(socket))
    const exchange = isOdd && socket.writable ? rawExchange(packet, socket) : undefined
    if (exchange === undefined) return inTurn(latest.get(socket), () => refuse(error, socket))
    take(socket)
    arrived(exchange.incoming, exchange.outgoing)
  }
  const connected = (incoming: IncomingMessage, socket: Socket): void => {
    take(socket)
    // Who reads nothing never hears that the client left.
    socket.once('end', () => socket.destroySoon()).resume()
    inTurn(latest.get(socket), () => socket.destroyed || arrived(incoming, answerOn(incoming, socket)))
  }
  const open = (): Server => {
    const server = createServer(SERVER, arrived)
    // Fields past a limit would be dropped in silence; the size of the head bounds their number.
    server.maxHeadersCount = 0
    server.keepAliveTimeout = IDLE[kind]
    server.on('clientError', misread)
    server.on('checkContinue', arrived)
    server.on('checkExpectation', arrived)
    server.on('connect', connected)
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
              for (const socket of taken) socket.destroy()
            }),
        ),
      )
    },
  }
}
