import { cookieLine, cookiesNamed } from '../go/cookies.ts'
import { KratosError } from '../model/errors.ts'
import type { CookieSettings } from '../model/selfservice.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Random } from '../world/random.ts'

/** How long an anti-CSRF token is, in bytes (justinas/nosurf). */
const LENGTH = 32

export const drawnToken = (random: Random): string =>
  Array.from({ length: LENGTH }, () => String.fromCharCode(random.uint32() & 0xff)).join('')

/** Sets the cookie of a token (x/nosurfx/nosurf.go NosurfBaseCookieHandler); one that is not `Secure` is always `Lax`. */
export const csrfCookieLine = (name: string, token: string, cookies: CookieSettings): string =>
  cookieLine(name, btoa(token), { ...cookies, maxAge: 31_536_000, sameSite: 'Lax' })

const xor = (a: string, b: string): string =>
  Array.from(a, (char, at) => String.fromCharCode(char.charCodeAt(0) ^ b.charCodeAt(at))).join('')

/** A token as a form carries it: behind a one-time pad, so that no two forms show the same text. */
export const masked = (token: string, random: Random): string => {
  const pad = drawnToken(random)
  return btoa(pad + xor(token, pad))
}

/** The bytes of a token as a cookie holds it, or undefined for what is none. */
export const tokenOf = (cookie: string): string | undefined => {
  try {
    const token = atob(cookie)
    return token.length === LENGTH ? token : undefined
  } catch {
    return undefined
  }
}

/** Whether what a form sent is a token behind a pad. */
export const matches = (token: string | undefined, sent: string): boolean => {
  if (token === undefined) return false
  try {
    const bytes = atob(sent)
    return bytes.length === 2 * LENGTH && xor(bytes.slice(0, LENGTH), bytes.slice(LENGTH)) === token
  } catch {
    return false
  }
}

const NOT_SENT =
  'The anti-CSRF cookie was found but the CSRF token was not included in the HTTP request body (csrf_token) nor in the HTTP Header (X-CSRF-Token).'
const MISMATCH =
  'The HTTP Cookie Header was set and a CSRF token was sent but they do not match. We recommend deleting all cookies for this domain and retrying the flow.'
const AJAX =
  "We detected an AJAX call, please ensure that CORS is enabled and configured correctly, and that your AJAX code sends cookies and has credentials enabled. For further debugging, check your Browser's Network Tab to see what cookies are included or excluded."
const SERVER =
  "We detected a regular browser or server-side call. To debug browser calls check your Browser's Network Tab to see what cookies are included or excluded. If you are calling from a server ensure that the appropriate cookies are being forwarded and that the SDK method is called correctly."

/** Why a request was rejected (x/nosurfx/nosurf.go CSRFErrorReason); releases before 26.2 say the same of every one. */
const detailsOf = (header: Headers, cookie: string, isTokenSent: boolean, { knows }: Profile): object => {
  // The next release points to another page.
  const docs = knows('next')
    ? 'https://www.ory.com/docs/troubleshooting/csrf'
    : 'https://www.ory.sh/kratos/docs/debug/csrf'
  if (!knows('v26.2.0')) return { docs, hint: NOT_SENT, reject_reason: MISMATCH }
  const hint = ['cors', 'same-origin'].includes(header('sec-fetch-mode') ?? '') ? AJAX : SERVER
  const sent = header('cookie') ?? ''
  if (sent === '') return { docs, hint, reject_reason: 'The HTTP Cookie Header is empty or not set.' }
  if (cookiesNamed(sent, cookie).length === 0)
    return { docs, hint, reject_reason: 'The HTTP Cookie Header was set but did not include the anti-CSRF cookie.' }
  return isTokenSent ? { docs, hint, reject_reason: MISMATCH } : { docs, hint: NOT_SENT }
}

type Headers = (name: string) => string | undefined

/** A request's token is not the one of its cookie. @param sent the token in its body or its query. */
export const csrfViolation = (header: Headers, cookie: string, sent: string, profile: Profile): KratosError => {
  const isJson = (header('content-type') ?? '').startsWith('application/json')
  const isTokenSent = isJson || sent !== '' || Boolean(header('x-csrf-token'))
  return new KratosError(403, {
    id: 'security_csrf_violation',
    message: 'the request was rejected to protect you from Cross-Site-Request-Forgery',
    reason:
      'Please retry the flow and optionally clear your cookies. The request was rejected to protect you from Cross-Site-Request-Forgery (CSRF) which could cause account takeover, leaking personal information, and other serious security issues.',
    details: { ...detailsOf(header, cookie, isTokenSent, profile) },
  })
}
