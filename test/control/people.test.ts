import { expect, test } from 'vitest'
import { describeTransports, EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'
import type { Mock } from '../../src/index.ts'

interface Page {
  readonly people: readonly { readonly id: string; readonly identifier: string; readonly sessions: number }[]
  readonly total: number
  readonly next: string | null
}

const told = async <T>(ory: Mock, path: string): Promise<T> => (await (await ory.fetch(`/_mock${path}`)).json()) as T

const reasonOf = async (ory: Mock, path: string, method = 'GET'): Promise<string> => {
  const response = await ory.fetch(`/_mock${path}`, { method })
  const { error } = (await response.json()) as { readonly error: { readonly reason: string } }
  return `${response.status} ${error.reason}`
}

describeTransports('People for the page', (start) => {
  const seed = {
    schemas: { default: EMAIL },
    identities: [1, 2, 3, 4].map((n) => person(n)),
    sessions: [sessionOf(2, 1), sessionOf(2, 2, { expires_at: '2026-11-23T02:00:00Z' }), sessionOf(3, 1)],
  }

  test('come by pages, each with its identifier and the number of its sessions', async () => {
    await using ory = await start({ seed, now: NOW })
    const first = await told<Page>(ory, '/people?page_size=3')
    expect(first).toMatchObject({ total: 4, next: uuid(3) })
    expect(first.people.map(({ identifier, sessions }) => [identifier, sessions])).toEqual([
      ['p1@example.test', 0],
      ['p2@example.test', 2],
      ['p3@example.test', 1],
    ])
    const second = await told<Page>(ory, `/people?page_size=3&page_token=${first.next}`)
    expect(second).toMatchObject({ people: [{ id: uuid(4) }], next: null })
  })

  test('are found by the value of a trait at any depth, in any case and spelling, and not by its name', async () => {
    const traits = [
      { email: 'ada@example.com', name: { first: 'Zoë "Q"', tags: ['x', { deep: 'Needle\n2' }] } },
      { n: 42 },
    ]
    await using ory = await start({
      seed: { identities: traits.map((one, n) => person(n, { traits: one })) },
      now: NOW,
    })
    const found = async (search: string): Promise<readonly string[]> =>
      (await told<Page>(ory, `/people?search=${encodeURIComponent(search)}`)).people.map(({ id }) => id)
    for (const search of ['ADA@', 'zoË', '"q"', 'needle\n2', uuid(0), uuid(0).slice(-12)])
      expect(await found(search)).toEqual([uuid(0)])
    expect(await found('42')).toEqual([uuid(1)])
    for (const search of ['first', 'email', 'needle2', '{']) expect(await found(search)).toEqual([])
  })

  test('are found by the id and by the token of a session', async () => {
    await using ory = await start({ seed, now: NOW })
    for (const search of [uuid(20_001), 'ory_st_2_1'])
      expect(await told<Page>(ory, `/people?search=${search}`)).toMatchObject({ people: [{ id: uuid(2) }], next: null })
    expect(await told<Page>(ory, `/people?ids=${uuid(3)},${uuid(99)},${uuid(1)}`)).toMatchObject({
      people: [{ id: uuid(3) }, { id: uuid(1) }],
    })
  })

  test('show what both APIs show, and sessions with their tokens and stored flags', async () => {
    await using ory = await start({
      seed: { identities: [person(1, { metadata_admin: { a: 1 }, sessions: ['revoked', 'active'] })] },
      now: NOW,
    })
    const shown = await told<{ admin: Record<string, unknown>; public: Record<string, unknown> }>(
      ory,
      `/people/${uuid(1)}`,
    )
    expect(shown.admin).toMatchObject(await (await ory.fetch(`/admin/identities/${uuid(1)}`)).json())
    expect(shown.admin['metadata_admin']).toEqual({ a: 1 })
    const sessions = await told<{ sessions: { token: string }[]; total: number; next: string }>(
      ory,
      `/people/${uuid(1)}/sessions?page_size=1`,
    )
    expect(sessions).toMatchObject({ total: 2, next: '1', sessions: [{ active: false, live: false }] })
    const rest = await told<typeof sessions>(ory, `/people/${uuid(1)}/sessions?page_token=${sessions.next}`)
    const whoami = await ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': rest.sessions[0]!.token } })
    expect(((await whoami.json()) as { identity: unknown }).identity).toEqual(shown.public)
  })

  test('leave no trace in the journal, and no fault acts on them', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ id: 'all', effect: { status: 503 } })
    for (const path of [
      '/people',
      `/people/${uuid(1)}`,
      `/people/${uuid(1)}/sessions`,
      '/project',
      '/rows?list=listSessions',
    ])
      expect((await ory.fetch(`/_mock${path}`)).status).toBe(200)
    expect(await ory.requests.list()).toEqual([])
    expect(await ory.faults.list()).toMatchObject([{ matched: 0 }])
  })

  test('rows tell a list as it is, whatever a fault makes of its pages', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await told(ory, '/rows?list=listIdentities&from=1&count=2')).toEqual({ ids: [uuid(2), uuid(3)], total: 4 })
    expect(await told(ory, `/rows?list=listIdentitySessions&identity=${uuid(2)}`)).toEqual({
      ids: [uuid(20_001), uuid(20_002)],
      total: 2,
    })
    expect(await told(ory, '/rows?list=listSessions&from=99')).toEqual({ ids: [], total: 3 })
  })

  test('the clock goes to each expiry in turn, until there is none left', async () => {
    await using ory = await start({ seed, now: NOW })
    const on = async (): Promise<unknown> =>
      (await (await ory.fetch('/_mock/clock/next-expiry', { method: 'POST' })).json()) as unknown
    expect(await on()).toEqual({ now: '2026-11-23T02:00:00Z', running: false })
    expect(await on()).toEqual({ now: '2026-11-24T00:00:00Z', running: false })
    expect(await reasonOf(ory, '/clock/next-expiry', 'POST')).toBe('409 No session is active, so none will expire.')
  })

  test('what cannot be read is refused with what would be right', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await reasonOf(ory, '/people?page_size=0')).toBe('400 page_size goes from 1 to 500, not "0".')
    expect(await reasonOf(ory, '/people?page_token=x')).toContain('400 page_token is a UUID')
    expect(await reasonOf(ory, '/people/x')).toContain('400 The id of a person is a UUID')
    expect(await reasonOf(ory, `/people/${uuid(99)}`)).toBe(`404 There is no identity ${uuid(99)}.`)
    expect(await reasonOf(ory, `/people/${uuid(1)}/sessions?page_token=x`)).toContain('400 "x" is no page_token')
    expect(await reasonOf(ory, '/rows?list=x')).toContain('400 list is listIdentities')
    expect(await reasonOf(ory, '/rows?list=listIdentitySessions')).toContain('400 identity is a UUID')
    expect(await reasonOf(ory, '/rows?list=listSessions&from=-1')).toBe('400 from is a whole number, not "-1".')
  })

  test('traits that are nested out of all reason are shown and searched all the same', async () => {
    await using ory = await start({ now: NOW })
    const deep = `${'['.repeat(5000)}"bottom"${']'.repeat(5000)}`
    const made = await ory.fetch('/admin/identities', {
      method: 'POST',
      body: `{"schema_id":"default","traits":{"email":"d@example.test","deep":${deep}}}`,
    })
    expect(made.status).toBe(201)
    const { people } = await told<Page>(ory, '/people?search=bottom')
    expect(people).toMatchObject([{ identifier: 'd@example.test' }])
    expect(await (await ory.fetch(`/_mock/people/${people[0]!.id}`)).text()).toContain(deep)
  })
})
