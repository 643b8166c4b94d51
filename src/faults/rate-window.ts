import type { Micros } from '../model/time.ts'

/** A fixed window of a rate limit: when it began and how many requests came in it. */
export interface RateWindow {
  readonly start: Micros
  readonly count: number
}

/** What a rate limit makes of a request. */
export interface Quota {
  readonly limit: number
  readonly remaining: number
  /** Whole seconds until the window ends, at least 1. */
  readonly reset: number
  readonly over: boolean
}

/** Counts a request; a window begins with the first request after the last one ended, or when the clock went back. */
export const countIn = (
  last: RateWindow | undefined,
  now: Micros,
  limit: number,
  window: Micros,
): { readonly window: RateWindow; readonly quota: Quota } => {
  const running = last !== undefined && now >= last.start && now < last.start + window
  const start = running ? last.start : now
  const count = running ? last.count + 1 : 1
  return {
    window: { start, count },
    quota: {
      limit,
      remaining: Math.max(0, limit - count),
      reset: Math.max(1, Math.ceil((start + window - now) / 1e6)),
      over: count > limit,
    },
  }
}
