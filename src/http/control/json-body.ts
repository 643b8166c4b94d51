import { KratosError } from '../../model/errors.ts'
import { jsonMisfit } from '../../go/json-places.ts'
import { decodeUtf8 } from '../../model/utf8.ts'
import type { Exchange } from '../../api/exchange.ts'

/** @param what names the text in the message. @throws KratosError 400 with the place. */
export const parseJson = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const misfit = jsonMisfit(text)
    const place =
      misfit && `line ${misfit.line}, column ${misfit.column}: expected ${misfit.expected}, found ${misfit.found}`
    throw new KratosError(400, { reason: `${what} is not JSON, ${place ?? (error as Error).message}.` })
  }
}

/** A request's JSON, or `fallback` for one without a body. @throws KratosError 400 with the place, 413 past 5 MiB. */
export const jsonBody = async (exchange: Exchange, fallback?: unknown): Promise<unknown> => {
  const bytes = await exchange.body()
  if (bytes.length === 0 && fallback !== undefined) return fallback
  const text = decodeUtf8(bytes)
  if (typeof text !== 'string') throw new KratosError(400, { reason: `The body is ${text.found}; send it in UTF-8.` })
  return parseJson(text, 'The body')
}
