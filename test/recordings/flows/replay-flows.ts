import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { createMock, startMock, type Mock, type MockOptions } from '../../../src/index.ts'
import type { RecordedExchange, Recording } from '../recording.ts'
import { Bindings } from './bindings.ts'
import { configuration } from './configuration.ts'

export const profiles = {
  next: 'kratos-next',
  'v26.2.0': 'kratos-26.2',
  'v25.4.0': 'kratos-25.4',
  'v1.3.1': 'kratos-1.3',
} as const

export type FlowRelease = keyof typeof profiles

export const flowScripts = [
  'login-native',
  'registration-native',
  'recovery-native',
  'verification-native',
  'settings-native',
  'code-login-native',
  'browser-json',
  'random',
  'code-random',
  'configured-random',
  'odd-random',
  'continued-random',
  'broken-random',
] as const

const ADMIN = 'http://127.0.0.1:24434'
const PUBLIC = 'http://127.0.0.1:24433'

type Given = RecordedExchange['response']

const send = async (
  mock: Mock,
  { server, method, path, headers, body }: RecordedExchange['request'],
): Promise<Given> => {
  const response = await mock.fetch((server === 'admin' ? mock.url : mock.publicUrl) + path, {
    method,
    headers,
    body: body ?? null,
    redirect: 'manual',
  })
  const cookies = response.headers.getSetCookie()
  const plain = Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'))
  return {
    status: response.status,
    headers: cookies.length === 0 ? plain : { ...plain, 'set-cookie': cookies.join('\n') },
    body: await response.text(),
  }
}

const overSocket = (mock: Mock, { server, method, path, headers, body }: RecordedExchange['request']): Promise<Given> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server === 'admin' ? mock.url : mock.publicUrl)
    // Node frames the body of a DELETE by a length alone.
    const framed = body ? { ...headers, 'Content-Length': Buffer.byteLength(body) } : headers
    const request = httpRequest({ host: hostname, port, method, path, headers: framed, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, 'set-cookie': cookies, ...rest } = response.headers
        const flat = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
        const all = cookies === undefined ? flat : { ...flat, 'set-cookie': cookies.join('\n') }
        resolve({ status: response.statusCode ?? 0, headers: all, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    request.on('error', reject)
    request.end(body ?? undefined)
  })

/** When somebody asked, in seconds after the state was written down, where that matters. */
type Walked = RecordedExchange & { readonly at?: number }

interface FlowRecording extends Omit<Recording, 'exchanges'> {
  /** Its own, where it has one. */
  readonly config: object
  readonly exchanges: readonly Walked[]
}

/** A script as it was walked against a release. */
export const readFlowRecording = (recorded: FlowRelease, script: (typeof flowScripts)[number]): FlowRecording => {
  const file = new URL(`${recorded}/${script}.jsonl.gz`, import.meta.url)
  const [first, ...rest] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
  const { kratos: _, script: __, config, ...state } = JSON.parse(first!)
  return {
    state,
    stateText: first!,
    config: config ?? configuration(script.startsWith('code-')),
    exchanges: rest.map((line) => JSON.parse(line)),
  }
}

/** A form as a client of the mock would send it, whose fields are escaped. */
const translatedForm = (bindings: Bindings, body: string): string =>
  body
    .split('&')
    .map((pair) => {
      const fields = [...new URLSearchParams(pair)]
      const own = JSON.stringify(fields)
      const made = bindings.translate(own)
      return made === own ? pair : String(new URLSearchParams(JSON.parse(made) as [string, string][]))
    })
    .join('&')

/** How a URL stands in texts and in queries, of which some escape its colons alone. */
const SPELLINGS: readonly ((url: string) => string)[] = [
  (url) => url,
  encodeURIComponent,
  (url) => url.replaceAll(':', '%3A'),
]

const moved = (text: string, from: string, to: string): string =>
  SPELLINGS.reduce((made, spelled) => made.replaceAll(spelled(from), spelled(to)), text)

/** A path as a client of the mock would ask for it; `publicUrl` is that of the mock. */
const translatedPath = (bindings: Bindings, path: string, publicUrl: string): string => {
  const [at = '', query] = path.split('?')
  if (query === undefined) return bindings.translate(path)
  return bindings.translate(`${at}?${translatedForm(bindings, moved(query, PUBLIC, publicUrl))}`)
}

/** A request as a client of the mock would send it. */
export const translated = (
  bindings: Bindings,
  request: RecordedExchange['request'],
  publicUrl = PUBLIC,
): RecordedExchange['request'] => ({
  ...request,
  path: translatedPath(bindings, request.path, publicUrl),
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, bindings.translate(value)]),
  ),
  body: request.body
    ? request.headers['Content-Type'] === 'application/x-www-form-urlencoded'
      ? translatedForm(bindings, request.body)
      : bindings.translate(request.body)
    : null,
})

/** What differs between a recorded script and the mock, an entry for each exchange that does. */
export const replayFlows = async (
  recorded: FlowRelease,
  script: (typeof flowScripts)[number],
  door: 'in-process' | 'socket',
): Promise<{ readonly found: string[]; readonly exchanges: number }> => {
  const { state, stateText, config, exchanges } = readFlowRecording(recorded, script)
  const options: MockOptions = {
    seed: state,
    now: state.now,
    profile: profiles[recorded],
    database: 'sqlite',
    config,
  }
  await using mock = await (door === 'socket'
    ? startMock({ ...options, port: 0, publicPort: 0 })
    : createMock({ ...options, port: 24434, publicPort: 24433 }))
  const here = (text: string): string => moved(moved(text, ADMIN, mock.url), PUBLIC, mock.publicUrl)
  const bindings = new Bindings(stateText)
  const found: string[] = []
  for (const [n, { request, response, at }] of exchanges.entries()) {
    if (at !== undefined) await mock.clock.set(new Date(Date.parse(state.now) + at * 1000).toISOString())
    const given = await (door === 'socket' ? overSocket : send)(mock, translated(bindings, request, mock.publicUrl))
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, here(value)]))
    const differences = bindings.differences({ ...response, headers, body: here(response.body) }, given)
    if (differences.length > 0)
      found.push(`${n + 1}. ${request.server} ${request.method} ${request.path}\n  ${differences.join('\n  ')}`)
  }
  return { found, exchanges: exchanges.length }
}
