import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMock, startMock, type Seed } from '../../src/index.ts'
import { describeDoors } from '../mock/doors.ts'
import { EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ory-at-once-'))
})
afterAll(() => rm(folder, { recursive: true }))

const write = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const refusal = async (seeding: Promise<unknown>): Promise<string> => {
  try {
    await seeding
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return 'accepted'
}

describeDoors('All that is wrong with a fixture is said at once', (start) => {
  const both = async (seed: unknown, given: unknown = {}): Promise<string> => {
    await using ory = await start({ now: NOW, seed: given as Seed })
    return await refusal(ory.seed(seed as Seed))
  }

  test.each([
    [Promise.resolve({ identities: [] }), 'a Promise (is an await missing?)'],
    [new Map([['identities', []]]), 'a Map'],
    [new Date(0), 'a Date'],
  ])('what has no members of its own: %s', async (seed, kind) => {
    await using ory = await start()
    expect(await refusal(ory.seed(seed as never))).toContain(kind)
  })

  test('bad values beside references that lead nowhere', async () => {
    const seed = {
      schemas: { default: EMAIL },
      identities: [
        { id: uuid(1), created_at: 'soon', traits: { email: 'a@b.example' }, sessions: [{ expires_at: 'late' }] },
        { id: uuid(1), schema_id: 'defualt', traits: { email: 'c@b.example' } },
        { id: uuid(2), traits: { email: 'no address' }, sessions: ['active'] },
      ],
      sessions: [{ identity_id: uuid(9) }, { identity_id: uuid(1), issued_at: '-1' }],
    }
    const lines = (await both(seed)).split('\n').filter((line) => line.startsWith('/'))
    expect(new Set(lines.map((line) => line.split(': ')[0]))).toEqual(
      new Set([
        '/identities/0/created_at',
        '/identities/0/sessions/0/expires_at',
        '/identities/1/id',
        '/identities/1/schema_id',
        '/identities/2/traits',
        '/sessions/0/identity_id',
        '/sessions/1/issued_at',
      ]),
    )
  })

  test.each([
    ['one that misspells it', { schemas: { default: EMAIL }, identities: [{ schema_id: 'defualt' }] }, {}],
    ['the built-in one', { schemas: { defaults: EMAIL }, identities: [{ schema_id: 'default' }] }, {}],
    [
      'that of an imported identity',
      { schemas: { default: EMAIL }, identities: [{ create: { schema_id: 'defualt' } }] },
      {},
    ],
    [
      'that of an identity that a session brings along',
      { schemas: { default: EMAIL }, sessions: [{ id: uuid(5), identity: person(1, { schema_id: 'defualt' }) }] },
      {},
    ],
    ['one beside schemas that came before', [{ traits: {}, schema_id: 'defualt' }], { schemas: { default: EMAIL } }],
    [
      'one beside a schema that is none',
      { schemas: { default: 5, other: EMAIL }, identities: [{ schema_id: 'defualt' }] },
      {},
    ],
  ])('a schema_id that names no given schema: %s', async (_name, seed, before) => {
    expect(await both(seed, before)).toMatch(
      /schema_id: expected the id of a given schema \(did you mean "defaults?"\?\), found "(defualt|default)"/,
    )
  })

  test('a schema_id may be any where no schemas are given', async () => {
    expect(await both([person(1, { schema_id: 'customer' })])).toBe('accepted')
    // The answer of a server without its schemas, after one of another.
    expect(await both([person(2, { schema_id: 'employee' })], [person(1, { schema_id: 'customer' })])).toBe('accepted')
  })

  test.each([
    ['+999999999999999999h'],
    [`+${'9'.repeat(400)}d`],
    ['-2027y'],
    ['-800000d'],
    ['0000-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00+00:01'],
    ['9999-12-31T23:59:59-00:01'],
  ])('a time outside the years that can be written: %s', async (time) => {
    const seed = { identities: [{ created_at: time, sessions: [{ expires_at: time }] }] }
    expect((await both(seed)).split('\n')).toEqual([
      expect.stringMatching(/^\/identities\/0\/created_at: expected (a time from year 0001 to 9999|an RFC 3339 time)/),
      expect.stringMatching(/^\/identities\/0\/sessions\/0\/expires_at: expected /),
    ])
  })

  test('a list of sessions that was not expanded', async () => {
    const { identity_id: _, ...bare } = sessionOf(1, 0)
    expect(await both([{ ...bare, identity: null }])).toBe(
      '/0/identity_id: expected the id of an identity (a list of sessions has them with ?expand=identity), found nothing',
    )
  })

  test.each([
    [{ default: 'https://example.test/a.json' }, /\/schemas\/default: .*nothing is fetched.*found "https:/],
    [{ default: 'base64://***' }, /\/schemas\/default: expected base64 behind base64:\/\//],
    [{ default: 'base64://e30gew==' }, /\/schemas\/default: .*no JSON: at 1:4 it has \{ instead of the end/],
    [{ default: 'base64://W10=' }, /\/schemas\/default: .*JSON but no object/],
    [{ default: 'base64:///v8AewB9' }, /\/schemas\/default: .*text in UTF-16 \(save it in UTF-8\)/],
    [{ default: 'schema.json' }, /\/schemas\/default: expected a JSON Schema, or its base64:\/\/ or file:\/\/ URL/],
    [
      { default: 'file:///nowhere/at/all.json' },
      /\/schemas\/default: .*file:\/\/\/nowhere\/at\/all.json.*no such file/,
    ],
    [[{ schema: {} }], /\/schemas\/0\/id: expected the id of a schema, found nothing/],
    [[{ id: 'a', shema: {} }], /\/schemas\/0\/shema: .*did you mean "schema"/],
    [
      [
        { id: 'a', schema: {} },
        { id: 'a', schema: {} },
      ],
      /\/schemas\/1\/id: expected an id of its own, found "a"/,
    ],
    ['default', /\/schemas: expected an object of JSON Schemas by id, or a list of them/],
  ])('schemas such as %j', async (schemas, expected) => {
    const message = await both({ schemas, identities: [{ id: 'bad' }] })
    expect(message).toMatch(expected)
    expect(message).toContain('/identities/0/id: expected a UUID')
  })

  test.each([
    [{ session_token: 'a' }, '/session: expected the session that has the session_token, found nothing'],
    [{ session_token: 5, session: sessionOf(1, 0) }, '/session_token: expected a string, found 5'],
    [
      { session_token: 'a', session: { identity: person(1), token: 'b' } },
      '/session/token: expected the session_token beside the session, a, found "b"',
    ],
    [{ session: { identity: person(1) }, sesion: {} }, '/sesion: expected a known property (did you mean "session"?)'],
    [{ identities: [{ create: {}, patchid: '' }] }, '/identities/0/patchid: expected a known property (did you mean'],
    [{ identities: [{ create: { id: uuid(1) } }] }, '/identities/0/create/id: expected one of schema_id, traits,'],
    [{ identities: [{ create: 5 }] }, '/identities/0/create: expected an identity, found 5'],
    [
      { identities: [{ create: { credentials: { password: { config: { hashed_password: 'x' } } } } }] },
      '/identities/0/create/credentials/password/config/hashed_password: expected a hash in a format that Kratos knows',
    ],
    [
      { identities: [{ create: { credentials: { oidc: { config: { providers: [{ provider: 'github' }] } } } } }] },
      '/identities/0/create/credentials/oidc/config/providers/0/subject: expected a string, found nothing',
    ],
  ])('what is printed but wrong: %j', async (seed, expected) => {
    expect(await both(seed)).toContain(expected)
  })
})

describe('A file', () => {
  const utf16 = (text: string, mark = true): Buffer<ArrayBuffer> =>
    Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  const big = (text: string): Uint8Array => Buffer.from(utf16(text)).swap16()

  test.each([
    ['marked.json', utf16('{}'), /^marked\.json: expected text in UTF-8 \(.*\), found text in UTF-16$/],
    ['bare.json', utf16('{"identities":[]}', false), /^bare\.json: expected text in UTF-8 .*UTF-16$/],
    ['big.yaml', big('identities: []'), /^big\.yaml: expected text in UTF-8 .*UTF-16$/],
    ['wide.yaml', Uint8Array.of(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0), /^wide\.yaml: expected text in UTF-8 .*UTF-32$/],
    [
      'latin.yaml',
      Buffer.from('identities:\n  - traits: { \ufffd: J\u00f6rg }\n', 'latin1'),
      /^latin\.yaml:2:\d+: expected text in UTF-8 .*, found a byte that is no UTF-8$/,
    ],
  ])('%s that holds no UTF-8 is told so, with the remedy', async (name, bytes, expected) => {
    expect(await refusal(createMock({ seed: await write(name, bytes) }))).toMatch(expected)
  })

  test('of UTF-8 names the first byte that is none, behind letters of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 2 }), async (text) => {
        // A file with NUL in it is taken for one of wide letters.
        // oxlint-disable-next-line no-control-regex
        const before = Buffer.from(`# ${text.replaceAll(/[\r\n\0]/g, '')}\ufffd\n# `)
        const message = await refusal(
          createMock({ seed: await write('any.yaml', Buffer.concat([before, Buffer.of(0xe4, 0x0a)])) }),
        )
        expect(message).toMatch(/^any\.yaml:2:3: /)
      }),
      { numRuns: 30 },
    )
  })

  test('has its problems in the order of its lines', async () => {
    const text = `identities:
  - { id: ${uuid(1)}, schema_id: defualt }
  - { id: ${uuid(1)}, state: activ }
sessions:
  - { identity_id: ${uuid(7)} }
  - { identity_id: ${uuid(1)}, expires_at: late }
schemas: { default: file://none.json }
`
    const lines = (await refusal(createMock({ seed: await write('order.yaml', text) }))).split('\n')
    expect(lines.map((line) => line.split(':')[1])).toEqual(['2', '3', '3', '5', '6', '7'])
    expect(lines.at(-1)).toContain('none.json')
  })

  test('is named for an identity that a session of another file brings along', async () => {
    const first = await write('first.json', JSON.stringify([{ ...sessionOf(1, 0), identity: person(1) }]))
    const second = await write(
      'second.yaml',
      `schemas: { default: ${JSON.stringify(EMAIL)} }\nidentities: [{ id: ${uuid(1)}, schema_id: a }]`,
    )
    expect(await refusal(createMock({ seed: [first, second] }))).toMatch(
      /^second\.yaml:2:\d+ \/identities\/0\/schema_id/,
    )
  })

  test('is not read for another process', async () => {
    await using ory = await startMock({ port: 0, seed: {} })
    const path = await write('here.json', JSON.stringify(EMAIL))
    const response = await fetch(`${ory.url}/_mock/seed`, {
      method: 'POST',
      body: JSON.stringify({ schemas: { default: `file://${path}` } }),
    })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('no files are read')])
  })

  test('or a body in UTF-16 is called that', async () => {
    await using ory = await createMock({ seed: {} })
    const response = await ory.fetch('/_mock/seed', {
      method: 'POST',
      body: new Blob([utf16('{"identities":[]}', false)]),
    })
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('The body is text in UTF-16; send it in UTF-8.'),
    ])
  })
})

test('Times that follow from those at the ends of the calendar are times', async () => {
  for (const now of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
    await using ory = await createMock({
      seed: { now, identities: [{ sessions: [{}, { issued_at: 'now' }] }], generate: { identities: 3, sessions: 2 } },
    })
    const text =
      (await (await ory.fetch('/admin/identities')).text()) + (await (await ory.fetch('/admin/sessions')).text())
    for (const [, time] of text.matchAll(/_at":"([^"]*)"/g))
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    expect(text).not.toMatch(/_at":"0000/)
  }
})
