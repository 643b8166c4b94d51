import { KratosError } from '../model/errors.ts'
import type { RequestBody } from './identities/request-body.ts'
import { BodyTooLarge, type Exchange } from './exchange.ts'

/** What Go's MaxBytesReader says. */
export const TOO_LARGE = 'http: request body too large'

/** A request's body; over the limit, a 400 that says so, or what Kratos says then. */
export const bodyOf = async (exchange: Exchange, tooLarge: () => KratosError): Promise<Uint8Array> => {
  try {
    return await exchange.body()
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    throw exchange.world.profile.has.bodyLimitUnsaid ? tooLarge() : new KratosError(400, error.parts)
  }
}

/** A request as operations read it that look at its headers, too. */
export const requestOf = async (exchange: Exchange, tooLarge: () => KratosError): Promise<RequestBody> => {
  const bytes = await bodyOf(exchange, tooLarge)
  return {
    method: exchange.method,
    contentType: exchange.header('content-type') ?? '',
    isEmpty: bytes.length === 0 && exchange.header('transfer-encoding') === undefined,
    bytes,
  }
}
