import type { Answer } from '../../model/answer.ts'
import { KratosError } from '../../model/errors.ts'
import type { Exchange } from '../../api/exchange.ts'
import type { Handler } from './answers.ts'

/** Nothing but what this server gives, and no script that came as data. */
export const POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // A browser asks each time whether what it has is still the same.
  'Cache-Control': 'no-cache',
}

/** A part of the page, or 304 where the client has it. */
const partOf = (
  { header }: { header: string | undefined },
  part: { type: string; text: string; tag: string },
): Answer => {
  const headers = { ...HEADERS, ETag: part.tag }
  const known = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  if (known.includes(part.tag) || known.includes('*'))
    return { status: 304, headers: Object.entries(headers).flat(), body: '' }
  return { status: 200, headers: ['Content-Type', part.type, ...Object.entries(headers).flat()], body: part.text }
}

const given = async (exchange: Exchange, name: string): Promise<Answer> => {
  const { parts } = await import('#page')
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined
  if (part === undefined) {
    throw new KratosError(404, { reason: `The page has no ${name}: it is ${Object.keys(parts).join(', ')}.` })
  }
  return partOf({ header: exchange.header('if-none-match') }, part)
}

/** The page, loaded when somebody first asks for it. */
export const page: Handler = ({ exchange }) => given(exchange, 'page.html')

export const pagePart: Handler = ({ exchange, param }) => given(exchange, param)
