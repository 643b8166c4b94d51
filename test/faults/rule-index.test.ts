import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Problem } from '../../src/faults/problem.ts'
import { Found } from '../../src/model/flaw.ts'
import { readRules } from '../../src/faults/read-rules.ts'
import { RuleIndex } from '../../src/faults/rule-index.ts'
import { uuid } from '../support.ts'
import { request } from './book-support.ts'

const id = fc.integer({ min: 1, max: 3 }).map(uuid)
const value = fc.constantFrom('a', 'b')
const path = fc.constantFrom('/admin/identities', '/identities', '/admin/sessions', '/x')

const methods = fc.constantFrom('GET', 'HEAD', 'POST')

const match = fc.record(
  {
    method: fc.oneof(methods, fc.array(methods, { minLength: 1, maxLength: 3 })),
    path: fc.oneof(path, fc.constantFrom('/admin/*', '**/identities', '/*')),
    identity: id,
    session: id,
    query: fc.dictionary(fc.constantFrom('q', 'r'), fc.oneof(value, fc.boolean()), { maxKeys: 2 }),
    header: fc.dictionary(fc.constantFrom('x-a', 'x-b'), fc.oneof(value, fc.boolean()), { maxKeys: 2 }),
  },
  { requiredKeys: [] },
)

const asked = fc.record(
  {
    method: fc.constantFrom('GET', 'HEAD', 'POST'),
    path,
    sentPath: path,
    identity: id,
    session: id,
    query: fc.constantFrom('', 'q=a', 'q=b&q=a', 'r=b', 'q=a&r=a'),
    headers: fc.dictionary(fc.constantFrom('x-a', 'x-b'), value, { maxKeys: 2 }),
  },
  { requiredKeys: [] },
)

test('the index finds every rule that matches, once, in the order in which they were added', () => {
  fc.assert(
    fc.property(fc.array(match, { maxLength: 30 }), asked, (matches, parts) => {
      const given = matches.map((one) => ({ match: one, effect: { status: 503 } }))
      let next = 0
      const problems = new Found<Problem>()
      const rules = readRules(given, String, [], () => `r${next++}`, problems)
      expect(problems.first).toEqual([])
      const facts = request(parts)
      const found = new RuleIndex(rules.map((rule) => ({ rule }))).find(facts).map(({ rule }) => rule)
      const matching = rules.filter(({ matchers }) => matchers.every((matcher) => matcher.holds(facts)))
      expect(found.filter((rule) => matching.includes(rule))).toEqual(matching)
      expect(rules.filter((rule) => found.includes(rule))).toEqual(found)
    }),
    { numRuns: 500 },
  )
})
