import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMock, type Seed } from '../../src/index.ts'
import { EMAIL, uuid, withTrait } from '../support.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ory-seed-'))
})
afterAll(() => rm(folder, { recursive: true }))

const refusal = async (seed: unknown): Promise<string> => {
  try {
    await createMock({ seed: seed as Seed })
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return 'accepted'
}

const inFile = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text)
  return refusal(join(folder, name))
}

describe('a bad fixture', () => {
  test('names every problem of a YAML file with line, column, pointer, expected and found', async () => {
    const text = [
      'identities:',
      '  - traits: { email: a@example.test }',
      '    state: activ',
      '    sessions:',
      '      - expird',
      '      - expire_at: +24h',
      'generate: { identities: -1 }',
    ].join('\n')
    expect((await inFile('team.yaml', text)).split('\n')).toEqual([
      'team.yaml:3:5 /identities/0/state: expected "active", "inactive" (did you mean "active"?), found "activ"',
      expect.stringMatching(/^team\.yaml:5:9 \/identities\/0\/sessions\/0: .*did you mean "expired".*found "expird"$/),
      expect.stringMatching(/^team\.yaml:6:9 \/identities\/0\/sessions\/1\/expire_at: .*did you mean "expires_at"/),
      expect.stringMatching(
        /^team\.yaml:7:13 \/generate\/identities: expected a whole number from 0 to 250000, found -1$/,
      ),
    ])
  })

  test('names the place in a JSON file', async () => {
    expect(await inFile('team.json', '{\n "identities": [\n  { "traits": 5 } ] }')).toBe(
      'team.json:3:5 /identities/0/traits: expected an object, found 5',
    )
  })

  test.each([
    ['broken.json', '{"identities": [', /^broken\.json:1:17: expected JSON/],
    ['broken.yaml', 'identities: [\n', /^broken\.yaml:\d+:\d+: expected YAML/],
    ['empty.json', '', /^empty\.json:1:1: expected JSON/],
    [
      'text.yaml',
      'just words',
      /expected a fixture, an identity, a session, or an array of these, found "just words"$/,
    ],
  ])('says where %s stops being one', async (name, text, expected) => {
    expect(await inFile(name, text)).toMatch(expected)
  })

  test.each([
    ['an alias of nothing', 'identities:\n  - traits: *nobody\n', '2:13', 'Unresolved alias'],
    ['an alias before its anchor', 'sessions: *s\nidentities: &s []\n', '1:11', 'Unresolved alias'],
    [
      'aliases of aliases of aliases',
      ['a: &a [1, 1, 1, 1]', ...'bcdefgh'].reduce(
        (text, to, n) =>
          `${text}\n${to}: &${to} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[n - 1]}`).join(', ')}]`,
      ),
      String.raw`\d+:\d+`,
      'Excessive alias count',
    ],
    [
      'a key that its map has twice',
      'identities: []\nsessions: []\nidentities: []\n',
      '3:1',
      'Map keys must be unique',
    ],
    ['an alias of nothing that is merged', 'identities:\n  - <<: *nobody\n', '2:9', 'Merge sources'],
    ['what is merged and no map', 'identities:\n  - <<: 5\n', '2:9', 'Merge sources'],
    ['a list that is merged with what is no map in it', 'identities:\n  - <<: [{}, 7]\n', '2:14', 'Merge sources'],
  ])('says where %s stands in YAML', async (_what, text, place, found) => {
    expect(await inFile('aliases.yaml', text)).toMatch(
      new RegExp(`^aliases\\.yaml:${place}: expected YAML, found ${found}`),
    )
  })

  test('has no more than a hundred problems told, and says how many more there are', async () => {
    const text = await refusal({ identities: Array.from({ length: 250 }, () => 7) })
    const lines = text.split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([101, '… and 150 more'])
  })

  test('names a file that may have no end', async () => {
    expect(await refusal('/dev/zero')).toContain(
      'expected a file that can be read, found a device, which may have no end',
    )
    expect(await refusal({ schemas: { a: 'file:///dev/zero' } })).toContain('a device, which may have no end')
  })

  test('names a path that is none', async () => {
    expect(await refusal('')).toBe('the fixture: expected the path of a file, found an empty text')
  })

  test('names a file that is not there', async () => {
    expect(await refusal(join(folder, 'none.yaml'))).toBe(
      'none.yaml: expected a file that can be read, found no such file',
    )
  })

  test.each([
    [
      'an unknown identity',
      { sessions: [{ identity_id: uuid(9) }] },
      '/sessions/0/identity_id: expected the id of an identity of the fixture or the mock',
    ],
    [
      'no identity',
      { sessions: [{ active: true }] },
      '/sessions/0/identity_id: expected the id of an identity, found nothing',
    ],
    [
      'a doubled identity',
      { identities: [{ id: uuid(1) }, { id: uuid(1) }] },
      '/identities/1/id: expected an id of its own',
    ],
    [
      'a doubled session',
      { identities: [{ sessions: [{ id: uuid(2) }, { id: uuid(2) }] }] },
      '/identities/0/sessions/1/id: expected an id of its own',
    ],
    [
      'a doubled token',
      { identities: [{ sessions: [{ token: 'a' }, { token: 'a' }] }] },
      '/identities/0/sessions/1/token: expected a token of its own',
    ],
    [
      'a doubled identifier',
      { identities: [1, 2].map((n) => ({ id: uuid(n), credentials: { password: { identifiers: ['a'] } } })) },
      '/identities/1: expected an identifier that no other identity has, found "a"',
    ],
    [
      'traits that the schema refuses',
      { schemas: { default: EMAIL }, identities: [{ traits: { email: 'nope' } }] },
      '/identities/0/traits: expected traits that the schema takes, found I[#/traits/email]',
    ],
    [
      'a schema that refers to nothing',
      {
        schemas: { default: withTrait({ $ref: '#/definitions/none' }) },
        identities: [{ traits: {} }],
      },
      'The identity schema default cannot be used: /properties/traits/properties/a/$ref refers to #/definitions/none',
    ],
    [
      'a credential of no known type',
      { identities: [{ credentials: { pasword: {} } }] },
      '/identities/0/credentials/pasword: expected a type of credential (did you mean "password"?), found "pasword"',
    ],
    [
      'an empty identifier',
      { identities: [{ credentials: { password: { identifiers: [' '] } } }] },
      '/identities/0/credentials/password/identifiers/0: expected a string that is not empty',
    ],
    [
      'a configuration that is none',
      { identities: [{ credentials: { totp: { config: 'otpauth://' } } }] },
      '/identities/0/credentials/totp/config: expected an object, found "otpauth://"',
    ],
    [
      'a version that is none',
      { identities: [{ credentials: { code: { version: 1.5 } } }] },
      '/identities/0/credentials/code/version: expected a whole number from 0 to 100, found 1.5',
    ],
    [
      'a schema without end',
      { schemas: { default: JSON.parse(`${'{"not":'.repeat(1001)}1${'}'.repeat(1001)}`) } },
      '/schemas/default: expected at most 1000 levels',
    ],
    [
      'traits that make an identifier twice',
      {
        schemas: { default: EMAIL },
        identities: [{ traits: { email: 'a@b.example' } }, { traits: { email: 'A@b.example' } }],
      },
      '/identities/1: expected an identifier that no other identity has, found "a@b.example"',
    ],
    ['a bad time', { identities: [{ created_at: 'soon' }] }, '/identities/0/created_at: expected an RFC 3339 time'],
    [
      'a date that does not exist',
      { identities: [{ created_at: '2026-02-30T00:00:00Z' }] },
      '/identities/0/created_at: expected an RFC 3339 time',
    ],
    ['a bad id', { identities: [{ id: 'ada' }] }, '/identities/0/id: expected a UUID, found "ada"'],
    [
      'an unknown property',
      { identites: [], sessions: [] },
      '/identites: expected a known property (did you mean "identities"?)',
    ],
    ['a number', 7, 'the fixture: expected a fixture, an identity, a session, or an array of these, found 7'],
    [
      'bounds the wrong way round',
      { generate: { identities: 1, sessions: { min: 3, max: 1 } } },
      '/generate/sessions/max: expected at least min, 3, found 1',
    ],
  ])('with %s says so', async (_name, seed, expected) => {
    expect(await refusal(seed)).toContain(expected)
  })

  test.each<[string, () => unknown]>([
    [
      'goes round in a circle',
      () => {
        const traits: Record<string, unknown> = {}
        traits['self'] = traits
        return { identities: [{ traits }] }
      },
    ],
    ...Object.entries({
      NaN,
      Infinity,
      'a BigInt': 1n,
      'a Map': new Map(),
      'an invalid Date': new Date(Number.NaN),
      'a function': () => {},
      'a symbol': Symbol('a'),
      'an array with nothing in it': [undefined],
    }).map(([kind, n]): [string, () => unknown] => [`holds ${kind}`, () => ({ identities: [{ traits: { n } }] })]),
  ])('that %s is refused with a message', async (_name, seed) => {
    expect(await refusal(seed())).toContain('expected what JSON can hold')
  })

  test.each<[string, string, RegExp]>([
    ['anchors.yaml', 'a: *nowhere', /^anchors\.yaml:1:4: expected YAML/],
    [
      'deep.json',
      `{"identities":[{"metadata_public":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`,
      /^deep\.json:1:17 \/identities\/0\/metadata_public: expected what JSON can hold, and not too deep, found what is nested deeper than 1000 levels$/,
    ],
    ...Object.entries({ lists: '- ', questions: '? ', brackets: '[', braces: '{a: ', tags: '!a ', values: ': ' }).map(
      ([kind, mark]): [string, string, RegExp] => [
        `${kind}.yaml`,
        `a: 1\nb:\n ${mark.repeat(20_000)}`,
        /\.yaml:3:1: expected YAML, found what is nested deeper than 100 levels$/,
      ],
    ),
    [
      'infinite.yaml',
      'identities:\n  - traits: {n: -.inf}',
      /^infinite\.yaml:2:14 \/identities\/0\/traits\/n: .*found -Infinity$/,
    ],
    ['bom.json', '\ufeff{"identities":[{"state":1}]}', /^bom\.json:1:17 \/identities\/0\/state/],
  ])('such as %s crashes nothing', async (name, text, expected) => {
    expect(await inFile(name, text)).toMatch(expected)
  })

  test('may not ask for more sessions than a process can hold', async () => {
    expect(await refusal({ generate: { identities: 250_000, sessions: 8 } })).toContain(
      'expected at most 1000000 sessions in all',
    )
    expect(await refusal([600, 600].map((sessions) => ({ generate: { identities: 1000, sessions } })))).toContain(
      'expected at most 1000000 sessions in all',
    )
  })

  test('changes nothing, not even the next random id', async () => {
    await using ory = await createMock({ seed: {} })
    await using twin = await createMock({ seed: {} })
    await expect(ory.seed({ identities: [{}, {}], sessions: [{ identity_id: uuid(9) }] })).rejects.toThrow(
      '/sessions/0/identity_id',
    )
    expect(await (await ory.fetch('/admin/identities')).json()).toEqual([])
    expect((await ory.seed({ identities: [{}] })).identities[0]!.id).toBe(
      (await twin.seed({ identities: [{}] })).identities[0]!.id,
    )
  })
})
