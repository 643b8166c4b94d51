import { request as httpRequest } from 'node:http'
import { createMock, startMock, type Mock } from '../../src/index.ts'
import type { DatabaseName } from '../../src/databases/database.ts'
import { RawConnection, readAnswer } from '../http/raw-connection.ts'
import { Comparison, type Given } from './compare.ts'
import { readRecording, releases, type RecordedExchange, type RecordedRelease } from './recording.ts'

type Send = (mock: Mock, exchange: RecordedExchange['request']) => Promise<Given>

const ADMIN = 'http://127.0.0.1:24434'
const PUBLIC = 'http://127.0.0.1:24433'
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])
const DROPPED: Given = { status: 0, headers: {}, body: 'connection closed' }

const inProcess: Send = async (mock, { server, method, path, headers, body }) => {
  try {
    const response = await mock.fetch((server === 'admin' ? mock.url : mock.publicUrl) + path, {
      method,
      headers,
      body: body ?? null,
    })
    const kept = [...response.headers].filter(([name]) => name !== 'connection')
    return { status: response.status, headers: Object.fromEntries(kept), body: await response.text() }
  } catch (error) {
    if (error instanceof TypeError && error.cause instanceof Error) return DROPPED
    throw error
  }
}

/** An answer up to the end of its connection. */
const answerOf = (text: string): Given => {
  const { status, headers, body } = readAnswer(text)
  const { date: _, connection: __, ...rest } = headers
  const isChunked = rest['transfer-encoding'] === 'chunked'
  const whole = isChunked ? body.slice(body.indexOf('\n') + 1, body.lastIndexOf('\r\n0\r\n')) : body
  return { status, headers: rest, body: Buffer.from(whole, 'latin1').toString('utf8') }
}

const asBytes: Send = async (mock, { server, raw }) => {
  using connection = await RawConnection.open(server === 'admin' ? mock.url : mock.publicUrl)
  connection.send(raw!)
  await connection.ended()
  return connection.received === '' ? DROPPED : answerOf(connection.received)
}

const overSocket: Send = (mock, { server, method, path, headers, body }) =>
  new Promise((resolve) => {
    const url = new URL(server === 'admin' ? mock.url : mock.publicUrl)
    const named = Object.keys(headers).map((name) => name.toLowerCase())
    const own: [string, string][] = named.includes('host') ? [] : [['Host', url.host]]
    const isBodied = typeof body === 'string' || !BODILESS.has(method)
    if (isBodied && !named.includes('content-length'))
      own.push(['Content-Length', String(Buffer.byteLength(body ?? ''))])
    // One name in two casings is a header on two lines, which only a list keeps apart.
    const lines = [...own, ...Object.entries(headers)].flat()
    const request = httpRequest(
      { host: url.hostname, port: url.port, method, path, headers: lines, agent: false, maxHeaderSize: 1 << 20 },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const { date: _, connection: __, 'keep-alive': ___, ...rest } = response.headers
          const flat = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
          resolve({ status: response.statusCode ?? 0, headers: flat, body: Buffer.concat(chunks).toString('utf8') })
        })
      },
    )
    request.on('error', () => resolve(DROPPED))
    request.end(body ?? undefined)
  })

const isDoubled = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size < names.length

/** What `fetch` would change or refuse, so that only a socket carries it: dots in a path, a header on two lines. */
const needsSocket = ({ method, path, headers, body, raw }: RecordedExchange['request']): boolean =>
  raw !== undefined ||
  !URL.canParse(ADMIN + path) ||
  new URL(ADMIN + path).href !== ADMIN + path ||
  path.endsWith('?') ||
  method === 'TRACE' ||
  (typeof body === 'string' && (method === 'GET' || method === 'HEAD')) ||
  isDoubled(Object.keys(headers))

/** What the mock answers with its own 501. */
const isUnmodelled = ({ path }: RecordedExchange['request']): boolean =>
  path === '/.well-known/change-password' || path === '/admin/test-login-flows'

/** One identity a page, of which some have ids that were drawn: which comes first is chance. */
const isChance = (script: string, { path }: RecordedExchange['request']): boolean =>
  script === 'imports' && /^\/admin\/identities\?.*page_size=1$/.test(path)

/**
 * Replays a script against the mock, started from its recorded state as from any fixture.
 * @returns what differs: the request, what Kratos said and what the mock said.
 */
export const replay = async (
  release: RecordedRelease,
  script: string,
  door: 'in-process' | 'socket',
  database: DatabaseName = 'sqlite',
): Promise<string[]> => {
  const { state, stateText, exchanges } = readRecording(release, script, database)
  const options = { seed: state, now: state.now, profile: releases[release], database }
  await using mock = await (door === 'socket'
    ? startMock({ ...options, port: 0, publicPort: 0 })
    : createMock({ ...options, port: 24434, publicPort: 24433 }))
  const send = door === 'socket' ? overSocket : inProcess
  const hostOf = (url: string): string => new URL(url).host
  const here = (text: string): string =>
    text.replaceAll(hostOf(ADMIN), hostOf(mock.url)).replaceAll(hostOf(PUBLIC), hostOf(mock.publicUrl))
  const comparison = new Comparison(stateText, database)
  const found: string[] = []
  for (const [index, { request, response }] of exchanges.entries()) {
    if (door === 'in-process' && needsSocket(request)) continue
    if (isUnmodelled(request) || isChance(script, request)) continue
    // A target in absolute form names the server that it goes to.
    const path = here(comparison.translate(request.path))
    const body = request.body ? comparison.translate(request.body) : null
    const { raw } = request
    const given =
      raw === undefined
        ? await send(mock, { ...request, path, body })
        : await asBytes(mock, { ...request, raw: here(comparison.translate(raw)) })
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, here(value)]))
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const differences = comparison.differences({ ...response, headers, body: here(response.body) }, given, isRead)
    if (differences.length > 0)
      found.push(`${index + 1}. ${request.server} ${request.method} ${request.path}\n  ${differences.join('\n  ')}`)
  }
  return found
}
