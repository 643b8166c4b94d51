import type { RecordedRequest } from '../../journal/entry.ts'
import { yamlOf } from './yaml.ts'
import { literal, shellWord } from './source.ts'

/** Where a request goes, and what lets it in. */
export interface Target {
  /** The URL of the mock or project, without a trailing slash. */
  readonly url: string
  /** The bearer token that the admin API asks for, or `''`. */
  readonly token: string
}

/** As much of a request as can be made again. */
export type Request = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>

/** Headers that say what is asked; the others are the client's own. */
const TELLING = ['content-type', 'ory-mock-fault', 'if-none-match', 'accept-language']

/** What the journal shows in the place of a secret. */
const REDACTED = '[redacted]'

export const pathOf = ({ path, query }: Pick<Request, 'path' | 'query'>): string => {
  const params = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  )
  return params.size === 0 ? path : `${path}?${params.toString()}`
}

const bodyText = (body: unknown): string | undefined =>
  body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body)

const isAdmin = (path: string): boolean => path.startsWith('/admin/')

/** The headers to send: a secret that the journal does not show is left for the reader to fill in. */
const headersOf = ({ headers, path }: Request, { token }: Target): Record<string, string> => {
  const told = Object.entries(headers).filter(([name]) => TELLING.includes(name))
  const secrets = ['cookie', 'x-session-token'].filter((name) => headers[name] === REDACTED)
  return {
    ...(token !== '' && isAdmin(path) ? { authorization: `Bearer ${token}` } : {}),
    ...Object.fromEntries(secrets.map((name) => [name, 'YOUR_SESSION'])),
    ...Object.fromEntries(told),
  }
}

/** A request as a command for curl. */
export const curlOf = (request: Request, target: Target): string => {
  const body = bodyText(request.body)
  const head =
    request.method === 'HEAD' ? ['-I'] : request.method === 'GET' && body === undefined ? [] : ['-X', request.method]
  const words = ['curl', '-sS', ...head, shellWord(`${target.url}${pathOf(request)}`)]
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
  const args = [literal(pathOf(request)), ...(Object.keys(init).length === 0 ? [] : [literal(init)])].join(', ')
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
