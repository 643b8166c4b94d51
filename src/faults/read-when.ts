import { parseDuration, type Micros } from '../model/time.ts'
import type { FaultDelay } from './rule.ts'
import { LONGEST_DELAY } from './delay.ts'
import { anything, into, number, readShape, shown, whole, type Report } from './shape.ts'

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

const MOST = Number.MAX_SAFE_INTEGER

const ENTRIES = {
  skip: whole(0, MOST, 'a whole number from 0'),
  times: whole(1, MOST, 'a whole number from 1'),
  every: whole(1, MOST, 'a whole number from 1'),
  probability: number(Number.MIN_VALUE, 1, 'a number above 0, at most 1'),
  after: anything,
  for: anything,
}

/** Microseconds of a span, or undefined when there is none or it is wrong. */
export const readSpan = (value: unknown, least: Micros, pointer: string, report: Report): Micros | undefined => {
  if (value === undefined) return undefined
  const span =
    typeof value === 'number' ? Math.round(value * 1e3) : typeof value === 'string' ? parseDuration(value) : undefined
  if (span !== undefined && Number.isSafeInteger(span) && span >= least) return span
  const what = least > 0 ? 'a time above 0' : 'a time from 0'
  report(pointer, `must be ${what} such as "10s" or "1h30m", or in milliseconds, not ${shown(value)}`)
  return undefined
}

export const readWhen = (value: unknown, pointer: string, report: Report): When => {
  const read = (value === undefined ? undefined : readShape(ENTRIES, value, pointer, report)) ?? {}
  return {
    skip: read.skip ?? 0,
    times: read.times,
    every: read.every ?? 1,
    probability: read.probability ?? 1,
    after: readSpan(read.after, 0, into(pointer, 'after'), report) ?? 0,
    lasts: readSpan(read.for, 1, into(pointer, 'for'), report) ?? Infinity,
  }
}

const MS = number(0, LONGEST_DELAY, `milliseconds from 0 to ${LONGEST_DELAY}`)
const EVEN = { min: MS, max: MS }
const LOGNORMAL = { median: MS, sigma: number(0, 100, 'a number from 0 to 100'), max: MS }

export const readDelay = (value: unknown, pointer: string, report: Report): FaultDelay | undefined => {
  if (value === undefined) return undefined
  if (typeof value === 'number') {
    if (value >= 0 && value <= LONGEST_DELAY) return value
    report(pointer, `must be milliseconds from 0 to ${LONGEST_DELAY}, not ${shown(value)}`)
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(pointer, `must be milliseconds, {"min", "max"} or {"median", "sigma", "max"}, not ${shown(value)}`)
    return undefined
  }
  if ('median' in value || 'sigma' in value) {
    const { median, sigma, max } = readShape(LOGNORMAL, value, pointer, report) ?? {}
    if (!('median' in value)) report(pointer, 'lacks `median`, in milliseconds')
    if (!('sigma' in value)) report(pointer, 'lacks `sigma`, the width of the lognormal distribution')
    return median === undefined || sigma === undefined
      ? undefined
      : { median, sigma, ...(max === undefined ? {} : { max }) }
  }
  const { min, max } = readShape(EVEN, value, pointer, report) ?? {}
  for (const key of ['min', 'max']) if (!(key in value)) report(pointer, `lacks \`${key}\`, in milliseconds`)
  if (min === undefined || max === undefined) return undefined
  if (min > max) report(pointer, `has a \`min\` of ${min} above its \`max\` of ${max}`)
  return { min, max }
}
