import { fromPaddedBase64Url } from '../../go/base64.ts'
import { cookiesNamed } from '../../go/cookies.ts'
import type { World } from '../../world/world.ts'

/** A request whose headers can be asked for, by names in lower case. */
export interface Headed {
  readonly world: World
  header(name: string): string | undefined
}

/** The token of `Authorization: Bearer`, whose scheme may be in any case (session/helper.go). */
const bearer = (request: Headed): string | undefined =>
  /^bearer ([^ ]+)$/i.exec(request.header('authorization') ?? '')?.[1]

/** What the request has in the cookie of a session. */
export const sessionCookie = (request: Headed): string | undefined =>
  cookiesNamed(request.header('cookie'), request.world.selfService.cookieName)[0]

/** Whether a cookie holds a session's token, as those of the mock do: also of a session that is gone. */
const isToken = ({ world }: Headed, cookie: string): boolean =>
  /^ory_st_[A-Za-z0-9]{32}$/.test(cookie) || world.store.tables.tokens.get({ token: cookie }) !== undefined

/** Where Kratos looks for a session's token, in this order (session/manager_http.go:211-232); a cookie that it cannot read is passed over. */
export const callerToken = (request: Headed): string | undefined => {
  const header = request.header('x-session-token')
  if (header) return header
  const cookie = sessionCookie(request)
  return cookie !== undefined && isToken(request, cookie) ? cookie : bearer(request)
}

/** All that an answer depends on when it depends on who asks. */
export const callerKey = (request: Headed): string => `${callerToken(request)}\n${sessionCookie(request)}`

/** The most letters that a cookie may have. */
const MOST = 4096

/** Why gorilla/securecookie cannot read the cookie that a request brings; undefined for none, and for a token, which the mock takes. */
export const cookieFlaw = (request: Headed): string | undefined => {
  const cookie = sessionCookie(request)
  if (cookie === undefined || isToken(request, cookie)) return undefined
  if (cookie.length > MOST) return 'securecookie: the value is too long'
  const read = fromPaddedBase64Url(cookie)
  return typeof read === 'string'
    ? 'securecookie: the value is not valid'
    : `securecookie: base64 decode failed - caused by: illegal base64 data at input byte ${read}`
}
