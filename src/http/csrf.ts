import { fromPaddedBase64, toPaddedBase64 } from '../go/base64.ts'
import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { cookiesNamed } from '../go/cookies.ts'
import { Query } from '../go/query.ts'
import type { Exchange } from '../api/exchange.ts'
import type { Route } from '../api/route-table.ts'
import { KratosError } from '../model/errors.ts'
import type { ServerKind } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'
import type { World } from '../world/world.ts'

/** Paths of the public server that the middleware never sees (cmd/daemon/serve.go, csrf.DisablePath). */
const UNSEEN = /^\/(?:health\/(?:alive|ready)|version|metrics\/prometheus)$/
/** Decoded paths that it passes as they are: the globs of csrf.IgnoreGlob, whose `*` takes no slash. */
const IGNORED = new RegExp(
  `^/(?:${[
    'sessions(?:/[^/]*(?:/extend)?)?',
    '(?:admin/)?schemas/[^/]*',
    '(?:admin/)?identities(?:/[^/]*(?:/credentials/[^/]*)?)?',
    'identities/[^/]*/sessions',
    '(?:admin/)?courier/messages',
    'recovery/(?:code|link)',
    'self-service/(?:(?:login|registration|recovery|settings|verification)(?:/api)?|logout/api)',
    'self-service/methods/oidc/callback/[^/]*',
  ].join('|')})$`,
)
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

const plain = (path: Bytes): Bytes => unescapeBytes(path) ?? path

/** Whether the middleware takes no notice of a path at all. */
export const isUnseen = (path: Bytes): boolean => UNSEEN.test(plain(path))

/** Whether it neither sets a cookie there nor asks for one. */
export const isIgnored = ({ knows }: Profile, path: Bytes): boolean =>
  IGNORED.test(plain(path)) || (knows('next') && plain(path) === '/self-service/login/test')

/** Whether a request must prove that it was not forged, before anybody asks whether there is something at its path. */
export const isGuarded = (profile: Profile, server: ServerKind, method: string, path: Bytes): boolean =>
  profile.has.csrfProtects && server === 'public' && !SAFE.has(method) && !isUnseen(path) && !isIgnored(profile, path)

/** Names of cookies by public URL, which are the same as long as that is. */
const names = new Map<string, string>()

/** `csrf_token_<sha256 of the public URL>`. */
const cookieName = async ({ origins }: World): Promise<string> => {
  const url = `${origins.public}/`
  const known = names.get(url)
  if (known !== undefined) return known
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(url))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const name = `csrf_token_${hex}`
  names.set(url, name)
  return name
}

const LENGTH = 32

const decoded = (token: string): Bytes => {
  const read = fromPaddedBase64(token)
  return typeof read === 'string' ? read : ''
}

/** Whether a token that was sent is the cookie's, masked with the pad that stands before it (ory/nosurf crypto.go). */
const isMasked = (sent: Bytes, cookie: Bytes): boolean =>
  cookie.length === LENGTH &&
  sent.length === 2 * LENGTH &&
  [...cookie].every((byte, at) => (sent.charCodeAt(at) ^ sent.charCodeAt(LENGTH + at)) === byte.charCodeAt(0))

/** The cookie for a client that has not exactly one that could be good; undefined for one that has. */
export const csrfCookie = async (exchange: Exchange): Promise<string | undefined> => {
  const { world } = exchange
  const name = await cookieName(world)
  const given = cookiesNamed(exchange.header('cookie'), name)
  if (given.length === 1 && decoded(given[0]!).length === LENGTH) return undefined
  const token = toPaddedBase64(
    Array.from({ length: LENGTH }, () => String.fromCharCode(world.random.uint32() & 0xff)).join(''),
  )
  return `${name}=${token}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`
}

const SERVER_HINT =
  "We detected a regular browser or server-side call. To debug browser calls check your Browser's Network Tab to see what cookies are included or excluded. If you are calling from a server ensure that the appropriate cookies are being forwarded and that the SDK method is called correctly."
const AJAX_HINT =
  "We detected an AJAX call, please ensure that CORS is enabled and configured correctly, and that your AJAX code sends cookies and has credentials enabled. For further debugging, check your Browser's Network Tab to see what cookies are included or excluded."
const NO_COOKIE = 'The HTTP Cookie Header is empty or not set.'
const COOKIE_MISSING = 'The HTTP Cookie Header was set but did not include the anti-CSRF cookie.'
const NOT_SENT =
  'The anti-CSRF cookie was found but the CSRF token was not included in the HTTP request body (csrf_token) nor in the HTTP Header (X-CSRF-Token).'
const MISMATCH =
  'The HTTP Cookie Header was set and a CSRF token was sent but they do not match. We recommend deleting all cookies for this domain and retrying the flow.'

/** What Kratos says of a forged request (x/nosurfx/nosurf.go CSRFErrorReason). */
const detailsOf = (exchange: Exchange, hasCookie: boolean, hasToken: boolean): Readonly<Record<string, string>> => {
  const { knows } = exchange.world.profile
  const docs = knows('next')
    ? 'https://www.ory.com/docs/troubleshooting/csrf'
    : 'https://www.ory.sh/kratos/docs/debug/csrf'
  // Until herodot 0.10.8 all of its errors share their details, so the last ones written count for each.
  if (!knows('v26.2.0')) return { docs, hint: NOT_SENT, reject_reason: MISMATCH }
  const mode = exchange.header('sec-fetch-mode')
  const hint = mode === 'cors' || mode === 'same-origin' ? AJAX_HINT : SERVER_HINT
  if ((exchange.header('cookie') ?? '') === '') return { docs, hint, reject_reason: NO_COOKIE }
  if (!hasCookie) return { docs, hint, reject_reason: COOKIE_MISSING }
  if (!hasToken && !(exchange.header('content-type') ?? '').startsWith('application/json'))
    return { docs, hint: NOT_SENT }
  return { docs, hint, reject_reason: MISMATCH }
}

/** The token in a form, which only some methods have. */
const formToken = async (exchange: Exchange): Promise<string> => {
  const isForm = (exchange.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  if (!isForm || exchange.method === 'DELETE') return ''
  return new Query(new TextDecoder('latin1').decode(await exchange.body())).get('csrf_token')
}

/** A route that only answers who brings the token of its cookie along. */
export const guarded =
  (route: Route): Route =>
  async (exchange) => {
    const cookies = cookiesNamed(exchange.header('cookie'), await cookieName(exchange.world))
    const sent = exchange.header('x-csrf-token') || (await formToken(exchange))
    if (cookies.some((cookie) => isMasked(decoded(sent), decoded(cookie)))) return route(exchange)
    const hasToken = sent !== '' || exchange.sentQuery.get('csrf_token') !== ''
    throw new KratosError(403, {
      id: 'security_csrf_violation',
      reason:
        'Please retry the flow and optionally clear your cookies. The request was rejected to protect you from Cross-Site-Request-Forgery (CSRF) which could cause account takeover, leaking personal information, and other serious security issues.',
      message: 'the request was rejected to protect you from Cross-Site-Request-Forgery',
      details: detailsOf(exchange, cookies.length > 0, hasToken),
    })
  }
