import { NO_CACHE, type Answer } from '../model/answer.ts'
import type { HeaderList } from '../model/headers.ts'
import { isSelfService } from '../model/operations.ts'
import type { Exchange } from '../api/exchange.ts'
import { isPreflight, shared } from './cors.ts'
import { csrfCookie, isIgnored, isUnseen } from './csrf.ts'

/** Kratos 26.2 adds `Cache-Control` to whatever answers a GET; older releases to whatever a route answers, 1.3 to that of its middleware alone. */
const isUncached = ({ world, method, routing: { routed }, side, shown }: Exchange): boolean => {
  const { has, knows } = world.profile
  if (!has.noCacheOnRoutesAlone) return method === 'GET'
  return routed && !(!knows('v25.4.0') && side === 'public' && isUnseen(shown))
}

/** An answer with other headers. */
const clad = ({ status, body, fresh }: Answer, headers: HeaderList): Answer => ({ status, headers, body, fresh })

/** What all middleware but that of CORS adds. */
const dressed = (exchange: Exchange, answer: Answer): Answer | Promise<Answer> => {
  const { world, side, operation } = exchange
  const headers = isUncached(exchange) ? ['Cache-Control', NO_CACHE, ...answer.headers] : answer.headers
  if (side === 'admin' || isUnseen(exchange.shown)) return clad(answer, headers)
  const whole = clad(answer, [...headers, 'Vary', 'Cookie'])
  // The flows set the cookie themselves where Kratos does.
  if (operation !== undefined && isSelfService(operation)) return whole
  if (!world.profile.has.csrfCookies || isIgnored(world.profile, exchange.shown)) return whole
  const { fresh: _, ...varied } = whole
  return csrfCookie(exchange).then((cookie) =>
    cookie === undefined ? varied : { ...varied, headers: [...varied.headers, 'Set-Cookie', cookie] },
  )
}

/** The headers that Kratos' middleware adds to an answer of either server. */
export const dress = (exchange: Exchange, answer: Answer): Answer | Promise<Answer> => {
  if (answer.raw === true) return answer
  if (exchange.side === 'admin' || exchange.world.cors.origins.length === 0) return dressed(exchange, answer)
  // CORS answers a preflight before the rest of the middleware sees it.
  if (isPreflight(exchange.world, exchange)) return answer
  const whole = dressed(exchange, answer)
  return whole instanceof Promise ? whole.then((made) => shared(exchange, made)) : shared(exchange, whole)
}
