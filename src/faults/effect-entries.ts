import type { PageFault } from './page-fault.ts'
import { presetNames } from './presets.ts'
import type {
  ConnectionEffect,
  CutBodyEffect,
  FalseBodyEffect,
  FaultError,
  PageEffect,
  PresetEffect,
  RateLimit,
  RateLimitEffect,
  SlowBodyEffect,
  StatusEffect,
} from './rule.ts'
import { anything, number, span, text, textLike, whole, word, type Entries } from './shape.ts'

const pages: Readonly<Record<PageFault, true>> = {
  repeat: true,
  skip: true,
  empty: true,
  loop: true,
  'drop-next': true,
  duplicate: true,
  'wrong-total': true,
  'expire-token': true,
  shift: true,
}

/** The words that `body` takes, by what they make of it. */
export const cutBodies = ['truncate', 'reset'] as const satisfies readonly CutBodyEffect['body'][]
export const falseBodies = ['malformed', 'empty', 'html'] as const satisfies readonly FalseBodyEffect['body'][]
export const bodies = [...cutBodies, ...falseBodies, 'slow'] as const

const STATUS = whole(200, 599, 'an HTTP status from 200 to 599')

/** The keys of the parts of an error. */
export const errorEntries = {
  id: textLike(/^[\x21-\x7e]*$/, 'printable ASCII without spaces'),
  reason: text,
  message: text,
  details: anything,
} satisfies Entries<FaultError>

/** The keys of a rate limit. */
export const rateLimitEntries = {
  limit: whole(0, Number.MAX_SAFE_INTEGER, 'a whole number from 0'),
  window: span({ exclusiveMinimum: 0 }),
} satisfies Entries<RateLimit>

/** The keys of each kind of effect. */
export const effectEntries = {
  status: { status: STATUS, error: anything, headers: anything } satisfies Entries<StatusEffect>,
  rateLimit: { rateLimit: anything } satisfies Entries<RateLimitEffect>,
  connection: { connection: word(['reset', 'close', 'hang']) } satisfies Entries<ConnectionEffect>,
  cutBody: {
    body: word(cutBodies),
    at: number(0, 1 - Number.EPSILON, 'a fraction from 0, below 1'),
  } satisfies Entries<CutBodyEffect>,
  falseBody: { body: word(falseBodies), status: STATUS, headers: anything } satisfies Entries<FalseBodyEffect>,
  slowBody: {
    body: word(['slow']),
    bytes: whole(1, 2 ** 30, 'a whole number from 1'),
    every: span({ minimum: 1 }),
  } satisfies Entries<SlowBodyEffect>,
  page: { page: word(Object.keys(pages) as PageFault[]) } satisfies Entries<PageEffect>,
  preset: { preset: word(presetNames) } satisfies Entries<PresetEffect>,
}
