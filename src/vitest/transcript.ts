import type { RecordedRequest } from '../journal/entry.ts'

/** How many requests a failed test shows. */
const MOST = 10

const line = ({ seq, method, path, query, status, fault, durationMs }: RecordedRequest): string => {
  const params = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => `${name}=${value}`))
  const target = params.length === 0 ? path : `${path}?${params.join('&')}`
  const outcome = status === 0 ? 'no answer' : String(status)
  return `  ${seq}. ${method} ${target} -> ${outcome}${fault === null ? '' : `, fault ${fault}`} (${durationMs.toFixed(1)} ms)`
}

/** What a failed test's output says of the requests that its mock saw. */
export const transcript = (test: string, requests: readonly RecordedRequest[]): string => {
  if (requests.length === 0) return `The mock of ${JSON.stringify(test)} saw no request.`
  const shown = requests.slice(-MOST)
  const which =
    shown.length < requests.length
      ? `${requests.length} requests, the last ${MOST} of them`
      : `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}`
  return [`The mock of ${JSON.stringify(test)} saw ${which}:`, ...shown.map(line)].join('\n')
}
