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
import { anything, number, span, text, textLike, whole, word, type EntriesOf } from './shape.ts'

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
const cutBodies: readonly CutBodyEffect['body'][] = ['truncate', 'reset']
const falseBodies: readonly FalseBodyEffect['body'][] = ['malformed', 'empty', 'html']
export const bodies: readonly (CutBodyEffect | FalseBodyEffect | SlowBodyEffect)['body'][] = [
  ...cutBodies,
  ...falseBodies,
  'slow',
]

const STATUS = whole(200, 599, 'an HTTP status from 200 to 599')

/** The keys of the parts of an error. */
export const errorEntries: EntriesOf<FaultError, 'details'> = {
  id: textLike(/^[\x21-\x7e]*$/, 'printable ASCII without spaces'),
  reason: text,
  message: text,
  details: anything,
}

/** The keys of a rate limit. */
export const rateLimitEntries: EntriesOf<RateLimit, 'window'> = {
  limit: whole(0, Number.MAX_SAFE_INTEGER, 'a whole number from 0'),
  window: span({ exclusiveMinimum: 0 }),
}

/** The keys of each kind of effect. */
export const effectEntries: {
  readonly status: EntriesOf<StatusEffect, 'error' | 'headers'>
  readonly rateLimit: EntriesOf<RateLimitEffect, 'rateLimit'>
  readonly connection: EntriesOf<ConnectionEffect>
  readonly cutBody: EntriesOf<CutBodyEffect>
  readonly falseBody: EntriesOf<FalseBodyEffect, 'headers'>
  readonly slowBody: EntriesOf<SlowBodyEffect, 'every'>
  readonly page: EntriesOf<PageEffect>
  readonly preset: EntriesOf<PresetEffect>
} = {
  status: { status: STATUS, error: anything, headers: anything },
  rateLimit: { rateLimit: anything },
  connection: { connection: word(['reset', 'close', 'hang']) },
  cutBody: {
    body: word(cutBodies),
    at: number(0, 1 - Number.EPSILON, 'a fraction from 0, below 1'),
  },
  falseBody: { body: word(falseBodies), status: STATUS, headers: anything },
  slowBody: {
    body: word(['slow']),
    bytes: whole(1, 2 ** 30, 'a whole number from 1'),
    every: span({ minimum: 1 }),
  },
  page: { page: word(Object.keys(pages) as PageFault[]) },
  preset: { preset: word(presetNames) },
}
