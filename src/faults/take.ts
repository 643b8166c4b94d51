import type { Micros } from '../model/time.ts'
import { drawDelay } from './delay.ts'
import type { Effect } from './effect.ts'
import type { Facts } from './facts.ts'
import { requestLine } from './nearest-miss.ts'
import { countIn, type Quota } from './rate-window.ts'
import type { Rule } from './read-rule.ts'
import type { Spared, Tally } from './tally.ts'

/** What the book takes from its project. */
export interface FaultSources {
  readonly now: () => Micros
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number
}

/** What is to be done to a request. */
export interface Decision {
  /** The rule that took it. */
  readonly id: string
  /** Milliseconds of real time. */
  readonly delay: number
  /** Undefined for a delay alone. A quota that is not over marks the answer, and is no fault. */
  readonly effect:
    | Exclude<Effect, { kind: 'rateLimit' }>
    | { readonly kind: 'quota'; readonly quota: Quota }
    | undefined
}

/** What a rule made of a request that it matched. */
export interface Taken {
  readonly tally: Tally
  /** Whether the request goes on to the next rule. */
  readonly due: boolean
  /** Undefined for a request that passes. */
  readonly decision: Decision | undefined
}

/** Counts a request that a rule matches, and says whether the rule is due and what it does. */
export const take = (rule: Rule, former: Tally, facts: Facts, { now, random }: FaultSources): Taken => {
  const { id, when, steps } = rule
  let tally: Tally = { ...former, matched: former.matched + 1 }
  const spare = (why: Exclude<Spared['why'], 'earlier'>): Taken => {
    const spared = tally.hits > 0 ? {} : { spared: { why, request: requestLine(facts) } }
    return { tally: { ...tally, ...spared }, due: why === 'pass' || why === 'quota', decision: undefined }
  }
  const time = now()
  const elapsed = time - tally.since
  if (when.after > 0 && elapsed < when.after) return spare('before')
  if (when.lasts < Infinity && (elapsed < when.after || elapsed >= when.after + when.lasts)) return spare('over')
  tally = { ...tally, counted: tally.counted + 1 }
  if (tally.counted <= when.skip) return spare('skip')
  if ((tally.counted - when.skip) % when.every !== 0) return spare('every')
  if (tally.taken >= rule.times) return spare('spent')
  if (when.probability < 1 && random() >= when.probability) return spare('chance')

  const step = steps[tally.taken % steps.length]!
  if (step === 'pass') {
    tally = { ...tally, taken: tally.taken + 1 }
    return spare('pass')
  }
  let effect: Decision['effect']
  if (step.effect?.kind === 'rateLimit') {
    const { window, quota } = countIn(tally.rate, time, step.effect.limit, step.effect.window)
    tally = { ...tally, rate: window }
    effect = { kind: 'quota', quota }
    if (!quota.over) return { ...spare('quota'), decision: { id, delay: 0, effect } }
  } else effect = step.effect
  const { miss: _miss, spared: _spared, ...counts } = tally
  const hit: Tally = { ...counts, taken: tally.taken + 1, hits: tally.hits + 1 }
  return { tally: hit, due: true, decision: { id, delay: drawDelay(step.delay, random), effect } }
}
