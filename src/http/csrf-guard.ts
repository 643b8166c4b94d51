import { csrfCookieLine, csrfViolation, drawnToken, matches, tokenOf } from '../flows/csrf.ts'
import { cookiesNamed } from '../go/cookies.ts'
import { Query } from '../go/query.ts'
import type { Exchange } from '../api/exchange.ts'
import { csrfCookieName } from './csrf-cookie.ts'

/** The cookie for a client that has not exactly one that could be good; undefined for one that has. */
export const cookieFor = async (exchange: Exchange): Promise<string | undefined> => {
  const { world } = exchange
  const name = await csrfCookieName(world.origins.public)
  const given = cookiesNamed(exchange.header('cookie'), name)
  if (given.length === 1 && tokenOf(given[0]!) !== undefined) return undefined
  return csrfCookieLine(name, drawnToken(world.random), world.selfService.cookies)
}

/** The token in a form, which only some methods have. */
const formToken = async (exchange: Exchange): Promise<string> => {
  const isForm = (exchange.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  if (!isForm || exchange.method === 'DELETE') return ''
  return new Query(new TextDecoder('latin1').decode(await exchange.body())).get('csrf_token')
}

/** Lets a request pass that brings the token of its cookie along. @throws KratosError 403. */
export const checkForgery = async (exchange: Exchange): Promise<void> => {
  const name = await csrfCookieName(exchange.world.origins.public)
  const cookies = cookiesNamed(exchange.header('cookie'), name)
  const sent = exchange.header('x-csrf-token') || (await formToken(exchange))
  if (cookies.some((cookie) => matches(tokenOf(cookie), sent))) return
  throw csrfViolation(
    (header) => exchange.header(header),
    name,
    sent || exchange.sentQuery.get('csrf_token'),
    exchange.world.profile,
  )
}
