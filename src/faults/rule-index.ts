import { bytesOf } from '../go/bytes.ts'
import type { Facts } from './facts.ts'
import type { Rule } from './read-rule.ts'

/** Rules that ask one thing of a request for one exact value, by that value. */
interface Keyed<E> {
  readonly valuesOf: (facts: Facts) => string | undefined | readonly string[]
  readonly byValue: Map<string, E[]>
}

/** What a rule can be found by: the name of the thing that it asks for, how to read it, and the values that it takes. */
type Key = readonly [name: string, valuesOf: Keyed<never>['valuesOf'], values: readonly string[]]

/** The first exact value that a rule asks for, the most telling one first. */
const keyOf = ({ match }: Rule): Key | undefined => {
  const { identity, session, flow, path, methods } = match
  if (identity !== undefined) return ['identity', (facts) => facts.identity, [identity]]
  if (session !== undefined) return ['session', (facts) => facts.session, [session]]
  if (flow !== undefined) return ['flow', (facts) => facts.flow, [flow]]
  if (path?.includes('*') === false) {
    return ['path', (facts) => (facts.path === facts.sentPath ? facts.path : [facts.path, facts.sentPath]), [path]]
  }
  for (const [name, value] of match.query) {
    const key = bytesOf(name)
    if (typeof value === 'string') return [`query ${name}`, ({ query }) => query.all(key), [bytesOf(value)]]
  }
  for (const [name, value] of match.header) {
    if (typeof value === 'string') return [`header ${name}`, (facts) => facts.header(name), [value]]
  }
  return methods === undefined ? undefined : ['method', (facts) => facts.method, methods]
}

const joined = <E>(found: readonly E[], more: readonly E[] | undefined): readonly E[] => {
  if (more === undefined) return found
  return found.length === 0 ? more : [...new Set([...found, ...more])]
}

/**
 * Finds the few of many rules that can match a request, so that the others cost it nothing.
 * What it finds must still be matched; what it leaves out never would.
 */
export class RuleIndex<E extends { readonly rule: Rule }> {
  readonly #keyed = new Map<string, Keyed<E>>()
  /** Rules without an exact value, by their operation, or for any. */
  readonly #others: E[] = []
  readonly #order: ReadonlyMap<E, number>

  constructor(entries: readonly E[]) {
    this.#order = new Map(entries.map((entry, at) => [entry, at]))
    for (const entry of entries) {
      const key = keyOf(entry.rule)
      if (key === undefined) {
        this.#others.push(entry)
        continue
      }
      const [name, valuesOf, values] = key
      const keyed = this.#keyed.get(name) ?? { valuesOf, byValue: new Map<string, E[]>() }
      this.#keyed.set(name, keyed)
      for (const value of new Set(values)) {
        const there = keyed.byValue.get(value)
        if (there === undefined) keyed.byValue.set(value, [entry])
        else there.push(entry)
      }
    }
  }

  /** In the order in which they were added. */
  find(facts: Facts): readonly E[] {
    let found: readonly E[] = this.#others
    for (const { valuesOf, byValue } of this.#keyed.values()) {
      const values = valuesOf(facts)
      if (values === undefined) continue
      if (typeof values === 'string') found = joined(found, byValue.get(values))
      else for (const value of values) found = joined(found, byValue.get(value))
    }
    if (found === this.#others) return found
    return found.toSorted((a, b) => this.#order.get(a)! - this.#order.get(b)!)
  }
}
