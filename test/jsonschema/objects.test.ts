import { expect, test } from 'vitest'
import { memberOf, membersByKey, type JsonNode } from '../../src/go/json-parse.ts'
import { CompiledSchema } from '../../src/jsonschema/compiled-schema.ts'
import { objectViolations } from '../../src/jsonschema/validate-object.ts'

const MEMBERS = 500

const any = new CompiledSchema('any')

const schemas: readonly (readonly [string, Partial<CompiledSchema>])[] = [
  ['additionalProperties', { additionalProperties: any }],
  ['patternProperties', { patternProperties: [[{ source: '^k', test: (name) => name.startsWith('k') }, any]] }],
]

test.each(schemas)('%s looks at each of many members a few times, not at all of them for each', (_keyword, parts) => {
  let looks = 0
  const members = Array.from({ length: MEMBERS }, (_, n) => ({
    get key() {
      looks++
      return `k${n}`
    },
    value: { kind: 'null', raw: 'null' } as const,
  }))
  const applied: JsonNode[] = []
  const schema = Object.assign(new CompiledSchema(undefined), parts)
  objectViolations(schema, { kind: 'object', raw: '', members }, (_by, value) => void applied.push(value), [])
  expect(applied.length).toBe(MEMBERS)
  expect(looks).toBeLessThan(10 * MEMBERS)
})

test('an object of many members is indexed once, also where most of them have one name', () => {
  const value: JsonNode = { kind: 'null', raw: 'null' }
  const node = {
    kind: 'object',
    raw: '',
    members: Array.from({ length: MEMBERS }, () => ({ key: 'k', value })),
  } as const
  expect(membersByKey(node)).toBe(membersByKey(node))
  expect(memberOf(node, 'k')).toBe(value)
})
