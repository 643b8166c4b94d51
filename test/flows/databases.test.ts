import { expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { Browser, native, newestCode } from './client.ts'

const NOW = '2026-11-23T01:00:00.654321Z'
const PASSWORD = 'correct horse battery staple'
const seed = {
  identities: [{ traits: { email: 'ada@example.com' }, credentials: { password: { config: { password: PASSWORD } } } }],
}
const config = {
  selfservice: {
    methods: { password: { enabled: true }, code: { enabled: true, passwordless_enabled: true } },
    flows: {
      recovery: { enabled: true },
      verification: { enabled: true },
      registration: { after: { password: { hooks: [{ hook: 'session' }] } } },
    },
  },
}

/** Sends a code for a flow and uses it. */
const byCode = async (ory: Mock, kind: string, who: object): Promise<string> => {
  const { send, begin } = native(ory)
  const flow = await begin(kind)
  await send(flow.body.ui.action, { method: 'code', ...who })
  await send(flow.body.ui.action, {
    method: 'code',
    code: await newestCode(ory),
    ...(kind === 'login' ? who : {}),
  })
  return flow.body.id
}

test('all that flows store is read back as the database keeps its times', async () => {
  await using ory = await createMock({ seed, config, now: NOW, profile: 'kratos-26.2', database: 'mysql' })
  const { run, get } = native(ory)
  await ory.faults.add({ match: { operation: 'listIdentities' }, effect: { page: 'shift' }, when: { times: 1 } })
  await ory.faults.add({ match: { operation: 'listSessions' }, effect: { page: 'shift' }, when: { times: 1 } })
  const eve = { method: 'password', traits: { email: 'eve@example.com' }, password: PASSWORD }
  const registered = await run('registration', eve)
  expect(registered.status).toBe(200)
  const flows = [
    ['verification', await byCode(ory, 'verification', { email: 'eve@example.com' })],
    ['recovery', await byCode(ory, 'recovery', { email: 'ada@example.com' })],
    ['login', await byCode(ory, 'login', { identifier: 'ada@example.com' })],
  ] as const
  const profile = { method: 'profile', traits: { email: 'eva@example.com' } }
  const settings = await run('settings', profile, registered.body.session_token)
  expect(settings.status).toBe(200)
  const browser = new Browser(ory)
  const { location } = await browser.request('/self-service/registration/browser?return_to=https://example.com')
  const texts = await Promise.all([
    ...flows.map(async ([kind, id]) => get(`/self-service/${kind}/flows?id=${id}`)),
    get(`/self-service/errors${new URL(location).search}`),
    ...['identities', 'sessions?expand=identity&expand=devices', 'courier/messages', 'identities', 'sessions'].map(
      async (list) => get(`/admin/${list}`),
    ),
  ])
  expect(texts.map(({ status }) => status)).toEqual(texts.map(() => 200))
  // What a session's methods say is inside of JSON.
  const read = JSON.stringify(texts.map(({ body }) => body)).replaceAll(/"completed_at":"[^"]+"/g, '')
  expect(read.match(/"\w+":"\d{4}-\d\d-\d\dT[^"]*\.\d+Z"/g)).toBeNull()
  expect(read.match(/"verified_at":"2026-11-23T01:00:01Z"/g)?.length).toBeGreaterThan(1)
})
