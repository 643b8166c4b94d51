import { expect, test } from 'vitest'
import type { JsonNode } from '../../src/go/json-parse.ts'
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
