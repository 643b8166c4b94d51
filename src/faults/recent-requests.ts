import type { Facts } from './facts.ts'
import { later } from './match.ts'
import type { Rule } from './read-rule.ts'

/** How many requests are remembered, and the longest path, query or header of one that is. */
const MOST = 256
const LONGEST = 4096

/** What rules asked for in requests that came lately: where a rule that never fired finds its nearest miss. */
export class RecentRequests {
  readonly #kept: Facts[] = []
  #next = 0
  #headers: readonly string[] = []
  #asked = { identity: false, session: false, flow: false, later: false }

  /** Remembers from now on what these rules ask for. */
  watch(rules: readonly Rule[]): void {
    this.#headers = [...new Set(rules.flatMap(({ match }) => match.header.map(([name]) => name)))]
    this.#asked = {
      identity: rules.some(({ match }) => match.identity !== undefined),
      session: rules.some(({ match }) => match.session !== undefined),
      flow: rules.some(({ match }) => match.flow !== undefined),
      later: rules.some(({ matchers }) => matchers.includes(later)),
    }
  }

  /** Whether any of these rules asks for a header. */
  get asksForHeaders(): boolean {
    return this.#headers.length > 0
  }

  /** Keeps what was asked for: facts that hold nothing of their request as they are, or else a copy of those that do. */
  add(facts: Facts, isFree: boolean): void {
    const { operation, method, path, sentPath, query } = facts
    if (path.length > LONGEST || sentPath.length > LONGEST || query.length > LONGEST) return
    if (isFree && !this.asksForHeaders) {
      this.#put(facts)
      return
    }
    const headers =
      this.#headers.length === 0
        ? undefined
        : new Map(this.#headers.map((name) => [name, facts.header(name)?.slice(0, LONGEST)]))
    this.#put({
      operation,
      method,
      path,
      sentPath,
      query,
      later: this.#asked.later && facts.later,
      identity: this.#asked.identity ? facts.identity : undefined,
      session: this.#asked.session ? facts.session : undefined,
      flow: this.#asked.flow ? facts.flow : undefined,
      header: (name) => headers?.get(name),
    })
  }

  #put(facts: Facts): void {
    this.#kept[this.#next] = facts
    this.#next = (this.#next + 1) % MOST
  }

  clear(): void {
    this.#kept.length = 0
    this.#next = 0
  }

  /** In no order. */
  all(): readonly Facts[] {
    return this.#kept
  }
}
