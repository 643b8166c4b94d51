import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, type MockOptions, type Seed } from '../../src/index.ts'
import { checkFile } from '../../src/seed/check.ts'
import { describeDoors } from '../mock/doors.ts'
import { EMAIL, withTrait } from '../support.ts'

type Profile = MockOptions['profile']

const refusal = async (schema: unknown, profile: Profile = 'documented'): Promise<readonly string[]> => {
  try {
    await using _ = await createMock({ seed: { schemas: { s: schema } } as Seed, profile })
    return []
  } catch (error) {
    return (error as Error).message.split('\n')
  }
}

const kratos = (config: unknown): object => withTrait({ type: 'string', 'ory.sh/kratos': config })

const A = '/schemas/s/properties/traits/properties/a'
const K = `${A}/ory.sh~1kratos`

describe('a schema that Kratos would not start with is refused:', () => {
  test.each<[string, unknown, string]>([
    ['no properties', {}, '/schemas/s: expected "properties" with "traits", found nothing'],
    [
      'no traits',
      { properties: { trait: { properties: { a: {} } } } },
      '/schemas/s/properties: expected "traits", the JSON Schema of the traits, found {"trait":{"properties":{"a":{}}}}',
    ],
    [
      'traits without one',
      { properties: { traits: { type: 'object' } } },
      '/schemas/s/properties/traits: expected "properties" with at least one trait, found {"type":"object"}',
    ],
    [
      'traits of another type',
      { properties: { traits: { type: 'array', properties: { a: {} } } } },
      '/schemas/s/properties/traits/type: expected "object", found "array"',
    ],
    ['a trait that is no object', withTrait(true), `${A}: expected an object, the JSON Schema of a trait, found true`],
    [
      'a misspelt type',
      withTrait({ type: 'strnig' }),
      `${A}/type: expected "array", "boolean", "integer", "null", "number", "object", "string" (did you mean "string"?), found "strnig"`,
    ],
    [
      'a misspelt type among others',
      withTrait({ type: ['null', 'nubmer'] }),
      `${A}/type/1: expected "array", "boolean", "integer", "null", "number", "object", "string" (did you mean "number"?), found "nubmer"`,
    ],
    [
      'a misspelt credential',
      kratos({ credentials: { pasword: { identifier: true } } }),
      `${K}/credentials/pasword: expected a known property (did you mean "password"?), found unknown property "pasword"`,
    ],
    [
      'a way that does not exist',
      kratos({ verification: { via: 'mail' } }),
      `${K}/verification/via: expected "email", "sms" (did you mean "email"?), found "mail"`,
    ],
    [
      'a flag that is none',
      kratos({ credentials: { code: { identifier: 'yes' } } }),
      `${K}/credentials/code/identifier: expected true or false, found "yes"`,
    ],
    [
      'a misspelt extension',
      withTrait({ 'ory.sh/krato': {} }),
      `${A}/ory.sh~1krato: expected "ory.sh/kratos", found unknown property "ory.sh/krato"`,
    ],
    [
      'a verified trait of a format that cannot be',
      withTrait({ format: 'uri', 'ory.sh/kratos': { verification: { via: 'email' } } }),
      `${A}/format: expected "email", "tel", "date", "time", "date-time", "no-validate", found "uri"`,
    ],
    [
      'a pattern that looks ahead',
      withTrait({ pattern: '^(?=.*x).*$' }),
      `${A}/pattern: expected a regular expression of Go, found "^(?=.*x).*$", invalid or unsupported Perl syntax: \`(?=\``,
    ],
    [
      'a pattern that repeats too often',
      withTrait({ pattern: 'a{1,1001}' }),
      `${A}/pattern: expected a regular expression of Go, found "a{1,1001}", invalid repeat count: \`{1,1001}\``,
    ],
    [
      'a pattern of names that is none',
      withTrait({ patternProperties: { '(': {} } }),
      `${A}/patternProperties/(: expected a regular expression of Go, found "(", missing closing ): \`(\``,
    ],
    [
      'a length below nothing',
      withTrait({ minLength: -1 }),
      `${A}/minLength: expected a whole number from 0 up, found -1`,
    ],
    [
      'what is required by half',
      withTrait({ required: ['a', 'a'] }),
      `${A}/required: expected an array of strings, none of them twice, found ["a","a"]`,
    ],
    ['an empty choice', withTrait({ anyOf: [] }), `${A}/anyOf: expected at least one JSON Schema, found []`],
    [
      'a limit of draft 4',
      withTrait({ exclusiveMinimum: true }),
      `${A}/exclusiveMinimum: expected a number, found true`,
    ],
  ])('%s', async (_name, schema, expected) => {
    expect(await refusal(schema)).toEqual([expected])
  })

  test('all flaws of all schemas at once, with those of the rest of the fixture', async () => {
    const schemas = {
      one: withTrait({ type: 'strnig', pattern: '(', 'ory.sh/kratos': { recover: {} } }),
      two: {},
    }
    const seed = { schemas, identities: [{ stat: 'active' }] } as unknown as Seed
    await expect(createMock({ seed })).rejects.toMatchObject({
      problems: [
        { pointer: '/identities/0/stat' },
        { pointer: '/schemas/one/properties/traits/properties/a/type' },
        { pointer: '/schemas/one/properties/traits/properties/a/pattern' },
        { pointer: '/schemas/one/properties/traits/properties/a/ory.sh~1kratos/recover' },
        { pointer: '/schemas/two' },
      ],
    })
  })

  test('in a file, with line and column, by `check` too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ory-schemas-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'people.yaml')
    const lines = [
      'schemas:',
      '  s:',
      '    properties:',
      '      traits:',
      '        properties:',
      '          a: { type: objekt }',
    ]
    await writeFile(file, lines.join('\n'))
    const { problems } = await checkFile(file)
    expect(problems).toEqual([expect.stringContaining(`${file}:6:16 ${A}/type: expected`)])
    expect(problems[0]).toContain('found "objekt"')
    await expect(createMock({ seed: file })).rejects.toThrow(problems[0]!)
  })
})

