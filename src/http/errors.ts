import { goJson } from '../model/json.ts'
import { KratosError, statusText } from '../model/errors.ts'
import type { Answer } from './answer.ts'
import type { Exchange } from './exchange.ts'

/** The `errorGeneric` body (herodot error_default.go): fields in Go's order, what is empty left out. */
export const errorBody = ({ code, message, parts }: KratosError, requestId?: string): string =>
  goJson({
    error: {
      ...(parts.id === undefined ? {} : { id: parts.id }),
      code,
      status: statusText(code),
      ...(requestId === undefined || requestId === '' ? {} : { request: requestId }),
      ...(parts.reason === undefined ? {} : { reason: parts.reason }),
      ...(parts.details === undefined ? {} : { details: parts.details }),
      message,
    },
    ...parts.beside,
  }) + '\n'

/** The answer to an error that a rule or the mock itself threw. */
export const errorAnswer = (error: unknown, exchange: Exchange): Answer => {
  const known = error instanceof KratosError ? error : new KratosError(500)
  if (known !== error && !exchange.signal.aborted) exchange.world.log.failure(error)
  return {
    status: known.parts.http ?? known.code,
    headers: {
      'Content-Type': 'application/json',
      ...(exchange.world.profile.has.noErrorIdHeader ? {} : { 'Ory-Error-Id': known.parts.id ?? '' }),
      ...known.parts.headers,
    },
    body: errorBody(known, exchange.header('x-request-id')),
  }
}
