import { expect, test } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { describeDoors } from './doors.ts'

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        username: { type: 'string', 'ory.sh/kratos': { credentials: { password: { identifier: true } } } },
        email: { type: 'string', format: 'email', 'ory.sh/kratos': { verification: { via: 'email' } } },
      },
    },
  },
}
const TRAITS = '{"username":"Zoë","b":1.10,"a":[1e3,{"k":"\\u00e9","kk":2,"k":"\\/"}]}'
const NOW = '2026-11-23T01:00:00.654321Z'

const options = (database: MockOptions['database']): MockOptions => ({
  profile: 'kratos-26.2',
  database,
  now: NOW,
  seed: { schemas: { default: SCHEMA } },
})

const call = async (
  ory: Mock,
  method: string,
  path: string,
  body?: string,
): Promise<{ readonly status: number; readonly text: string }> => {
  const response = await ory.fetch(ory.url + path, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, text: await response.text() }
}

const create = (ory: Mock, fields: string): ReturnType<typeof call> =>
  call(ory, 'POST', '/admin/identities', `{"schema_id":"default",${fields}}`)

const idIn = (text: string): string => (JSON.parse(text) as { readonly id: string }).id

/** The traits of an answer as they are spelled. */
const traitsIn = (text: string): string => /"traits":(\{.*\}),"metadata_public"/.exec(text)![1]!

describeDoors('a database', (start) => {
  test.each([
    ['postgres', '{"a":[1000,{"k":"/","kk":2}],"b":1.10,"username":"Zoë"}'],
    ['mysql', '{"a":[1000.0,{"k":"/","kk":2}],"b":1.1,"username":"Zoë"}'],
    ['sqlite', TRAITS],
  ] as const)('is what every read shows, and no write: %s', async (database, read) => {
    await using ory = await start(options(database))
    const { text } = await create(ory, `"traits":${TRAITS}`)
    expect(traitsIn(text)).toBe(TRAITS)
    expect(traitsIn((await call(ory, 'GET', `/admin/identities/${idIn(text)}`)).text)).toBe(read)
    const patch = '[{"op":"replace","path":"/state","value":"inactive"}]'
    expect(traitsIn((await call(ory, 'PATCH', `/admin/identities/${idIn(text)}`, patch)).text)).toBe(read)
  })

  test('changes nothing where it refuses', async () => {
    await using ory = await start(options('postgres'))
    const { text } = await create(ory, '"traits":{"username":"ada"}')
    const path = `/admin/identities/${idIn(text)}`
    const before = await call(ory, 'GET', path)
    const refused = await call(
      ory,
      'PUT',
      path,
      '{"schema_id":"default","state":"active","traits":{"username":"\\u0000"}}',
    )
    expect(refused.status).toBe(500)
    expect(refused.text).toContain('ERROR: unsupported Unicode escape sequence (SQLSTATE 22P05)')
    expect(await call(ory, 'GET', path)).toEqual(before)
  })
})

test('documented gives back what it was sent', async () => {
  await using ory = await createMock({ now: NOW, seed: { schemas: { default: SCHEMA } } })
  const { text } = await create(ory, `"traits":${TRAITS}`)
  expect(traitsIn((await call(ory, 'GET', `/admin/identities/${idIn(text)}`)).text)).toBe(TRAITS)
})

test('documented has no database to choose', async () => {
  await expect(createMock({ database: 'mysql' })).rejects.toThrow('database is for a kratos-… profile')
})

test('a Kratos stores in PostgreSQL unless it is told', async () => {
  await using ory = await createMock({ ...options(undefined) })
  const { text } = await create(ory, '"traits":{"b":1,"a":2}')
  expect(traitsIn((await call(ory, 'GET', `/admin/identities/${idIn(text)}`)).text)).toBe('{"a":2,"b":1}')
})

