import type { Answer } from '../model/answer.ts'
import { headerIn, withoutHeader } from '../model/headers.ts'
import type { Exchange } from '../api/exchange.ts'
import type { Wire } from '../model/wire.ts'
import type { World } from '../world/world.ts'

/** What rs/cors makes of `serve.public.cors` of Kratos: for the public server alone. */
const METHOD = 'access-control-request-method'

/** Whether an origin is one of those allowed; a `*` in one of them stands for any part (oryx/corsx CheckOrigin). */
const isAllowed = (origin: string, allowed: readonly string[]): boolean =>
  allowed.some((one) => {
    const [before, after] = one.toLowerCase().split('*', 2)
    if (after === undefined) return before === origin
    return origin.length >= before!.length + after.length && origin.startsWith(before!) && origin.endsWith(after)
  })

/** Header names as a browser sends them: sorted, in lower case, at most one space around each. */
const areAllowed = (names: string, allowed: readonly string[]): boolean => {
  if (allowed.includes('*')) return true
  let last = -1
  return names.split(',').every((name) => {
    const trimmed = name.replace(/^[ \t]|[ \t]$/g, '')
    if (trimmed === '') return true
    const at = allowed.indexOf(trimmed)
    const isNext = at > last
    last = at
    return isNext
  })
}

/** Whether a browser asks beforehand what it may send, and CORS is on. */
export const isPreflight = ({ cors }: World, asked: Pick<Wire, 'method' | 'header'>): boolean =>
  cors.origins.length > 0 && asked.method === 'OPTIONS' && (asked.header(METHOD) ?? '') !== ''

/** The answer to a preflight: 204, with what is allowed where it is. */
export const preflight = (exchange: Exchange): Answer => {
  const { cors } = exchange.world
  const origin = exchange.header('origin')
  const method = exchange.header(METHOD)!
  const names = exchange.header('access-control-request-headers')
  const headers = ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers']
  const isGranted =
    origin !== undefined &&
    isAllowed(origin, cors.origins) &&
    cors.methods.includes(method) &&
    (names === undefined || areAllowed(names, cors.headers))
  if (isGranted) {
    headers.push('Access-Control-Allow-Origin', origin, 'Access-Control-Allow-Methods', method)
    if (names !== undefined && names !== '') headers.push('Access-Control-Allow-Headers', names)
    if (cors.credentials) headers.push('Access-Control-Allow-Credentials', 'true')
    if (cors.maxAge > 0) headers.push('Access-Control-Max-Age', String(cors.maxAge))
  }
  return { status: 204, headers, body: '' }
}

/** An answer of the public server, for this very origin, with what a browser needs to let a page of another origin read it. */
export const shared = (exchange: Exchange, answer: Answer): Answer => {
  const origin = exchange.header('origin')
  // Fresh for this very origin alone, it is not to be given again.
  const { status, body, headers } = answer
  const vary = headerIn(headers, 'Vary')
  const { cors } = exchange.world
  const granted =
    origin !== undefined && cors.methods.includes(exchange.method) && isAllowed(origin, cors.origins)
      ? [
          ...(cors.credentials ? ['Access-Control-Allow-Credentials', 'true'] : []),
          'Access-Control-Allow-Origin',
          origin,
          ...(cors.exposed === '' ? [] : ['Access-Control-Expose-Headers', cors.exposed]),
        ]
      : []
  const varied = ['Vary', vary === undefined ? 'Origin' : `Origin, ${vary}`]
  return { status, body, headers: [...granted, ...withoutHeader(headers, 'Vary'), ...varied] }
}
