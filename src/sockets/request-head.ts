import type { Bytes } from '../go/bytes.ts'
import { parseRequestUri } from '../go/request-uri.ts'
import { parseTarget } from '../go/url.ts'
import { fieldIn } from '../model/headers.ts'

/** The head of a request, as it was sent. */
export interface RequestHead {
  readonly method: string
  readonly target: Bytes
  readonly version: readonly [major: number, minor: number]
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[]
}

/** Whether a body comes behind a head. */
export const hasBody = ({ rawHeaders }: Pick<RequestHead, 'rawHeaders'>): boolean =>
  fieldIn(rawHeaders, 'transfer-encoding') !== undefined || Number(fieldIn(rawHeaders, 'content-length') ?? 0) > 0

/** What Go takes for a Host header (golang.org/x/net/http/httpguts, validHostByte); an empty one, too. */
const HOST = /^[A-Za-z0-9!$%&'()*+,\-.:;=[\]_~]*$/
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const BAD_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/
const BAD = '400 Bad Request'

/** Whether Go can read a target, escapes in its path as well. */
const isReadable = ({ method, target }: RequestHead): boolean => {
  const uri = parseRequestUri(method, target)
  return uri !== undefined && parseTarget(uri.whole) !== undefined
}

/**
 * What Go's net/http answers before any handler to a head that it can read; undefined for one that it serves.
 * @param isRaw for one of `readHead`, whose names nobody has looked at.
 */
export const refusalOf = (head: RequestHead, isRaw: boolean): string | undefined => {
  const { method, version, rawHeaders } = head
  const [major, minor] = version
  let host: string | undefined
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue
    if (host !== undefined) return BAD
    host = rawHeaders[at + 1]!
  }
  // What it says of a target comes before all of this, and has no words.
  const refused = (status: string): string => (isReadable(head) ? status : BAD)
  if (major !== 1) return refused('505 HTTP Version Not Supported: unsupported protocol version')
  if (host === undefined && minor > 0 && method !== 'CONNECT') return refused(`${BAD}: missing required Host header`)
  if (host !== undefined && !HOST.test(host)) return refused(`${BAD}: malformed Host header`)
  const isOdd = isRaw && rawHeaders.some((name, n) => n % 2 === 0 && !TOKEN.test(name))
  return isOdd ? refused(`${BAD}: invalid header name`) : undefined
}

/** What a request waits for: to be asked for its body, or what no server of Go's does; undefined for nothing. */
export const expectationOf = (head: RequestHead): 'continue' | 'unmet' | undefined => {
  const said = fieldIn(head.rawHeaders, 'expect') ?? ''
  if (said === '') return undefined
  if (/(?:^|[ \t,])100-continue(?:$|[ \t,])/i.test(said)) return head.version[1] > 0 ? 'continue' : undefined
  // What it asks for is refused before that.
  return isReadable(head) ? 'unmet' : undefined
}

const LINE = /^([^ ]*) ([^ ]*) HTTP\/(\d)\.(\d)$/

/**
 * Reads a head as Go's net/http does, line by line (net/textproto ReadMIMEHeader).
 * @param bytes of a request, or more.
 * @returns the head and where the body begins; undefined for what is none, or not whole.
 */
export const readHead = (bytes: Bytes): { readonly head: RequestHead; readonly end: number } | undefined => {
  const [whole] = /^[^]*?\n\r?\n/.exec(bytes) ?? []
  if (whole === undefined) return undefined
  const [first = '', ...lines] = whole.split('\n').map((line) => line.replace(/\r$/, ''))
  const [, method = '', target = '', major, minor] = LINE.exec(first) ?? []
  if (!TOKEN.test(method) || target === '') return undefined
  const rawHeaders: string[] = []
  for (const line of lines.slice(0, -2)) {
    if (/^[ \t]/.test(line)) {
      if (rawHeaders.length === 0) return undefined
      rawHeaders[rawHeaders.length - 1] += ` ${line.trim()}`
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0))
    // A space in a name is told of later, in words.
    if (!TOKEN.test(name.replaceAll(' ', '_'))) return undefined
    if (BAD_VALUE.test(line)) return undefined
    rawHeaders.push(name, line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, ''))
  }
  return { head: { method, target, version: [Number(major), Number(minor)], rawHeaders }, end: whole.length }
}
