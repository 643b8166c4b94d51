import { describe, expect, test } from 'vitest'
import { createMock, startMock, type Mock } from '../../src/index.ts'
import { native } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const traits = { email: 'ada@example.com' }
const seed = { identities: [{ traits, credentials: { password: { config: { password: PASSWORD } } } }] }

interface Device {
  readonly ip_address: string
  readonly user_agent: string | null
  readonly location: string
}

/** The device of a session that somebody signs in to with such headers. */
const deviceWith = async (ory: Mock, headers: Record<string, string>): Promise<Device> => {
  const flow = (await (await ory.fetch(`${ory.publicUrl}/self-service/login/api`)).json()) as { id: string }
  const answer = await ory.fetch(`${ory.publicUrl}/self-service/login?flow=${flow.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ method: 'password', identifier: traits.email, password: PASSWORD }),
  })
  const { session } = (await answer.json()) as { session: { id: string } }
  const shown = await ory.fetch(`${ory.url}/admin/sessions/${session.id}?expand=devices`)
  return ((await shown.json()) as { devices: [Device] }).devices[0]
}

/** Text as the letters of its bytes, as headers hold it. */
const asBytes = (text: string): string => Buffer.from(text).toString('latin1')

describe('The device of a session', () => {
  test.each([
    [{ 'x-forwarded-for': '1.1.1.1, 2.2.2.2' }, '2.2.2.2'],
    [{ 'x-forwarded-for': '1.1.1.1, 10.0.0.1,192.168.1.1 , 172.31.0.1' }, '1.1.1.1'],
    [{ 'x-forwarded-for': '10.0.0.1' }, ''],
    [{ 'x-forwarded-for': 'fd00::1, ::ffff:10.0.0.1' }, ''],
    [{ 'x-forwarded-for': 'fe80::1, fc00::1' }, 'fe80::1'],
    [{ 'x-forwarded-for': '172.32.0.1' }, '172.32.0.1'],
    [{ 'x-forwarded-for': '10.0.0.1, nobody' }, 'nobody'],
    [{ 'x-forwarded-for': '010.0.0.1' }, '010.0.0.1'],
    [{ 'x-real-ip': '3.3.3.3', 'x-forwarded-for': '1.1.1.1' }, '3.3.3.3'],
    [{ 'cf-connecting-ip': '10.0.0.4', 'x-real-ip': '3.3.3.3' }, '10.0.0.4'],
    [{ 'true-client-ip': '5.5.5.5', 'cf-connecting-ip': '4.4.4.4' }, '5.5.5.5'],
  ])('has the address that proxies give it: %o', async (headers, ip) => {
    await using ory = await createMock({ seed, profile: 'kratos-26.2' })
    expect((await deviceWith(ory, headers)).ip_address).toBe(ip)
  })

  test.each([createMock, startMock])('has the letters that the bytes of headers stand for (%o)', async (start) => {
    await using ory = await start({ seed, profile: 'kratos-26.2', port: 0 })
    const headers = { 'user-agent': asBytes('Zoë’s browser'), 'cf-ipcity': asBytes('Zürich'), 'cf-ipcountry': 'CH' }
    expect(await deviceWith(ory, headers)).toMatchObject({ user_agent: 'Zoë’s browser', location: 'Zürich, CH' })
  })

  test('keeps 512 bytes of a name and of a place, and no part of a letter', async () => {
    await using ory = await createMock({ seed, profile: 'kratos-26.2' })
    const headers = { 'user-agent': 'x'.repeat(600), 'cf-ipcity': asBytes(`x${'é'.repeat(300)}`) }
    const { user_agent, location } = await deviceWith(ory, headers)
    expect(user_agent).toBe('x'.repeat(512))
    expect(location).toBe(`x${'é'.repeat(255)}`)
  })
})

test.each([
  ['kratos-26.2', { id: 'invalid_configuration', message: 'Invalid configuration' }],
  ['kratos-1.3', {}],
] as const)('who waits for a migration of their password cannot sign in to %s', async (profile, more) => {
  const config = { hashed_password: '', use_password_migration_hook: true }
  await using ory = await createMock({
    profile,
    seed: { identities: [{ traits, credentials: { password: { config } } }] },
  })
  const { run } = native(ory)
  const answer = await run('login', { method: 'password', identifier: traits.email, password: PASSWORD })
  expect(answer.status).toBe(500)
  expect(answer.body.error).toMatchObject({
    ...more,
    code: 500,
    reason: 'Password migration hook is not enabled but password migration is requested.',
  })
})
