import { bytesOf } from '../go/bytes.ts'
import { operations, type OperationId } from '../model/operations.ts'
import type { Facts } from './facts.ts'
import type { Effect } from './effect.ts'
import { pathTest } from '../model/wildcard.ts'

/** A match that was read: ids canonical, header names in lower case. */
export interface Match {
  /** Any of these. */
  readonly operations?: readonly OperationId[] | undefined
  readonly methods?: readonly string[] | undefined
  readonly path?: string | undefined
  readonly identity?: string | undefined
  readonly session?: string | undefined
  readonly flow?: string | undefined
  readonly query: readonly (readonly [name: string, value: string | boolean])[]
  readonly header: readonly (readonly [name: string, value: string | boolean])[]
}

/** One thing that a rule asks of a request. */
export interface Matcher {
  /** As in the rule: `identity`, `query.page_token`. */
  readonly name: string
  readonly wants: string
  holds(facts: Facts): boolean
  found(facts: Facts): string | undefined
}

const among = (name: 'operation' | 'method' | 'identity' | 'session' | 'flow', wanted: readonly string[]): Matcher => ({
  name,
  wants: wanted.join(' or '),
  holds: (facts) => wanted.includes(facts[name]!),
  found: (facts) => facts[name],
})

const wording = (value: string | boolean): string => (value === true ? 'any value' : value === false ? 'none' : value)

const LISTS: ReadonlySet<string> = new Set(operations.flatMap(({ id, lists }) => (lists === undefined ? [] : [id])))

const listing: Matcher = {
  name: 'effect.page',
  wants: 'GET of a list',
  holds: ({ operation, method }) => operation !== undefined && method === 'GET' && LISTS.has(operation),
  found: ({ operation, method }) => `${method} of ${operation ?? 'no operation'}`,
}
export const later: Matcher = {
  name: 'effect.page',
  wants: 'a page after the first',
  holds: (facts) => facts.later,
  found: () => 'the first',
}
const withToken: Matcher = {
  name: 'effect.page',
  wants: 'a page_token',
  holds: ({ query }) => query.all('page_token').some((token) => token !== ''),
  found: () => undefined,
}

const withBody: Matcher = {
  name: 'effect.body',
  wants: 'an answer with a body',
  holds: ({ method }) => method !== 'HEAD',
  found: () => 'HEAD',
}

/**
 * What effects themselves ask for: lies about pages a list, some of them a page that follows another, and what
 * is done to a body a body. A sequence asks what all of its steps do.
 */
const effectMatchers = (effects: readonly (Effect | undefined)[]): readonly Matcher[] => {
  const kinds = effects.map((effect) => effect?.kind)
  if (kinds.every((kind) => kind === 'cut' || kind === 'slow' || kind === 'body')) return [withBody]
  if (!kinds.includes('page')) return []
  const [first] = effects
  if (effects.length > 1 || first?.kind !== 'page') return [listing]
  if (first.how === 'expire-token') return [listing, withToken]
  return first.how === 'repeat' || first.how === 'duplicate' ? [listing, later] : [listing]
}

/** All that a rule asks of a request, the cheapest first. */
export const matchersOf = (match: Match, effects: readonly (Effect | undefined)[]): readonly Matcher[] => {
  const { operations: ids, methods, path, identity, session, flow } = match
  const matchers: Matcher[] = []
  if (ids !== undefined) matchers.push(among('operation', ids))
  if (methods !== undefined) matchers.push(among('method', methods))
  matchers.push(...effectMatchers(effects))
  if (path !== undefined) {
    const test = pathTest(path)
    matchers.push({
      name: 'path',
      wants: path,
      holds: (facts) => test(facts.path) || (facts.sentPath !== facts.path && test(facts.sentPath)),
      found: (facts) => facts.path,
    })
  }
  if (identity !== undefined) matchers.push(among('identity', [identity]))
  if (session !== undefined) matchers.push(among('session', [session]))
  if (flow !== undefined) matchers.push(among('flow', [flow]))
  for (const [name, value] of match.query) {
    const key = bytesOf(name)
    const wanted = typeof value === 'string' ? bytesOf(value) : value
    matchers.push({
      name: `query.${name}`,
      wants: wording(value),
      holds: ({ query }) => (typeof wanted === 'string' ? query.all(key).includes(wanted) : query.has(key) === wanted),
      found: ({ query }) => (query.has(key) ? query.all(key).join(', ') : undefined),
    })
  }
  for (const [name, value] of match.header) {
    matchers.push({
      name: `header.${name}`,
      wants: wording(value),
      holds: (facts) => {
        const found = facts.header(name)
        return typeof value === 'string' ? found === value : (found !== undefined) === value
      },
      found: (facts) => facts.header(name),
    })
  }
  return matchers
}
