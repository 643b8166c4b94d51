import { parseDuration, type Micros } from '../model/time.ts'
import { LONGEST_DELAY, type ReadDelay } from './delay.ts'
import type { EvenDelay, FaultWhen, LognormalDelay } from './rule.ts'
import { into, number, readShape, shown, span, whole, type EntriesOf, type Report } from './shape.ts'

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

/** The keys of `when`. */
export const whenEntries: EntriesOf<FaultWhen, 'after' | 'for'> = {
  skip: whole(0, MOST, 'a whole number from 0'),
  times: whole(1, MOST, 'a whole number from 1'),
  every: whole(1, MOST, 'a whole number from 1'),
  probability: number(Number.MIN_VALUE, 1, 'a number above 0, at most 1'),
  after: span({ minimum: 0 }),
  for: span({ exclusiveMinimum: 0 }),
}

/** Microseconds of a span, or undefined when there is none or it is wrong. */
export const readSpan = (value: unknown, least: Micros, pointer: string, report: Report): Micros | undefined => {
  if (value === undefined) return undefined
  const micros =
    typeof value === 'number' ? Math.round(value * 1e3) : typeof value === 'string' ? parseDuration(value) : undefined
  if (micros !== undefined && Number.isSafeInteger(micros) && micros >= least) return micros
  const what = least > 0 ? 'a time above 0' : 'a time from 0'
  report(pointer, `must be ${what} such as "10s" or "1h30m", or in milliseconds, not ${shown(value)}`)
  return undefined
}

export const readWhen = (value: unknown, pointer: string, report: Report): When => {
  const read = (value === undefined ? undefined : readShape(whenEntries, value, pointer, report)) ?? {}
  return {
    skip: read.skip ?? 0,
    times: read.times,
    every: read.every ?? 1,
    probability: read.probability ?? 1,
    after: readSpan(read.after, 0, into(pointer, 'after'), report) ?? 0,
    lasts: readSpan(read.for, 1, into(pointer, 'for'), report) ?? Infinity,
  }
}

/** The keys of a delay between two bounds, and of a lognormal one. */
export const evenEntries: EntriesOf<EvenDelay, 'min' | 'max'> = { min: span({ minimum: 0 }), max: span({ minimum: 0 }) }
export const lognormalEntries: EntriesOf<LognormalDelay, 'median' | 'max'> = {
  median: span({ minimum: 0 }),
  sigma: number(0, 100, 'a number from 0 to 100'),
  max: span({ minimum: 0 }),
}

/** Milliseconds of real time, or undefined when there are none or they are wrong. */
export const readMs = (value: unknown, least: 0 | 1, pointer: string, report: Report): number | undefined => {
  if (value === undefined) return undefined
  const micros = typeof value === 'string' ? parseDuration(value) : undefined
  const ms = typeof value === 'number' ? value : micros === undefined ? undefined : micros / 1e3
  if (ms !== undefined && ms >= least && ms <= LONGEST_DELAY) return ms
  report(
    pointer,
    `must be milliseconds from ${least} to ${LONGEST_DELAY}, or a text such as "250ms" or "1s", not ${shown(value)}`,
  )
  return undefined
}

const readLognormal = (value: object, pointer: string, report: Report): ReadDelay | undefined => {
  const read = readShape(lognormalEntries, value, pointer, report) ?? {}
  if (!('median' in value)) report(pointer, 'lacks `median`, in milliseconds')
  if (!('sigma' in value)) report(pointer, 'lacks `sigma`, the width of the lognormal distribution')
  const median = readMs(read.median, 0, into(pointer, 'median'), report)
  const max = readMs(read.max, 0, into(pointer, 'max'), report)
  if (median === undefined || read.sigma === undefined) return undefined
  return { median, sigma: read.sigma, ...(max === undefined ? {} : { max }) }
}

export const readDelay = (value: unknown, pointer: string, report: Report): ReadDelay | undefined => {
  if (value === undefined) return undefined
  if (typeof value === 'number' || typeof value === 'string') return readMs(value, 0, pointer, report)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report(
      pointer,
      `must be milliseconds, a text such as "1s", {"min", "max"} or {"median", "sigma", "max"}, not ${shown(value)}`,
    )
    return undefined
  }
  if ('median' in value || 'sigma' in value) return readLognormal(value, pointer, report)
  const read = readShape(evenEntries, value, pointer, report) ?? {}
  for (const key of ['min', 'max']) if (!(key in value)) report(pointer, `lacks \`${key}\`, in milliseconds`)
  const min = readMs(read.min, 0, into(pointer, 'min'), report)
  const max = readMs(read.max, 0, into(pointer, 'max'), report)
  if (min === undefined || max === undefined) return undefined
  if (min > max) report(pointer, `has a \`min\` of ${min} above its \`max\` of ${max}`)
  return { min, max }
}
