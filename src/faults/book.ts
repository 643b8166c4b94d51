import type { Facts } from './facts.ts'
import { Found } from '../model/flaw.ts'
import { missOf, reasonOf, requestLine, wantsOf } from './nearest-miss.ts'
import { BadFaultRules, type Problem } from './problem.ts'
import type { Rule } from './read-rule.ts'
import { readRules } from './read-rules.ts'
import { RecentRequests } from './recent-requests.ts'
import type { ArmedRule, UnfiredRule } from './rule.ts'
import { RuleIndex } from './rule-index.ts'
import { take, type Decision, type FaultSources } from './take.ts'
import { freshTally, type Tally } from './tally.ts'

interface Entry {
  readonly rule: Rule
  tally: Tally
}

/** What a rule was to match, in words, and where it was armed. */
export interface RuleOrigin {
  readonly wants: string
  readonly from: string | undefined
}

/** All that a book holds. Immutable. */
export interface FaultState {
  readonly entries: readonly Readonly<Entry>[]
  readonly next: number
}

/** The armed rules of a project, in the order in which they were added, and how often each fired. */
export class FaultBook {
  readonly #sources: FaultSources
  readonly #recent = new RecentRequests()
  #entries: readonly Entry[] = []
  #next = 1
  /** By operation, or for requests of none; made when the first such request comes. */
  readonly #indexes = new Map<string | undefined, RuleIndex<Entry>>()

  constructor(sources: FaultSources) {
    this.#sources = sources
  }

  /** Another value whenever a rule was added or removed. */
  get arming(): unknown {
    return this.#entries
  }

  /** Whether any rule is armed. */
  get armed(): boolean {
    return this.#entries.length > 0
  }

  /**
   * Arms a rule. @throws BadFaultRules with every problem, and arms nothing.
   * @param from where that was asked for: a file, or a place in one.
   */
  add(rule: unknown, from?: string): ArmedRule {
    return this.#arm([rule], () => '', from)[0]!
  }

  /** Arms several rules, or none of them. @throws BadFaultRules; its pointers begin with the rule's index. */
  addAll(rules: readonly unknown[], from?: string): readonly ArmedRule[] {
    return this.#arm(rules, (index) => `/${index}`, from)
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

  /** What a rule was to match, in words, and where it was armed. */
  origin(id: string): RuleOrigin | undefined {
    const rule = this.#entries.find((entry) => entry.rule.id === id)?.rule
    return rule === undefined ? undefined : { wants: wantsOf(rule), from: rule.from }
  }

  /** Whether the rule of an id is the very one that a state holds. */
  isOf(state: FaultState, id: string): boolean {
    const held = state.entries.find(({ rule }) => rule.id === id)?.rule
    return held !== undefined && this.#entries.some(({ rule }) => rule === held)
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
    this.#recent.clear()
  }

  /** Whether any rule asks for a header. */
  get asksForHeaders(): boolean {
    return this.#recent.asksForHeaders
  }

  /** Whether any rule matches a request, be it due or not. Counts nothing. @param facts hold nothing of the request. */
  concerns(facts: Facts): boolean {
    return this.#candidates(facts, true).some((entry) => this.#matches(entry, facts))
  }

  /** What the first rule that matches and is due makes of a request; asking counts as the request. */
  decide(facts: Facts): Decision | undefined {
    let by: Rule | undefined
    let decision: Decision | undefined
    for (const entry of this.#candidates(facts, false)) {
      if (by === undefined) {
        if (!this.#matches(entry, facts)) continue
        const taken = take(entry.rule, entry.tally, facts, this.#sources)
        entry.tally = taken.tally
        decision = taken.decision
        if (taken.due) by = entry.rule
      } else if (entry.tally.hits === 0 && entry.rule.matchers.every((matcher) => matcher.holds(facts))) {
        entry.tally = { ...entry.tally, spared: { why: 'earlier', id: by.id, request: requestLine(facts) } }
      }
    }
    return decision
  }

  #arm(
    given: readonly unknown[],
    pointerOf: (index: number) => string,
    from: string | undefined,
  ): readonly ArmedRule[] {
    const problems = new Found<Problem>()
    let next = this.#next
    const ids = this.#entries.map(({ rule }) => rule.id)
    const freshId = (): string => `fault-${next++}`
    const rules = readRules(given, pointerOf, ids, freshId, problems)
    if (problems.count > 0) throw new BadFaultRules(problems.first, problems.count)
    const since = this.#sources.now()
    const added = rules.map((rule): Entry => ({ rule: { ...rule, from }, tally: freshTally(since) }))
    this.#set([...this.#entries, ...added])
    this.#next = next
    return added.map((entry) => this.#shown(entry))
  }

  #set(entries: readonly Entry[]): void {
    this.#entries = entries
    this.#indexes.clear()
    this.#recent.watch(entries.map(({ rule }) => rule))
    if (entries.length === 0) this.#recent.clear()
  }

  #candidates(facts: Facts, isFree: boolean): readonly Entry[] {
    this.#recent.add(facts, isFree)
    const { operation } = facts
    let index = this.#indexes.get(operation)
    if (index === undefined) {
      const ofIt = ({ rule }: Entry): boolean => rule.match.operations?.includes(operation!) ?? true
      index = new RuleIndex(this.#entries.filter(ofIt))
      this.#indexes.set(operation, index)
    }
    return index.find(facts)
  }

  #matches(entry: Entry, facts: Facts): boolean {
    const { matchers } = entry.rule
    let count = 0
    for (const matcher of matchers) if (!matcher.holds(facts)) count++
    if (count === 0) return true
    if (entry.tally.hits === 0 && count < (entry.tally.miss?.failed ?? Infinity)) {
      const failed = matchers.filter((matcher) => !matcher.holds(facts))
      entry.tally = { ...entry.tally, miss: missOf(matchers, failed, facts) }
    }
    return false
  }

  #reason(entry: Entry): string {
    return reasonOf(entry.rule, entry.tally, this.#recent.all())
  }

  #shown(entry: Entry): ArmedRule {
    const { rule, tally } = entry
    const { hits, matched } = tally
    const given = structuredClone(rule.given)
    return { ...given, id: rule.id, hits, matched, ...(hits > 0 ? {} : { nearestMiss: this.#reason(entry) }) }
  }
}
