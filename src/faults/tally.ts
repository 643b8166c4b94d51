import type { Micros } from '../model/time.ts'
import type { RateWindow } from './rate-window.ts'

/** Why a request that a rule matched was let go. */
export type Spared =
  | { readonly why: 'before' | 'over' | 'skip' | 'every' | 'chance' | 'spent' | 'pass' | 'quota' }
  | { readonly why: 'earlier'; readonly id: string }

/** A request that came close: how many matchers it failed, and what to say of it. */
export interface Miss {
  readonly failed: number
  readonly text: string
}

/** What became of a rule since it was armed. Immutable, so that keeping one is a snapshot. */
export interface Tally {
  readonly since: Micros
  /** Requests that matched. */
  readonly matched: number
  /** Of these, those that came inside `after` and `for`. */
  readonly counted: number
  /** Of these, those that the rule took: the steps that it made. */
  readonly taken: number
  /** Of these, those that it faulted. */
  readonly hits: number
  readonly rate?: RateWindow
  readonly miss?: Miss
  readonly spared?: Spared & { readonly request: string }
}

export const freshTally = (since: Micros): Tally => ({ since, matched: 0, counted: 0, taken: 0, hits: 0 })
