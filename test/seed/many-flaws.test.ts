import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { withTrait } from '../support.ts'

/** So many that whatever looks at all of them for each of them is not over within the time of a test. */
const MANY = 30_000

const many = <T>(make: (n: number) => T): T[] => Array.from({ length: MANY }, (_, n) => make(n))
const named = (make: (n: number) => unknown): object => Object.fromEntries(many((n) => [`k${n}`, make(n)]))

const ofTraits = (traits: object): object => ({ type: 'object', properties: { traits: { type: 'object', ...traits } } })
const GOOD = withTrait({ type: 'string' })
const encoded = (schema: object): string => `base64://${btoa(JSON.stringify(schema))}`

/** An identity of a schema, which has this for its traits. */
const identityOf = (schema: object, traits: unknown): object => ({
  seed: { schemas: { default: schema }, identities: [{ traits }] },
})
const ofConfig = (entry: (n: number) => unknown): object => ({ config: { identity: { schemas: many(entry) } } })

const refusal = async (options: object): Promise<string> => {
  try {
    await createMock({ seed: {}, ...options } as MockOptions)
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}

describe('of many flaws a hundred are told, and all are counted', () => {
  const MORE = MANY - 100
  test.each<[string, () => object, number]>([
    ['schemas that are none', () => ({ seed: { schemas: named(() => 5) } }), MORE],
    ['schemas in a list that are none', () => ({ seed: { schemas: many(() => 5) } }), MORE],
    ['schemas that Kratos does not start with', () => ({ seed: { schemas: named(() => ({})) } }), MORE],
    ['schemas of one id', () => ({ seed: { schemas: many(() => ({ id: 'a', schema: GOOD })) } }), MORE - 1],
    ['schemas of no file', () => ({ seed: { schemas: named((n) => `file:///no/such/${n}.json`) } }), MORE],
    [
      'traits of one schema',
      () => ({ seed: { schemas: { default: ofTraits({ properties: named(() => ({ type: 'strin' })) }) } } }),
      MORE,
    ],
    [
      'unknown words of one extension',
      () => ({ seed: { schemas: { default: withTrait({ 'ory.sh/kratos': named(() => 1) }) } } }),
      MORE,
    ],
    ['fixtures', () => ({ seed: many(() => ({ identities: [5] })) }), MORE],
    [
      'identities of schemas that there are not',
      () => ({ seed: { schemas: named(() => GOOD), identities: many((n) => ({ schema_id: `z${n}` })) } }),
      MORE,
    ],
    ['schemas of a configuration that are none', () => ofConfig(() => 5), MORE],
    ['schemas of a configuration of one id', () => ofConfig(() => ({ id: 'default', url: encoded(GOOD) })), MORE - 1],
    [
      'schemas of a configuration of no file',
      () => ofConfig((n) => ({ id: `k${n}`, url: 'file://no.json' })),
      MORE + 1,
    ],
    [
      'flaws of one schema of a configuration',
      () => ({
        config: {
          identity: {
            schemas: [{ id: 'default', url: encoded(ofTraits({ properties: named(() => ({ type: 'strin' })) })) }],
          },
        },
      }),
      MORE,
    ],
  ])('%s', async (_what, options, more) => {
    const lines = (await refusal(options())).split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([101, `… and ${more} more`])
  })

  const string = { type: 'string' }
  test.each<[string, object, () => unknown]>([
    [
      'of additional properties',
      ofTraits({ properties: { a: string }, additionalProperties: string }),
      () => named(() => 1),
    ],
    ['of items', withTrait({ type: 'array', items: string }), () => ({ a: many(() => 1) })],
    ['of what is contained', withTrait({ type: 'array', contains: string }), () => ({ a: many(() => 1) })],
    ['of items that are equal', withTrait({ type: 'array', uniqueItems: true }), () => ({ a: many(() => 1) })],
    [
      'of an enumeration',
      withTrait({ type: 'array', items: { enum: many((n) => n) } }),
      () => ({ a: many((n) => `${n}`) }),
    ],
    ['of properties', ofTraits({ properties: named(() => string) }), () => named(() => 1)],
  ])('in one identity: violations %s', async (_what, schema, traits) => {
    const text = await refusal(identityOf(schema, traits()))
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^\/identities\/0\/traits: expected traits that the schema takes, found I\[#\/traits/)
    expect([lines.length, lines.at(-1)]).toEqual([101, expect.stringMatching(/^… and \d+ more$/)])
    expect(text.length).toBeLessThan(200_000)
  })

  test.each<[string, object, () => unknown]>([
    ['too many', ofTraits({ properties: { a: string }, additionalProperties: false }), () => named(() => 1)],
    ['too few', ofTraits({ properties: { a: string }, required: many((n) => `r${n}`) }), () => named(() => 1)],
  ])('in one identity: %s properties, of which the first are named', async (_what, schema, traits) => {
    const text = await refusal(identityOf(schema, traits()))
    expect(text).toMatch(/"k1",|"r1",/)
    expect(text.length).toBeLessThan(2000)
  })
})

describe('many of what is right are taken', () => {
  const string = { type: 'string' }
  test.each<[string, () => object]>([
    ['schemas', () => ({ seed: { schemas: named(() => GOOD), identities: many((n) => ({ schema_id: `k${n}` })) } })],
    ['unknown schemas of identities', () => ({ seed: { identities: many((n) => ({ schema_id: `k${n}` })) } })],
    [
      'schemas of a configuration, and of a fixture',
      () => ({
        seed: { schemas: named(() => GOOD) },
        config: {
          identity: { default_schema_id: 'k0', schemas: many((n) => ({ id: `k${n}`, url: encoded(GOOD) })) },
        },
      }),
    ],
    ['values of an enumeration', () => ({ seed: { schemas: { default: withTrait({ enum: many((n) => n) }) } } })],
    [
      'properties',
      () =>
        identityOf(
          ofTraits({ properties: named(() => string) }),
          named(() => 'a'),
        ),
    ],
    ['items, each once', () => identityOf(withTrait({ uniqueItems: true }), { a: many((n) => n) })],
    [
      'items of an enumeration',
      () => identityOf(withTrait({ items: { enum: many((n) => n) } }), { a: many((n) => n) }),
    ],
    [
      'addresses in one trait',
      () => {
        const address = { type: 'string', format: 'email', 'ory.sh/kratos': { verification: { via: 'email' } } }
        return identityOf(withTrait({ type: 'array', items: address }), { a: many((n) => `p${n}@example.test`) })
      },
    ],
  ])('%s', async (_what, options) => {
    expect(await refusal(options())).toBe('accepted')
  })
})

describe('a YAML file with many', () => {
  const lines = (make: (n: number) => string): string => many(make).join('\n')
  test.each<[string, () => string, string]>([
    ['keys', () => `identities:\n  - traits:\n${lines((n) => `      k${n}: ${n}`)}`, 'accepted'],
    [
      'keys in braces',
      () => `identities: [{ traits: { ${lines((n) => `k${n}: ${n},`).replaceAll('\n', ' ')} } }]`,
      'accepted',
    ],
    [
      'merges',
      () => `identities:\n  - &a { traits: { b: 1 } }\n${lines(() => '  - { <<: *a }')}`,
      'Excessive alias count',
    ],
    ['errors', () => `a: ${lines(() => '[]').replaceAll('\n', '')}`, ':1:6: expected YAML, found Unexpected'],
  ])('%s is looked through once', async (_what, text, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-many-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'many.yaml')
    writeFileSync(file, text())
    expect(await refusal({ seed: file })).toContain(expected)
  })
})
