import { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Bytes } from './go/bytes.ts'
import { readHead, type RequestHead } from './http/request-head.ts'
import { fieldIn } from './model/headers.ts'

/** A request on a connection that Node's own parser is done with, and the way to answer it; the connection ends then. */
export interface RawExchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

/** What answers a request on its socket. */
export const answerOn = (incoming: IncomingMessage, socket: Socket): RawExchange => {
  const outgoing = new ServerResponse(incoming)
  outgoing.shouldKeepAlive = false
  outgoing.assignSocket(socket)
  outgoing.once('finish', () => socket.destroySoon())
  return { incoming, outgoing }
}

const CHUNK = /^([0-9a-f]+)(?:;[^\n]*?)?\r\n/i

/** The body in chunks; undefined while it is not whole. */
const dechunked = (rest: Bytes): Bytes | undefined => {
  const parts: Bytes[] = []
  for (let left = rest; ;) {
    const [line, hex] = CHUNK.exec(left) ?? []
    if (line === undefined) return undefined
    const size = Number.parseInt(hex!, 16)
    if (size === 0) return parts.join('')
    parts.push(left.slice(line.length, line.length + size))
    left = left.slice(line.length + size + 2)
  }
}

const bodyOf = (head: RequestHead, rest: Bytes): Bytes | undefined => {
  if (fieldIn(head.rawHeaders, 'transfer-encoding') !== undefined) return dechunked(rest)
  const length = Number(fieldIn(head.rawHeaders, 'content-length') ?? 0)
  return rest.length < length ? undefined : rest.slice(0, length)
}

/**
 * Reads what Node's parser refused and Go's does not: methods of any name, bytes beyond ASCII in a target.
 * @param packet that begins with the request. @returns undefined for what is not whole in it, or nothing to Go either.
 */
export const rawExchange = (packet: Buffer, socket: Socket): RawExchange | undefined => {
  const bytes = packet.toString('latin1')
  const read = readHead(bytes)
  const body = read && bodyOf(read.head, bytes.slice(read.end))
  if (read === undefined || body === undefined) return undefined
  const { method, target, version, rawHeaders } = read.head
  const incoming = new IncomingMessage(socket)
  incoming.method = method
  incoming.url = target
  ;[incoming.httpVersionMajor, incoming.httpVersionMinor] = version
  incoming.httpVersion = version.join('.')
  incoming.rawHeaders = [...rawHeaders]
  for (let at = 0; at < rawHeaders.length; at += 2)
    incoming.headers[rawHeaders[at]!.toLowerCase()] ??= rawHeaders[at + 1]!
  incoming.complete = true
  incoming.push(Buffer.from(body, 'latin1'))
  incoming.push(null)
  return answerOn(incoming, socket)
}
