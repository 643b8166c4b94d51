import { KratosError } from '../model/errors.ts'
import type { Exchange } from '../api/exchange.ts'

/** Whether two texts are equal, in a time that depends on the length of the first alone. */
const equal = (given: string, expected: string): boolean => {
  let differences = given.length ^ expected.length
  for (let at = 0; at < given.length; at++)
    differences |= given.charCodeAt(at) ^ expected.charCodeAt(at % expected.length)
  return differences === 0
}

/** The token of `Authorization: Bearer`, whose scheme may be in any case (RFC 9110, 11.1). */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]

/** Whether the admin API is open, or the request brings its token. */
export const isAuthorized = (exchange: Exchange): boolean => {
  const { tokens } = exchange.world
  if (tokens.length === 0 || exchange.side === 'public' || exchange.authorized) return true
  const given = bearerOf(exchange.header('authorization'))
  // All are compared, so that the time does not tell which one it is near.
  return given !== undefined && tokens.filter((token) => equal(given, token)).length > 0
}

/** Lets a request to the admin API pass when no token is asked for, or it brings one. @throws KratosError 401. */
export const authorize = (exchange: Exchange): void => {
  if (isAuthorized(exchange)) return
  throw new KratosError(401, {
    reason:
      bearerOf(exchange.header('authorization')) === undefined
        ? 'The admin API asks for a header `Authorization: Bearer <token>`.'
        : 'The bearer token is none that this mock was started with.',
    headers: ['WWW-Authenticate', 'Bearer'],
  })
}
