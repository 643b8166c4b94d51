import { firstView } from '../../control/first-view.ts'
import type { Answer } from '../../model/answer.ts'
import { sha256 } from '../../model/digest.ts'
import { KratosError } from '../../model/errors.ts'
import type { Exchange } from '../../api/exchange.ts'
import type { Handler } from './answers.ts'

/** Nothing but what this server gives, and no script that came as data. @param script @param style digests of those in a document. */
const policyOf = (script = '', style = ''): string =>
  [
    "default-src 'none'",
    `script-src 'self'${script}`,
    `style-src 'self'${style}`,
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')

export const POLICY: string = policyOf()

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // A browser asks each time whether what it has is still the same.
  'Cache-Control': 'no-cache',
}

interface Part {
  readonly type: string
  readonly text: string
  readonly tag: string
}

/** A part of the page, or 304 where the client has it. */
const partOf = (exchange: Exchange, { type, text, tag }: Part, own: Readonly<Record<string, string>> = {}): Answer => {
  const headers = Object.entries({ ...HEADERS, ...own, ETag: tag }).flat()
  const known =
    exchange
      .header('if-none-match')
      ?.split(',')
      .map((one) => one.trim().replace(/^W\//, '')) ?? []
  if (known.includes(tag) || known.includes('*')) return { status: 304, headers, body: '' }
  return { status: 200, headers: ['Content-Type', type, ...headers], body: text }
}

const tagOf = async (text: string): Promise<string> => `"${(await sha256(text)).slice(0, 32)}"`

/** The page, loaded when somebody first asks for it, with its first view: whatever a person's data has in it, no tag begins there. */
export const page: Handler = async ({ exchange, control }) => {
  const { page: made, first } = await import('#page')
  const known = await firstView(control.project)
  const json = JSON.stringify({ build: made.build, ...known }).replaceAll('<', String.raw`\u003c`)
  const fillings = [made.parts['page.css']!.text, json, first(known), '']
  const text = made.document.map((part, n) => part + fillings[n]!).join('')
  // While the clock alone goes on, it is the same.
  const tag = await tagOf(JSON.stringify({ build: made.build, ...known, clock: known.clock.running }))
  // It holds people, and the token of the mock.
  const own = {
    'Content-Security-Policy': policyOf(` ${made.script}`, ` ${made.style}`),
    'Cache-Control': 'no-store',
  }
  return partOf(exchange, { type: 'text/html; charset=utf-8', text, tag }, own)
}

export const pagePart: Handler = async ({ exchange, param }) => {
  const { parts } = (await import('#page')).page
  const part = Object.hasOwn(parts, param) ? parts[param] : undefined
  if (part === undefined)
    throw new KratosError(404, { reason: `The page has no ${param}: it is ${Object.keys(parts).join(', ')}.` })
  return partOf(exchange, part)
}

/** Which page is served. */
export const buildOfPage = async (): Promise<string> => (await import('#page')).page.build
