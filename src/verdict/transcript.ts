import type { RecordedRequest } from '../journal/entry.ts'
import { isObject } from '../model/json.ts'

/** How many requests a failed test shows. */
const MOST = 10

/** The longest text of an answer that a line shows. */
const LONGEST = 300

/** Why a request was refused, as its answer says. */
const reasonOf = (body: unknown): string | undefined => {
  const error = isObject(body) && isObject(body['error']) ? body['error'] : undefined
  const said = [error?.['reason'], error?.['message'], body].find((one) => typeof one === 'string' && one !== '')
  if (typeof said !== 'string') return undefined
  const line = said.trim().replaceAll(/\s+/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

/** A request in a line: how it was answered, and why it was refused. */
export const lineOf = ({ seq, method, path, query, status, fault, durationMs, response }: RecordedRequest): string => {
  const params = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => `${name}=${value}`))
  const target = params.length === 0 ? path : `${path}?${params.join('&')}`
  const outcome = status === null ? 'in flight' : status === 0 ? 'no answer' : String(status)
  const ruled = fault === null ? '' : status === null ? `, held by fault ${fault}` : `, fault ${fault}`
  const why = status !== null && status >= 400 ? reasonOf(response?.body) : undefined
  return `  ${seq}. ${method} ${target} -> ${outcome}${ruled} (${durationMs.toFixed(1)} ms)${why === undefined ? '' : `: ${why}`}`
}

/** What a failed test's output says of the requests that its mock saw. */
export const transcript = (test: string, requests: readonly RecordedRequest[]): string => {
  if (requests.length === 0) return `The mock of ${JSON.stringify(test)} saw no request.`
  const shown = requests.slice(-MOST)
  const which =
    shown.length < requests.length
      ? `${requests.length} requests, the last ${MOST} of them`
      : `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}`
  return [`The mock of ${JSON.stringify(test)} saw ${which}:`, ...shown.map(lineOf)].join('\n')
}
