import { urlOf } from '../model/url-of.ts'
import { isOurs, type Handle } from '../control/handle.ts'
import type { Call } from './in-process.ts'

/** Statuses that `fetch` follows, and how often it does. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const MOST = 20

/** Headers of a body, and those that are for one origin alone. */
const OF_BODY = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']
const OF_ORIGIN = ['authorization', 'proxy-authorization', 'cookie', 'host']

const failed = (why: string): TypeError => new TypeError('fetch failed', { cause: new Error(why) })

/** A body that can be sent again: one that was a stream, or in a `Request`, is read already. */
const againOf = (how: RequestInit | undefined): BodyInit | undefined =>
  how?.body === null || how?.body instanceof ReadableStream ? undefined : how?.body

/** What `fetch` asks next. */
interface Onward {
  readonly url: string
  readonly init: RequestInit
}

/**
 * Where an answer sends `fetch` on (https://fetch.spec.whatwg.org/#http-redirect-fetch); undefined where the answer is
 * the last one. What leads out of the mock, as to the pages of a UI, is not followed: nobody answers there.
 * @param count how often it was followed before. @throws TypeError as `fetch` rejects.
 */
export const onwardOf = (
  { url: from, method, headers, redirect, request, signal }: Call,
  response: Response,
  { to, how, count }: { to: Handle; how: RequestInit | undefined; count: number },
): Onward | undefined => {
  const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
  if (location === null || redirect === 'manual') return undefined
  if (redirect === 'error') throw failed('unexpected redirect')
  const next = urlOf(location, from)
  const asked = new URL(from).origin
  if (next === undefined || (next.origin !== asked && !isOurs(to, next.origin))) return undefined
  if (count === MOST) throw failed('redirect count exceeded')
  const isGet =
    (response.status === 303 && method !== 'HEAD') || (response.status <= 302 && method === 'POST') || method === 'GET'
  const body = isGet ? undefined : againOf(how)
  if (!isGet && body === undefined && (request?.body ?? null) !== null) throw failed('a body cannot be sent again')
  const left = new Headers(headers)
  if (body === undefined) for (const name of OF_BODY) left.delete(name)
  if (next.origin !== asked) for (const name of OF_ORIGIN) left.delete(name)
  return {
    url: next.href,
    init: { method: isGet ? 'GET' : method, headers: left, signal: signal ?? null, redirect, body: body ?? null },
  }
}
