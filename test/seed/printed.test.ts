import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMock, type Mock, type Seed } from '../../src/index.ts'
import { checkFile } from '../../src/seed/check.ts'
import { describeDoors } from '../mock/doors.ts'
import { EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'

/** What an answer holds: tests look into it without a type. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ory-printed-'))
})
afterAll(() => rm(folder, { recursive: true }))

const write = async (name: string, content: unknown): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const read = async (ory: Mock, path: string): Promise<Json> => (await ory.fetch(path)).json()
const base64 = (value: unknown): string => `base64://${Buffer.from(JSON.stringify(value)).toString('base64')}`

const { identity_id: _, created_at: __, token: ___, ...session } = sessionOf(1, 0)
const signedIn = { ...session, identity: person(1) }
const TOKEN = 'ory_st_8vZ5mJqLrAvBWFXwXQjcGqG6hzsrVsgw'

/** Forms of one identity, with one session where there is a token. */
const FORMS: readonly (readonly [string, unknown])[] = [
  ['an identity', person(1)],
  ['an array of identities', [person(1)]],
  ['a session that brings its identity along', signedIn],
  ['what `kratos list identities` prints', { identities: [person(1)], next_page_token: 'eyJwYWdlIjoiMSJ9' }],
  ['the last page of a list', { identities: [person(1)], next_page_token: '', is_last_page: true }],
  ['the answer of a login', { session_token: TOKEN, session: signedIn, continue_with: null }],
  [
    'the answer of a registration',
    {
      session_token: TOKEN,
      session: signedIn,
      identity: person(1),
      continue_with: [{ action: 'set_ory_session_token', ory_session_token: TOKEN }],
    },
  ],
  ['the answer of a registration that signs nobody in', { identity: person(1), continue_with: null }],
  [
    'answers of several flows of one person',
    [
      { session_token: TOKEN, session: signedIn, identity: person(1) },
      { session_token: 'another', session: { ...signedIn, id: uuid(77) } },
    ],
  ],
  [
    'a session under the identity beside it',
    { session_token: TOKEN, session: { ...session, identity: null }, identity: person(1) },
  ],
  ['a list of sessions that were printed by a login', { sessions: [{ session_token: TOKEN, session: signedIn }] }],
]

describeDoors('A fixture may be', (start) => {
  test.each(FORMS)('%s', async (_name, seed) => {
    await using ory = await start({ now: NOW, seed: {} })
    const made = await ory.seed(seed as Seed)
    expect(made.identities.map(({ id }) => id)).toEqual([uuid(1)])
    const [identity, ...others] = await read(ory, '/admin/identities')
    expect(identity).toMatchObject({ id: uuid(1), traits: { email: 'p1@example.test' } })
    expect(others).toEqual([])
    if (!JSON.stringify(seed).includes(TOKEN)) return
    const whoami = await ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': TOKEN } })
    expect(await whoami.json()).toMatchObject({ id: session['id'], identity: { id: uuid(1) } })
  })

  test('the answer of GET /schemas, as a whole or under `schemas`, or schemas as Kratos is configured', async () => {
    const listed = [
      { id: 'default', schema: EMAIL },
      { id: 'customer', schema: { $id: 'customer', ...EMAIL } },
    ]
    const forms = [
      listed,
      { schemas: listed },
      { schemas: Object.fromEntries(listed.map(({ id, schema }) => [id, schema])) },
      { schemas: Object.fromEntries(listed.map(({ id, schema }) => [id, base64(schema)])) },
      { schemas: listed.map(({ id, schema }) => ({ id, url: base64(schema) })) },
      { schemas: listed.map(({ id, schema }) => ({ id, url: base64(schema).replace(/=+$/, '') })) },
    ]
    for (const seed of forms) {
      await using ory = await start({ seed: {} })
      await ory.seed(seed)
      expect(await read(ory, '/schemas')).toEqual(listed)
    }
  })

  test('the body of a bulk import, whose credentials are made as the API makes them', async () => {
    const create = {
      schema_id: 'default',
      traits: { email: 'Ada@Example.com' },
      credentials: {
        password: { config: { password: 'correct horse' } },
        oidc: { config: { providers: [{ provider: 'github', subject: '7' }] } },
      },
      verifiable_addresses: [{ value: 'Ada@Example.com', via: 'email', verified: true, status: 'completed' }],
      metadata_admin: { plan: 'pro' },
    }
    const body = {
      identities: [
        { create, patch_id: uuid(1) },
        { create: null, patch_id: uuid(2) },
      ],
    }
    const options = { now: NOW, seed: { schemas: { default: EMAIL } } }
    await using asked = await start(options)
    await asked.fetch('/admin/identities', {
      method: 'PATCH',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    })
    await using ory = await start(options)
    expect((await ory.seed(body)).identities).toHaveLength(1)
    const shown = async (mock: Mock): Promise<Json> => {
      const [one] = await read(mock, '/admin/identities?include_credential=oidc&include_credential=password')
      const text = JSON.stringify(one, (key, value: unknown) =>
        /^id$|_at$|hashed_password|schema_url/.test(key) ? typeof value : value,
      )
      return JSON.parse(text)
    }
    expect(await shown(ory)).toEqual(await shown(asked))
    expect(await shown(ory)).toMatchObject({
      credentials: { oidc: { identifiers: ['github:7'] }, password: { identifiers: ['ada@example.com'] } },
      verifiable_addresses: [{ value: 'ada@example.com', verified: true }],
    })
  })

  test('a list of arrays and files, each of its own kind', async () => {
    await using ory = await start({ seed: {} })
    const file = await write('list.json', { identities: [person(3)], next_page_token: '' })
    const made = await ory.seed([[person(1)], file, { identities: [person(2)] }, [sessionOf(3, 0)]])
    expect(made.identities.map(({ id }) => id)).toEqual([uuid(1), uuid(3), uuid(2)])
    expect(made.sessions).toHaveLength(1)
  })

  test('a file whose schemas stand in files beside it', async () => {
    await write('person.schema.json', { $id: 'https://example.test/person', ...EMAIL })
    const yaml = await write(
      'beside.yaml',
      'schemas:\n  default: file://person.schema.json\n  other: file://./person.schema.json\nidentities: [{ schema_id: other, traits: { email: a@b.example } }]\n',
    )
    const absolute = { schemas: [{ id: 'default', url: pathToFileURL(join(folder, 'person.schema.json')).href }] }
    for (const seed of [yaml, absolute]) {
      await using ory = await start({ seed: {} })
      await ory.seed(seed)
      expect(await read(ory, '/schemas/default')).toHaveProperty('$id', 'https://example.test/person')
    }
  })
})

describe('What a person types', () => {
  test('may be in a file of any form, and check takes it', async () => {
    for (const [n, [, seed]] of FORMS.entries()) {
      const [identities, problems] = [1, []]
      expect(await checkFile(await write(`form-${n}.json`, seed))).toMatchObject({ identities, problems })
      // JSON is YAML, too.
      expect(await checkFile(await write(`form-${n}.yaml`, `# a comment\n${JSON.stringify(seed)}`))).toMatchObject({
        identities,
        problems,
      })
    }
  })

  test('as a schema of a file keeps its spelling', async () => {
    const text =
      '{ "type": "object", "2": 1.0, "properties": {"traits": {"type": "object", "properties": {"name": {"type": "string"}}}} }'
    await write('spelled.json', text)
    await using ory = await createMock({
      seed: await write('spelled.yaml', 'schemas: { default: file://spelled.json }'),
    })
    expect(await (await ory.fetch('/schemas/default')).text()).toContain('{"type":"object","2":1.0,')
  })
})
