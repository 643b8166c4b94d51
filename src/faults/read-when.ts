import {
  leaf,
  made,
  number,
  object,
  whole,
  type JsonSchema,
  type Kind,
  type KindsOf,
  type Parts,
} from '../model/kinds.ts'
import { parseDuration, type Micros } from '../model/time.ts'
import { LONGEST_DELAY, type ReadDelay } from './delay.ts'
import type { EvenDelay, FaultDelay, FaultWhen, LognormalDelay, Span } from './rule.ts'

/** When a rule is due; times are of the mock's clock, from when it was armed. */
export interface When {
  readonly skip: number
  readonly times: number | undefined
  readonly every: number
  readonly probability: number
  readonly after: Micros
  /** How long it lasts, from `after` on. */
  readonly lasts: Micros
}

const spanSchema = (bound: JsonSchema): JsonSchema => ({
  anyOf: [
    { type: 'number', ...bound },
    { type: 'string', pattern: String.raw`^\+?(\d+(\.\d+)?(ms|s|m|h|d))+$` },
  ],
})

const durationOf = (value: unknown): Micros | undefined =>
  typeof value === 'number' ? value * 1e3 : typeof value === 'string' ? parseDuration(value) : undefined

/** A time of the mock's clock. @param least in microseconds. */
export const span = (least: 0 | 1): Kind<Micros, Span> =>
  leaf(
    `${least > 0 ? 'a time above 0' : 'a time from 0'} such as "10s" or "1h30m", or in milliseconds`,
    spanSchema(least > 0 ? { exclusiveMinimum: 0 } : { minimum: 0 }),
    (value) => {
      const micros = Math.round(durationOf(value) ?? Number.NaN)
      return Number.isSafeInteger(micros) && micros >= least ? micros : undefined
    },
  )

/** A real time, in milliseconds. */
export const ms = (least: 0 | 1): Kind<number, Span> =>
  leaf(
    `milliseconds from ${least} to ${LONGEST_DELAY}, or a text such as "250ms" or "1s"`,
    spanSchema({ minimum: least }),
    (value) => {
      const time = typeof value === 'number' ? value : (durationOf(value) ?? Number.NaN) / 1e3
      return time >= least && time <= LONGEST_DELAY ? time : undefined
    },
  )

const count = (least: 0 | 1): Kind<number> => whole(least, Number.MAX_SAFE_INTEGER, `a whole number from ${least}`)

/** The keys of `when`. */
export const whenEntries = {
  skip: count(0),
  times: count(1),
  every: count(1),
  probability: number(Number.MIN_VALUE, 1, 'a number above 0, at most 1'),
  after: span(0),
  for: span(1),
} satisfies KindsOf<FaultWhen>

const whenParts = object(whenEntries)

/** When a rule is due that says no more than this. */
export const whenOf = (read: Parts<typeof whenEntries> = {}): When => ({
  skip: read.skip ?? 0,
  times: read.times,
  every: read.every ?? 1,
  probability: read.probability ?? 1,
  after: read.after ?? 0,
  lasts: read.for ?? Infinity,
})

export const when: Kind<When, FaultWhen> = made(whenParts, whenOf)

const even = object({ min: ms(0), max: ms(0) } satisfies KindsOf<EvenDelay>, {
  required: { min: 'in milliseconds', max: 'in milliseconds' },
})
const lognormal = object(
  { median: ms(0), sigma: number(0, 100, 'a number from 0 to 100'), max: ms(0) } satisfies KindsOf<LognormalDelay>,
  { required: { median: 'in milliseconds', sigma: 'the width of the lognormal distribution' } },
)

export const delay: Kind<ReadDelay, FaultDelay> = {
  schema: { anyOf: [ms(0).schema, even.schema, lognormal.schema] },
  read: (reader, value, at) => {
    if (typeof value === 'number' || typeof value === 'string') return ms(0).read(reader, value, at)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const forms = 'milliseconds, a text such as "1s", {"min", "max"} or {"median", "sigma", "max"}'
      return reader.flaw(at, forms, value)
    }
    if ('median' in value || 'sigma' in value) {
      const { median, sigma, max } = lognormal.read(reader, value, at) ?? {}
      if (median === undefined || sigma === undefined) return undefined
      return { median, sigma, ...(max === undefined ? {} : { max }) }
    }
    const { min, max } = even.read(reader, value, at) ?? {}
    if (min === undefined || max === undefined) return undefined
    if (min > max) return reader.say(at, `has a \`min\` of ${min} above its \`max\` of ${max}`)
    return { min, max }
  },
}