test.each([
  ['postgres', '2026-11-23T00:00:00.654321Z'],
  ['mysql', '2026-11-23T00:00:01Z'],
  ['sqlite', '2026-11-23T00:00:00.654321987Z'],
] as const)('a fixture is stored as well: %s', async (database, issued) => {
  const time = '2026-11-23T00:00:00.654321987Z'
  await using ory = await createMock({
    ...options(database),
    seed: { identities: [{ sessions: [{ issued_at: time }] }] },
  })
  const { text } = await call(ory, 'GET', '/admin/sessions')
  expect(JSON.parse(text)).toMatchObject([{ issued_at: issued }])
})

test('a fixture with what the database does not take is refused with its place', async () => {
  const seed = { identities: [{ external_id: 'e'.repeat(65) }] }
  await expect(createMock({ ...options('postgres'), seed })).rejects.toThrow(
    '/identities/0: expected what postgres can store, found ERROR: value too long for type character varying(64)',
  )
  await using ory = await createMock({ ...options('sqlite'), seed })
  expect((await call(ory, 'GET', `/admin/identities/by/external/${'e'.repeat(65)}`)).status).toBe(200)
})

test('MySQL does not tell case and accents of external ids and addresses apart, nor case of tokens', async () => {
  await using ory = await createMock(options('mysql'))
  expect((await create(ory, '"traits":{"email":"jose@example.com"},"external_id":"Ext-1"')).status).toBe(201)
  expect((await create(ory, '"traits":{"email":"josé@example.com"}')).status).toBe(409)
  expect((await create(ory, '"traits":{},"external_id":"éxt-1"')).status).toBe(409)
  expect((await call(ory, 'GET', '/admin/identities/by/external/EXT-1')).status).toBe(200)
  const { sessions } = await ory.seed({ identities: [{ sessions: ['active'] }] })
  const whoami = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, {
    headers: { 'X-Session-Token': sessions[0]!.token.toUpperCase() },
  })
  expect(whoami.status).toBe(200)
})

test.each([
  ['postgres', [0, 2, 1]],
  ['sqlite', [0, 1, 2]],
] as const)(
  'sessions of one time come in the order of insertion, written ones last on PostgreSQL: %s',
  async (database, order) => {
    const ids = ['c', 'a', 'b'].map((letter) => `${letter}0000000-0000-4000-8000-000000000000`)
    const sessions = ids.map((id) => ({ id, issued_at: '2026-11-22T00:00:00Z', expires_at: '2026-12-22T00:00:00Z' }))
    await using ory = await createMock({ ...options(database), seed: { identities: [{ sessions }] } })
    await call(ory, 'DELETE', `/admin/sessions/${ids[1]}`)
    const [{ id }] = JSON.parse((await call(ory, 'GET', '/admin/identities')).text)
    const { text } = await call(ory, 'GET', `/admin/identities/${id}/sessions`)
    expect((JSON.parse(text) as { id: string }[]).map((one) => ids.indexOf(one.id))).toEqual(order)
  },
)

test('a project may store in another database than its mock', async () => {
  await using ory = await createMock({
    now: NOW,
    seed: { identities: [{ id: 'a0000000-0000-4000-8000-000000000000', traits: { b: 1, a: 2 } }] },
  })
  const path = '/admin/identities/a0000000-0000-4000-8000-000000000000'
  for (const [database, traits] of [
    ['postgres', '{"a":2,"b":1}'],
    ['sqlite', '{"b":1,"a":2}'],
  ] as const) {
    await using project = await ory.project({ profile: 'kratos-26.2', database })
    expect(traitsIn((await call(project, 'GET', path)).text)).toBe(traits)
  }
  await expect(ory.project({ profile: 'documented', database: 'sqlite' })).rejects.toThrow('documented has no database')
  await expect(ory.project({ profile: 'kratos-1.3', database: 'sqlit' as never })).rejects.toThrow(
    'did you mean sqlite?',
  )
})
