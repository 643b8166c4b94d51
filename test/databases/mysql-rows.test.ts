import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'

const ID = '0b8ab392-7c93-4d50-84fc-939acd61b793'
const SESSIONS = ['1d252bba-a21d-4b73-bde8-f89270bf125b', '41d53b37-6baa-4aa6-aaf7-9e90ab3d1eee']
const EXTERNAL = 'x'.repeat(65)

const started = () =>
  createMock({
    profile: 'kratos-26.2',
    database: 'mysql',
    now: '2026-11-30T00:00:00Z',
    seed: {
      identities: [{ id: ID, traits: { email: 'ada@example.test' } }],
      sessions: SESSIONS.map((id, n) => ({
        id,
        identity_id: ID,
        token: `ory_st_tone${n}`,
        created_at: '2026-11-29T20:00:00Z',
      })),
    },
  })

type Said = Readonly<Record<string, unknown>> & { readonly error?: { readonly message: string } }

const send = async (mock: Awaited<ReturnType<typeof started>>, method: string, body: unknown): Promise<Said> => {
  const url = `${mock.url}/admin/identities${method === 'POST' ? '' : `/${ID}`}`
  const answer = await mock.fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return (await answer.json()) as Said
}
const patched = async (...operations: object[]): Promise<string> => {
  const { error } = await send(await started(), 'PATCH', operations)
  return error!.message
}

test('the zero time is none in a column that may be empty, and null in the answer of the write', async () => {
  const mock = await started()
  const patch = [{ op: 'replace', path: '/state_changed_at', value: '0001-01-01T05:30:00+05:30' }]
  expect(await send(mock, 'PATCH', patch)).toHaveProperty('state_changed_at', null)
  expect(await send(mock, 'GET', undefined)).not.toHaveProperty('state_changed_at')
})

test('MySQL takes no zero time for a creation', async () => {
  const words = "Error 1292 (22007): Incorrect datetime value: '0000-00-00' for column 'created_at' at row 1"
  expect(await patched({ op: 'remove', path: '/created_at' })).toBe(words)
  expect(await patched({ op: 'replace', path: '/created_at', value: '0001-01-01T05:30:00+05:30' })).toBe(words)
})

test('columns are looked at by the order of their names, years of the driver before', async () => {
  const admin = { op: 'add', path: '/metadata_admin', value: 'ADMIN' }
  const external = { op: 'add', path: '/external_id', value: EXTERNAL }
  const state = (value: string): object => ({ op: 'replace', path: '/state_changed_at', value })
  const created = { op: 'remove', path: '/created_at' }
  expect(await patched(admin, external, created)).toContain("'0000-00-00' for column 'created_at'")
  expect(await patched(admin, external)).toBe("Error 1406 (22001): Data too long for column 'external_id' at row 1")
  expect(await patched(external, created, state('9999-12-31T23:59:59-05:00'))).toBe(
    'year is not in the range [1, 9999]: 10000',
  )
  expect(await patched(created, state('0000-12-31T23:59:59.9999999Z'))).toBe('year is not in the range [1, 9999]: 0')
  expect(await patched(state('9999-12-31T23:59:59.5Z'))).toBe(
    'Error 1441 (22008): Datetime function: datetime field overflow',
  )
})

test('a token is found by the letters that weigh as its own', async () => {
  const mock = await started()
  const whoami = async (token: string): Promise<number> => {
    const headers = { 'X-Session-Token': Buffer.from(token).toString('latin1') }
    return (await mock.fetch(`${mock.publicUrl}/sessions/whoami`, { headers })).status
  }
  expect(await whoami('ory_st_tone0')).toBe(200)
  expect(await whoami('ORY_ST_TÖNÉ0')).toBe(200)
  expect(await whoami('ory_st_ｔone0')).toBe(200)
  expect(await whoami('ory_st_tone0 x')).toBe(401)
})

test('a page token compares the id as it is spelled: a brace comes before all', async () => {
  const mock = await started()
  const after = async (id: string): Promise<string[]> => {
    const token = Buffer.from(`id=${id}/created_at=2026-11-29 20:00:00`).toString('base64url')
    const answer = await mock.fetch(`${mock.url}/admin/sessions?page_token=${token}`)
    return ((await answer.json()) as { id: string }[]).map((session) => session.id)
  }
  expect(await after(SESSIONS[0]!)).toEqual([SESSIONS[1]])
  expect(await after(SESSIONS[0]!.toUpperCase())).toEqual([SESSIONS[1]])
  expect(await after(`{${SESSIONS[1]}}`)).toEqual(SESSIONS)
})
