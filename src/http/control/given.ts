import type { Exchange } from '../../api/exchange.ts'
import { NOTATION_HEADER, unnoted } from '../../control/notation.ts'
import { KratosError } from '../../model/errors.ts'
import { jsonMisfit, spellingOf, type TextOf } from '../../go/json-places.ts'
import { decodeUtf8 } from '../../model/utf8.ts'

/** @param what names the text in the message. @param marks the name of marks in it. @throws KratosError 400 with the place. */
const parseJson = (text: string, what: string, marks: string | undefined): unknown => {
  try {
    return JSON.parse(text, marks === undefined ? undefined : unnoted(marks)) as unknown
  } catch (error) {
    const misfit = jsonMisfit(text)
    const place =
      misfit && `line ${misfit.line}, column ${misfit.column}: expected ${misfit.expected}, found ${misfit.found}`
    throw new KratosError(400, { reason: `${what} is not JSON, ${place ?? (error as Error).message}.` })
  }
}

/** The name of the marks in what our own client sent. */
const marksOf = (exchange: Exchange): string | undefined => exchange.header(NOTATION_HEADER)

/** A value, and how it was spelled. */
type Body = readonly [value: unknown, textOf?: TextOf]

const jsonBody = async (exchange: Exchange, fallback: unknown): Promise<Body> => {
  const bytes = await exchange.body()
  if (bytes.length === 0 && fallback !== undefined) return [fallback]
  const text = decodeUtf8(bytes)
  if (typeof text !== 'string') throw new KratosError(400, { reason: `The body is ${text.found}; send it in UTF-8.` })
  const value = parseJson(text, 'The body', marksOf(exchange))
  return [value, spellingOf(text, value)]
}

/**
 * Answers by what a call brings, as JSON or in this process as it is, or by `fallback` for nothing. What is there
 * already is used at once, so that calls take place in the order in which they were made.
 * @throws KratosError 400 with the place, 413 past 5 MiB.
 */
export const given = <T>(
  exchange: Exchange,
  use: (value: unknown, textOf?: TextOf) => T | Promise<T>,
  fallback?: unknown,
): T | Promise<T> => {
  const { given: handed } = exchange.wire
  if (handed === undefined) return jsonBody(exchange, fallback).then((body) => use(...body))
  return use(handed.value === undefined ? fallback : handed.value, handed.textOf)
}

/** A filter in a query: as JSON in `filter`, or a parameter each, where `status` is a number and `fault` may be true or false. */
export const readFilter = (exchange: Exchange): unknown => {
  const { wire, target } = exchange
  if (wire.given !== undefined) return wire.given.value
  const params = new URLSearchParams(target.query)
  const whole = params.get('filter')
  if (whole !== null && params.size === 1) return parseJson(whole, 'The filter', marksOf(exchange))
  return Object.fromEntries(
    [...params].map(([name, value]) => {
      if (name === 'status' && /^(?:\d+|null)$/.test(value)) return [name, JSON.parse(value) as unknown]
      return [name, name === 'fault' && (value === 'true' || value === 'false') ? value === 'true' : value]
    }),
  )
}
