import type { OperationId } from '../model/operations.ts'
import type { Micros } from '../model/time.ts'
import { drawDelay } from './delay.ts'
import type { Effect } from './effect.ts'
import type { Facts } from './facts.ts'
import { missOf, reasonOf, requestLine } from './nearest-miss.ts'
import { BadFaultRules, type Problem } from './problem.ts'
import { countIn, type Quota } from './rate-window.ts'
import type { Rule, Step } from './read-rule.ts'
import { readRules } from './read-rules.ts'
import type { ArmedRule, UnfiredRule } from './rule.ts'
import { freshTally, type Spared, type Tally } from './tally.ts'

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

interface Entry {
  readonly rule: Rule
  tally: Tally
}

/** All that a book holds. Immutable. */
export interface FaultState {
  readonly entries: readonly Readonly<Entry>[]
  readonly next: number
}

/** The armed rules of a project, in the order in which they were added, and how often each fired. */
export class FaultBook {
  readonly #sources: FaultSources
  #entries: readonly Entry[] = []
  #next = 1
  /** The rules that can match a request of an operation, or of none. */
  readonly #byOperation = new Map<OperationId | undefined, readonly Entry[]>()
  /** The first request of each operation since rules were armed, for those that never saw one of their own. */
  readonly #seen = new Map<OperationId | undefined, Facts>()

  constructor(sources: FaultSources) {
    this.#sources = sources
  }

  /** Whether any rule is armed. */
  get armed(): boolean {
    return this.#entries.length > 0
  }

  /** Arms a rule. @throws BadFaultRules with every problem, and arms nothing. */
  add(rule: unknown): ArmedRule {
    return this.#arm([rule], () => '')[0]!
  }

  /** Arms several rules, or none of them. @throws BadFaultRules; its pointers begin with the rule's index. */
  addAll(rules: readonly unknown[]): readonly ArmedRule[] {
    return this.#arm(rules, (index) => `/${index}`)
  }

  /** Every armed rule as it was given, with what became of it. */
  list(): readonly ArmedRule[] {
    return this.#entries.map((entry) => this.#shown(entry))
  }

