import { toPaddedBase64 } from '../go/base64.ts'
import { unescapeBytes } from '../go/bytes.ts'
import type { World } from '../world/world.ts'
import { NO_CACHE, type Answer } from '../model/answer.ts'
import { isSelfService } from '../model/operations.ts'
import type { Exchange } from '../api/exchange.ts'
import { isPreflight, shared } from './cors.ts'
import { csrfCookieName } from './csrf-cookie.ts'

/** Paths of the public server that its CSRF middleware never sees (cmd/daemon/serve.go, csrf.DisablePath). */
const UNTOUCHED = /^\/(?:health\/(?:alive|ready)|version)$/
/** Decoded paths that it passes without a cookie: the globs of csrf.IgnoreGlob, whose `*` takes no slash. */
const EXEMPT = new RegExp(
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

/** Kratos 26.2 adds `Cache-Control` to whatever answers a GET; older releases to whatever a route answers. */
const isUncached = ({ world, method, routing: { routed }, side, target }: Exchange): boolean => {
  const { has } = world.profile
  if (!has.noCacheOnRoutesAlone) return method === 'GET'
  return routed && !(has.httprouter && side === 'public' && UNTOUCHED.test(target.path))
}

/** The anti-CSRF cookie, drawn anew for each client without one. */
const csrfCookie = async (world: World): Promise<string> => {
  const name = await csrfCookieName(world.origins.public)
  const token = toPaddedBase64(
    Array.from({ length: 32 }, () => String.fromCharCode(world.random.uint32() & 0xff)).join(''),
  )
  return `${name}=${token}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`
}

/** What all middleware but that of CORS adds. */
const dressed = (exchange: Exchange, answer: Answer): Answer | Promise<Answer> => {
  const { world, side, operation } = exchange
  const cache = isUncached(exchange) ? { 'Cache-Control': NO_CACHE } : {}
  if (side === 'admin' || UNTOUCHED.test(exchange.target.path))
    return { ...answer, headers: { ...cache, ...answer.headers } }
  const whole: Answer = { ...answer, headers: { ...cache, ...answer.headers, Vary: 'Cookie' } }
  // The flows set the cookie themselves where Kratos does.
  if (operation !== undefined && isSelfService(operation)) return whole
  if (!world.profile.has.csrfCookies || EXEMPT.test(unescapeBytes(exchange.shown) ?? exchange.shown)) return whole
  const { fresh: _, ...varied } = whole
  if (exchange.header('cookie')?.includes('csrf_token_') === true) return varied
  return csrfCookie(world).then((cookie) => ({ ...varied, headers: { ...varied.headers, 'Set-Cookie': cookie } }))
}

/** The headers that Kratos' middleware adds to an answer of either server. */
export const dress = (exchange: Exchange, answer: Answer): Answer | Promise<Answer> => {
  if (exchange.side === 'admin' || exchange.world.cors.length === 0) return dressed(exchange, answer)
  // CORS answers a preflight before the rest of the middleware sees it.
  if (isPreflight(exchange.world, exchange)) return answer
  const whole = dressed(exchange, answer)
  return whole instanceof Promise ? whole.then((made) => shared(exchange, made)) : shared(exchange, whole)
}