const everything = {
  credentials: {
    password: { identifier: true },
    webauthn: { identifier: true },
    passkey: { display_name: true },
    totp: { account_name: true },
    code: { identifier: true, via: 'email' },
  },
  verification: { via: 'email' },
  recovery: { via: 'email' },
}

describe('nothing that Kratos starts with is refused:', () => {
  const profiles: readonly Profile[] = ['documented', 'kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3']

  test.each(profiles)('all of ory.sh/kratos, by %s', async (profile) => {
    expect(await refusal(kratos(everything), profile)).toEqual([])
  })

  test('recovery by SMS and organizations, since 25.4', async () => {
    const newer = kratos({ recovery: { via: 'sms' }, organizations: { matcher: 'email_domain' } })
    for (const profile of profiles.slice(0, 3)) expect(await refusal(newer, profile)).toEqual([])
    expect(await refusal(newer, 'kratos-1.3')).toEqual([
      `${K}/recovery/via: expected "email", found "sms"`,
      `${K}/organizations: expected one of credentials, verification, recovery, found unknown property "organizations"`,
    ])
  })

  test.each<[string, unknown]>([
    ['unknown keywords', withTrait({ type: 'string', widget: 'x', enumNames: [], 'ui:order': 1 })],
    [
      'every keyword of draft 7',
      {
        $id: 'https://example.test/a.json',
        $schema: 'http://json-schema.org/draft-07/schema#',
        $comment: '',
        definitions: { b: true },
        type: 'object',
        properties: {
          traits: {
            type: 'object',
            properties: {
              a: {
                type: ['string', 'null'],
                title: 'A',
                description: '',
                default: null,
                readOnly: true,
                examples: [1],
                pattern: '^a',
                minLength: 0,
                maxLength: 9,
                format: 'nothing-known',
                const: 1,
                enum: [1, '1'],
                contentMediaType: 'a/b',
                contentEncoding: 'base64',
              },
              b: { $ref: '#/definitions/b' },
              c: {
                items: [{}, true],
                additionalItems: false,
                minItems: 1,
                maxItems: 2,
                uniqueItems: true,
                contains: {},
              },
              d: { multipleOf: 0.1, minimum: -1, maximum: 1e3, exclusiveMinimum: 0, exclusiveMaximum: 1 },
              e: {
                minProperties: 0,
                maxProperties: 1,
                propertyNames: {},
                patternProperties: { '^[[:alpha:]]+\\z': {} },
                additionalProperties: {},
                dependencies: { a: ['b'], b: {} },
                required: [],
              },
              f: JSON.parse('{"allOf":[{}],"anyOf":[true],"oneOf":[{}],"not":{},"if":{},"then":{},"else":{}}'),
            },
          },
        },
      },
    ],
    [
      'an extension on what stands inside a trait',
      withTrait({ type: 'array', items: { 'ory.sh/kratos': everything } }),
    ],
    [
      'a trait that is named like a keyword',
      { properties: { traits: { properties: { pattern: {}, type: {}, required: {} } } } },
    ],
    ['a reference that only use would follow', withTrait({ $ref: 'https://example.test/other.json' })],
  ])('%s', async (_name, schema) => {
    expect(await refusal(schema)).toEqual([])
  })

  test('and whatever stands in place of a keyword is refused or works, never a crash', async () => {
    const keywords = [
      'type',
      'pattern',
      'items',
      'enum',
      'required',
      'dependencies',
      'format',
      'ory.sh/kratos',
      'allOf',
      '$ref',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...keywords), fc.jsonValue(), async (keyword, value) => {
        const lines = await refusal(withTrait({ [keyword]: value }))
        for (const line of lines) expect(line).toMatch(/^\/schemas\/s\/properties\/traits\/properties\/a/)
      }),
      { numRuns: 60 },
    )
  })
})

describeDoors('A schema that Kratos would not start with', (start) => {
  test('is refused when it is seeded, and leaves the mock as it was', async () => {
    await using ory = await start({ seed: { schemas: { default: EMAIL } } })
    const seed = { schemas: { s: withTrait({ type: 'objekt' }) } }
    await expect(ory.seed(seed)).rejects.toThrow(`${A}/type: expected`)
    const answer = await ory.fetch(`${ory.url}/_mock/seed`, { method: 'POST', body: JSON.stringify(seed) })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('did you mean \\"object\\"?')])
    expect((await ory.fetch(`${ory.publicUrl}/schemas/s`)).status).toBe(404)
  })
})
