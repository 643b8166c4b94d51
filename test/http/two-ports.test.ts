import { expect, test } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { describeTransports, NOW, person, sessionOf, uuid } from '../support.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1)] }
const mine = { headers: { 'x-session-token': 'ory_st_1_0' }, redirect: 'manual' } as const

describeTransports('a mock with a public port of its own', (start) => {
  const setup = (options: MockOptions = {}) => start({ publicPort: 0, seed, now: NOW, ...options })

  test('serves the admin API on the first port alone', async () => {
    await using ory = await setup()
    expect(ory.publicUrl).not.toBe(ory.url)
    expect((await ory.fetch(`${ory.url}/admin/sessions`)).status).toBe(200)
    expect((await ory.fetch(`${ory.publicUrl}/admin/sessions`)).status).toBe(501)
  })

  test('sends `/sessions/whoami` on the admin port to the public one', async () => {
    await using ory = await setup()
    const sent = await ory.fetch(`${ory.url}/sessions/whoami?x=1`, mine)
    expect([sent.status, sent.headers.get('location')]).toEqual([307, `${ory.publicUrl}/sessions/whoami?x=1`])
    const answered = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, mine)
    expect((await answered.json()).id).toBe(uuid(10_000))
    expect(answered.headers.get('x-kratos-authenticated-identity-id')).toBe(uuid(1))
  })

  test('lists all sessions under `/sessions` on the admin port, and the caller’s others on the public one', async () => {
    await using ory = await setup()
    expect(await (await ory.fetch(`${ory.url}/sessions`, mine)).json()).toHaveLength(2)
    const others = await (await ory.fetch(`${ory.publicUrl}/sessions`, mine)).json()
    expect(others.map(({ id }: { id: string }) => id)).toEqual([uuid(10_001)])
  })
})

describeTransports('a mock with one port for both', (start) => {
  test('takes public paths as they are, and all others for the admin API', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(ory.publicUrl).toBe(ory.url)
    expect(await (await ory.fetch(`${ory.url}/sessions`, mine)).json()).toHaveLength(1)
    expect(await (await ory.fetch(`${ory.url}/identities/${uuid(1)}/sessions`)).json()).toHaveLength(2)
    expect((await ory.fetch(`${ory.url}/schemas/default`)).status).toBe(200)
    expect((await (await ory.fetch(`${ory.url}/version`)).json()).version).toBe('v26.2.0')
    expect((await ory.fetch(`${ory.url}/sessions/${uuid(10_001)}`)).status).toBe(200)
  })

  test('ends the caller’s own sessions', async () => {
    await using ory = await start({ seed, now: NOW })
    const end = async (path: string) => ory.fetch(ory.url + path, { method: 'DELETE', ...mine })
    expect((await end(`/sessions/${uuid(10_000)}`)).status).toBe(400)
    expect((await end(`/sessions/${uuid(10_001)}`)).status).toBe(204)
    expect(await (await end('/sessions')).json()).toEqual({ count: 1 })
    expect(await (await ory.fetch(`${ory.url}/sessions`, mine)).json()).toEqual([])
    await ory.clock.advance('2d')
    expect((await ory.fetch(`${ory.url}/sessions/whoami`, mine)).status).toBe(401)
  })

  test('extends a session by a day from now', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.clock.advance('3d')
    const extended = await ory.fetch(`${ory.url}/admin/sessions/${uuid(10_001)}/extend`, { method: 'PATCH' })
    expect((await extended.json()).expires_at).toBe('2026-11-27T01:00:00Z')
  })
})

describeTransports('a fetch of a mock that is told to follow', (start) => {
  const setup = () => start({ profile: 'kratos-25.4', seed, now: NOW })

  test('goes on to where it is sent, and says where it came to', async () => {
    await using ory = await setup()
    const { status, redirected, url } = await ory.fetch(`${ory.url}/identities`, { redirect: 'follow' })
    expect({ status, redirected, url }).toEqual({ status: 200, redirected: true, url: `${ory.url}/admin/identities` })
  })

  test('takes its method, its headers and its body along', async () => {
    await using ory = await setup()
    const body = JSON.stringify({ schema_id: 'default', traits: { email: 'new@example.test' } })
    const made = await ory.fetch(`${ory.url}/identities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'follow',
    })
    expect([made.status, (await made.json()).traits]).toEqual([201, { email: 'new@example.test' }])
  })

  test('fails where it must not go on, and stays where it is told to', async () => {
    await using ory = await setup()
    await expect(ory.fetch(`${ory.url}/identities`, { redirect: 'error' })).rejects.toThrow(TypeError)
    const stayed = await ory.fetch(`${ory.url}/identities`, { redirect: 'manual' })
    expect([stayed.status, stayed.redirected]).toEqual([307, false])
  })
})

test('a fetch in-process gives the answer that sends it out of the mock, and each one where it is not told to follow', async () => {
  await using ory = await createMock({ profile: 'kratos-25.4', seed })
  expect((await ory.fetch('/identities')).status).toBe(307)
  const sent = await ory.fetch('/self-service/login/browser', { redirect: 'follow' })
  expect(sent.status).toBe(303)
  expect(sent.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:4455\/login\?flow=/)
})