  /** @returns whether there was such a rule. */
  remove(id: string): boolean {
    const rest = this.#entries.filter(({ rule }) => rule.id !== id)
    if (rest.length === this.#entries.length) return false
    this.#set(rest)
    return true
  }

  clear(): void {
    this.#set([])
  }

  /** The rules that never fired, each with the reason: the request that came closest and what it failed. */
  verify(): readonly UnfiredRule[] {
    return this.#entries
      .filter(({ tally }) => tally.hits === 0)
      .map((entry) => ({ id: entry.rule.id, reason: this.#reason(entry) }))
  }

  snapshot(): FaultState {
    return { entries: this.#entries.map(({ rule, tally }) => ({ rule, tally })), next: this.#next }
  }

  restore({ entries, next }: FaultState): void {
    this.#set(entries.map(({ rule, tally }) => ({ rule, tally })))
    this.#next = next
  }

  /** Forgets what became of the rules: counts are zero, and the times of `when` begin now. */
  rewind(): void {
    const since = this.#sources.now()
    for (const entry of this.#entries) entry.tally = freshTally(since)
    this.#seen.clear()
  }

  /** Whether a request of an operation may concern some rule: one that is of no other, or the first that is seen of it. */
  mayConcern(operation: OperationId | undefined): boolean {
    return this.armed && (!this.#seen.has(operation) || this.#of(operation).length > 0)
  }

  /** Whether any rule matches a request, be it due or not. Counts nothing. */
  concerns(facts: Facts): boolean {
    return this.#candidates(facts).some((entry) => this.#matches(entry, facts))
  }

  /** What the first rule that matches and is due makes of a request; asking counts as the request. */
  decide(facts: Facts): Decision | undefined {
    let taken: { readonly by: string; readonly decision: Decision | undefined } | undefined
    for (const entry of this.#candidates(facts)) {
      if (taken === undefined) {
        if (this.#matches(entry, facts)) taken = this.#take(entry, facts)
      } else if (entry.tally.hits === 0 && entry.rule.matchers.every((matcher) => matcher.holds(facts))) {
        entry.tally = { ...entry.tally, spared: { why: 'earlier', id: taken.by, request: requestLine(facts) } }
      }
    }
    return taken?.decision
  }

  #arm(given: readonly unknown[], pointerOf: (index: number) => string): readonly ArmedRule[] {
    const problems: Problem[] = []
    let next = this.#next
    const ids = this.#entries.map(({ rule }) => rule.id)
    const rules = readRules(
      given,
      pointerOf,
      ids,
      () => `fault-${next++}`,
      (pointer, reason) => problems.push({ pointer, reason }),
    )
    if (problems.length > 0) throw new BadFaultRules(problems)
    const since = this.#sources.now()
    const added = rules.map((rule): Entry => ({ rule, tally: freshTally(since) }))
    this.#set([...this.#entries, ...added])
    this.#next = next
    return added.map((entry) => this.#shown(entry))
  }

  #set(entries: readonly Entry[]): void {
    this.#entries = entries
    this.#byOperation.clear()
    if (entries.length === 0) this.#seen.clear()
  }

  #candidates(facts: Facts): readonly Entry[] {
    const { operation } = facts
    if (!this.#seen.has(operation)) this.#seen.set(operation, this.#kept(facts))
    return this.#of(operation)
  }

  #of(operation: OperationId | undefined): readonly Entry[] {
    let found = this.#byOperation.get(operation)
    if (found === undefined) {
      found = this.#entries.filter(
        ({ rule }) => rule.match.operation === undefined || rule.match.operation === operation,
      )
      this.#byOperation.set(operation, found)
    }
    return found
  }

  /** Facts that hold on to nothing of their request but what rules ask for. */
  #kept(facts: Facts): Facts {
    const { operation, method, path, sentPath, query, identity, session, later } = facts
    const names = new Set(this.#entries.flatMap(({ rule }) => rule.match.header.map(([name]) => name)))
    const headers = new Map([...names].map((name) => [name, facts.header(name)]))
    return { operation, method, path, sentPath, query, identity, session, later, header: (name) => headers.get(name) }
  }

  #matches(entry: Entry, facts: Facts): boolean {
    const { matchers } = entry.rule
    if (entry.tally.hits > 0) return matchers.every((matcher) => matcher.holds(facts))
    let count = 0
    for (const matcher of matchers) if (!matcher.holds(facts)) count++
    if (count === 0) return true
    if (count < (entry.tally.miss?.failed ?? Infinity)) {
      const failed = matchers.filter((matcher) => !matcher.holds(facts))
      entry.tally = { ...entry.tally, miss: missOf(matchers, failed, facts) }
    }
    return false
  }

  /** Counts a request that a rule matches; undefined when the rule is not due. */
  #take(entry: Entry, facts: Facts): { readonly by: string; readonly decision: Decision | undefined } | undefined {
    const { rule } = entry
    const { id, when, steps } = rule
    const by = { by: id, decision: undefined }
    const now = this.#sources.now()
    let tally: Tally = { ...entry.tally, matched: entry.tally.matched + 1 }
    const spare = (why: Exclude<Spared['why'], 'earlier'>): undefined => {
      entry.tally = tally.hits > 0 ? tally : { ...tally, spared: { why, request: requestLine(facts) } }
    }
    const elapsed = now - tally.since
    if (when.after > 0 && elapsed < when.after) return spare('before')
    if (when.lasts < Infinity && (elapsed < when.after || elapsed >= when.after + when.lasts)) return spare('over')
    tally = { ...tally, counted: tally.counted + 1 }
    if (tally.counted <= when.skip) return spare('skip')
    if ((tally.counted - when.skip) % when.every !== 0) return spare('every')
    if (tally.taken >= rule.times) return spare('spent')
    if (when.probability < 1 && this.#sources.random() >= when.probability) return spare('chance')

    const step = steps[tally.taken % steps.length]!
    if (step !== 'pass' && step.effect?.kind === 'rateLimit') {
      const { window, quota } = countIn(tally.rate, now, step.effect.limit, step.effect.window)
      tally = { ...tally, rate: window }
      if (!quota.over) {
        spare('quota')
        return { by: id, decision: { id, delay: 0, effect: { kind: 'quota', quota } } }
      }
      return { by: id, decision: this.#hit(entry, tally, step, { kind: 'quota', quota }) }
    }
    if (step === 'pass') {
      tally = { ...tally, taken: tally.taken + 1 }
      spare('pass')
      return by
    }
    return { by: id, decision: this.#hit(entry, tally, step, step.effect) }
  }

  #hit(entry: Entry, tally: Tally, { delay }: Exclude<Step, 'pass'>, effect: Effect | Decision['effect']): Decision {
    const { miss: _miss, spared: _spared, ...counts } = tally
    entry.tally = { ...counts, taken: tally.taken + 1, hits: tally.hits + 1 }
    return { id: entry.rule.id, delay: drawDelay(delay, this.#sources.random), effect: effect as Decision['effect'] }
  }

  #reason(entry: Entry): string {
    return reasonOf(entry.rule, entry.tally, this.#seen.values())
  }

  #shown(entry: Entry): ArmedRule {
    const { rule, tally } = entry
    const { hits, matched } = tally
    const given = structuredClone(rule.given)
    return { ...given, id: rule.id, hits, matched, ...(hits > 0 ? {} : { nearestMiss: this.#reason(entry) }) }
  }
}
