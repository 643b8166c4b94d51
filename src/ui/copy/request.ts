import type { RecordedRequest } from '../../journal/entry.ts'
import { operations } from '../../model/operations.ts'
import type { Request } from './copied-request.ts'
import { proofsOf } from './proofs.ts'
import { literal, shellWord } from './source.ts'
import { yamlOf } from './yaml.ts'

/** Where requests go, and what lets them in. */
export interface Target {
  /** The URL of the mock or project, without a trailing slash. */
  readonly url: string
  /** That of its public API, which may have a port of its own. */
  readonly publicUrl: string
  /** The bearer token that the admin API asks for, or `''`. */
  readonly token: string
}

const isAdmin = (path: string): boolean => path.startsWith('/admin/')

const portOf = (host: string | undefined): string | undefined => /:\d+$/.exec(host ?? '')?.[0]

/** The URL of the server that a request is for: that of its operation, or where it came in. */
export const serverOf = ({ path, operation, headers }: Request, { url, publicUrl }: Target): string => {
  if (isAdmin(path)) return url
  const server = operations.find(({ id }) => id === operation)?.server ?? 'both'
  if (server !== 'both') return server === 'public' ? publicUrl : url
  const port = portOf(headers['host'])
  if (port === undefined) return url
  return port === portOf(new URL(publicUrl).host) ? publicUrl : url
}

export const pathOf = ({ path, query }: Pick<Request, 'path' | 'query'>): string => {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  )
  return params.size === 0 ? path : `${path}?${params.toString()}`
}

const bodyText = (body: unknown): string | undefined =>
  body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body)

/** Headers that an answer depends on; the others are the client's own. */
const TELLING = ['accept', 'content-type', 'origin', 'x-csrf-token', 'if-none-match', 'ory-mock-fault']

/** What a client says that has nothing to say. */
const takesAll = (name: string, value: string): boolean => name === 'accept' && value === '*/*'

/** The headers to send: a secret that the journal does not show is left for the reader to fill in. */
const headersOf = (request: Request, { token }: Target): Record<string, string> => ({
  ...(token !== '' && isAdmin(request.path) ? { authorization: `Bearer ${token}` } : {}),
  ...proofsOf(request),
  ...Object.fromEntries(
    Object.entries(request.headers).filter(([name, value]) => TELLING.includes(name) && !takesAll(name, value)),
  ),
})

/** A request as a command for curl. */
export const curlOf = (request: Request, target: Target): string => {
  const body = bodyText(request.body)
  const head =
    request.method === 'HEAD' ? ['-I'] : request.method === 'GET' && body === undefined ? [] : ['-X', request.method]
  const words = ['curl', '-sS', ...head, shellWord(`${serverOf(request, target)}${pathOf(request)}`)]
  const headers = Object.entries(headersOf(request, target)).map(
    ([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`,
  )
  const data = body === undefined ? [] : [`--data-raw ${shellWord(body)}`]
  return `${[words.join(' '), ...headers, ...data].join(' \\\n  ')}\n`
}

/** A request as a line of a test that has a mock called `ory`. */
export const testLineOf = (request: Request, target: Target, status: number | null): string => {
  const { method } = request
  const headers = headersOf(request, target)
  const body = bodyText(request.body)
  const init = {
    ...(method === 'GET' ? {} : { method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  }
  const path = literal(pathOf(request))
  // A path alone counts from the URL of the mock.
  const to = serverOf(request, target) === target.url ? path : `ory.publicUrl + ${path}`
  const args = [to, ...(Object.keys(init).length === 0 ? [] : [literal(init)])].join(', ')
  if (status === 0) return `await expect(ory.fetch(${args})).rejects.toThrow(TypeError)\n`
  return `expect((await ory.fetch(${args})).status).toBe(${status ?? 200})\n`
}

/** Answers that a fixture can be made of, as they stand. */
const SEEDABLE = [
  'listIdentities',
  'getIdentity',
  'getIdentityByExternalID',
  'listSessions',
  'listIdentitySessions',
  'getSession',
  'toSession',
]

/** The answer to a request as a fixture; undefined for one that holds nothing to seed. */
export const fixtureOf = ({ operation, status, response }: RecordedRequest): string | undefined => {
  const body = response?.body
  if (operation === null || !SEEDABLE.includes(operation) || status !== 200) return undefined
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) return undefined
  return yamlOf(body)
}
