import { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Bytes } from '../go/bytes.ts'
import { readHead, type RequestHead } from './request-head.ts'

/** A request on a connection that Node's own parser is done with, and the way to answer it; the connection ends then. */
export interface RawExchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

/** What answers a request on its socket. */
export const answerOn = (incoming: IncomingMessage, socket: Socket): ServerResponse => {
  const outgoing = new ServerResponse(incoming)
  outgoing.shouldKeepAlive = false
  outgoing.assignSocket(socket)
  outgoing.once('finish', () => socket.destroySoon())
  return outgoing
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

/** The values of a header, however often it came. */
const valuesOf = ({ rawHeaders }: RequestHead, name: string): readonly string[] =>
  rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]!.toLowerCase() === name)

/** The body as its head frames it; undefined where that is not whole, or says nothing that Go takes. */
const bodyOf = (head: RequestHead, rest: Bytes): Bytes | undefined => {
  const encodings = valuesOf(head, 'transfer-encoding')
  if (encodings.length > 0)
    return encodings.length === 1 && encodings[0]!.toLowerCase() === 'chunked' ? dechunked(rest) : undefined
  const lengths = new Set(valuesOf(head, 'content-length'))
  const [length = '0'] = lengths
  if (lengths.size > 1 || !/^\d+$/.test(length)) return undefined
  return rest.length < Number(length) ? undefined : rest.slice(0, Number(length))
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
  return { incoming, outgoing: answerOn(incoming, socket) }
}
