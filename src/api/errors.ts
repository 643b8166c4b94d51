import { textOf } from '../go/bytes.ts'
import { goJson } from '../model/json.ts'
import { KratosError, Panic, statusText } from '../model/errors.ts'
import type { Answer } from '../model/answer.ts'
import type { Exchange } from './exchange.ts'

/** An error's fields in Go's order, what is empty left out (herodot error_default.go). */
const errorFields = ({ code, message, parts }: KratosError, requestId?: string): object => ({
  ...(parts.id === undefined ? {} : { id: parts.id }),
  code,
  status: statusText(code),
  ...(requestId === undefined || requestId === '' ? {} : { request: requestId }),
  ...(parts.reason === undefined ? {} : { reason: parts.reason }),
  ...(parts.details === undefined ? {} : { details: parts.details }),
  message,
})

/** An error inside another answer. */
export const errorJson = (error: KratosError): string => goJson(errorFields(error))

/** The `errorGeneric` body. */
export const errorBody = (error: KratosError, requestId?: string): string =>
  goJson({ error: errorFields(error, requestId), ...error.parts.beside }) + '\n'

/** What negroni's Recovery writes, but for the stack, which is not the mock's. */
const panicAnswer = ({ message }: Panic): Answer => ({
  status: 500,
  headers: ['Content-Type', 'text/plain; charset=utf-8'],
  body: `PANIC: ${message}\n`,
})

/** The answer to an error that a rule or the mock itself threw. */
export const errorAnswer = (error: unknown, exchange: Exchange): Answer => {
  if (error instanceof Panic) return panicAnswer(error)
  const known = error instanceof KratosError ? error : new KratosError(500)
  const isOver = exchange.signal.aborted || exchange.world.closed !== undefined
  if (known !== error && !isOver) exchange.world.log.failure(error)
  return {
    status: known.parts.http ?? known.code,
    headers: [
      'Content-Type',
      'application/json',
      ...(exchange.world.profile.has.noErrorIdHeader ? [] : ['Ory-Error-Id', known.parts.id ?? '']),
      ...(known.parts.headers ?? []),
    ],
    body: errorBody(known, textOf(exchange.header('x-request-id') ?? '')),
  }
}
