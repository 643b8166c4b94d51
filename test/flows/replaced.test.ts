import { describe, expect, test } from 'vitest'
import { createMock, type ProfileName } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, messages, messagesOf, native, newestCode } from './client.ts'

const ada = person(1, {
  credentials: { password: { config: { password: 'correct horse battery staple' } } },
  verifiable_addresses: [{ value: 'p1@example.test', via: 'email', verified: false }],
  recovery_addresses: [{ value: 'p1@example.test', via: 'email' }],
})
const email = 'p1@example.test'
const UI = 'http://127.0.0.1:4455'
const start = (profile: ProfileName = 'kratos-26.2', flows: object = {}, methods: object = {}) =>
  createMock({
    seed: { identities: [ada] },
    now: NOW,
    profile,
    config: {
      selfservice: {
        default_browser_return_url: `${UI}/`,
        methods: { link: { enabled: true }, ...methods },
        flows: {
          recovery: { enabled: true, ui_url: `${UI}/recovery` },
          verification: { enabled: true, ui_url: `${UI}/verification` },
          ...flows,
        },
      },
    },
  })
const tokens = (headers: Headers): string[] => headers.getSetCookie().filter((line) => line.startsWith('csrf_token_'))
const linkIn = (body: unknown): string => /http:\/\/\S+token=\w+/.exec(String(body))![0]

describe('A recovery that cannot go on', () => {
  test('draws another token when that of its form is wrong, and is refused', async () => {
    await using ory = await start()
    const browser = new Browser(ory, 'application/json')
    const flow = (await browser.request('/self-service/recovery/browser')).body
    const refused = await browser.form(flow.ui.action, { method: 'code', email, csrf_token: 'x' })
    expect([refused.status, refused.body.error.id]).toEqual([403, 'security_csrf_violation'])
    expect(tokens(refused.headers)).toHaveLength(1)
  })

  test('goes on in a browser when an application sends cookies', async () => {
    await using ory = await start()
    const app = native(ory)
    const flow = (await app.begin('recovery')).body
    const sent = await new Browser(ory, 'application/json').request(flow.ui.action, {
      method: 'POST',
      body: JSON.stringify({ method: 'code', email }),
      headers: { 'content-type': 'application/json', cookie: 'a=b' },
    })
    expect(sent.status).toBe(303)
    const other = (await app.get(sent.location.slice(ory.publicUrl.length))).body
    expect(other.error.id).toBe('security_csrf_violation')
  })

  test('turns away who is signed in, whether it goes by a code or by a link', async () => {
    await using ory = await start('kratos-26.2', { recovery: { enabled: true, use: 'link' } })
    const app = native(ory)
    const flow = (await app.begin('recovery')).body
    const { body } = await app.run('login', {
      method: 'password',
      identifier: email,
      password: 'correct horse battery staple',
    })
    const away = await app.send(flow.ui.action, { method: 'link', email }, body.session_token)
    expect([away.status, away.body.error.id]).toEqual([400, 'session_already_available'])
  })
})

describe('A link', () => {
  test.each(['recovery', 'verification'])('of a %s that was used leads to another flow', async (kind) => {
    await using ory = await start('kratos-26.2', { [kind]: { enabled: true, use: 'link', ui_url: `${UI}/${kind}` } })
    await native(ory).run(kind, { method: 'link', email })
    const link = linkIn((await messages(ory))[0]!.body)
    const browser = new Browser(ory)
    await browser.request(link)
    const again = await new Browser(ory).request(link)
    expect(again.location).toMatch(new RegExp(`^${UI}/${kind}\\?flow=`))
    expect(again.location).not.toContain(/flow=([^&]+)/.exec(link)![1])
  })
})

test('A link of somebody who is gone leads to another flow', async () => {
  await using ory = await start('kratos-26.2', {
    recovery: { enabled: true, use: 'link', ui_url: `${UI}/recovery` },
  })
  await native(ory).run('recovery', { method: 'link', email })
  const link = linkIn((await messages(ory))[0]!.body)
  await ory.fetch(`${ory.url}/admin/identities/${uuid(1)}`, { method: 'DELETE' })
  const gone = await new Browser(ory).request(link)
  expect([gone.status, gone.location]).toEqual([303, expect.stringContaining(`${UI}/recovery?flow=`)])
})

describe('A code that is over', () => {
  const short = { code: { config: { lifespan: '1m' } } }

  test.each([
    ['kratos-25.4', [4060005]],
    ['kratos-26.2', [4060006]],
  ] as const)('of a recovery is told as %s tells it', async (profile, told) => {
    await using ory = await start(profile, {}, short)
    const app = native(ory)
    const flow = (await app.run('recovery', { method: 'code', email })).body
    const code = await newestCode(ory)
    await ory.clock.advance('2m')
    const over = await app.send(flow.ui.action, { method: 'code', code })
    const shown = over.status === 303 ? await app.get(over.location.slice(ory.publicUrl.length)) : over
    expect(messagesOf(shown)).toEqual(told)
  })

  test('of a verification names the flow to go on with', async () => {
    await using ory = await start('kratos-26.2', {}, short)
    const app = native(ory)
    const flow = (await app.run('verification', { method: 'code', email })).body
    const code = await newestCode(ory)
    await ory.clock.advance('2m')
    const over = await app.send(flow.ui.action, { method: 'code', code })
    expect([over.status, over.body.error.id]).toEqual([410, 'self_service_flow_expired'])
    const other = await app.get(`/self-service/verification/flows?id=${over.body.use_flow_id}`)
    expect(messagesOf(other)).toEqual([4070005])
  })
})

test('a code that was tried too often names the verification to go on with', async () => {
  await using ory = await start('kratos-26.2', {}, { code: { config: { max_submissions: 1 } } })
  const app = native(ory)
  const flow = (await app.run('verification', { method: 'code', email })).body
  await app.send(flow.ui.action, { method: 'code', code: 'x' })
  const often = await app.send(flow.ui.action, { method: 'code', code: 'x' })
  expect([often.status, often.body.error.id]).toEqual([410, 'self_service_flow_replaced'])
})

test('an address that somebody asks to verify is one that was written to', async () => {
  await using ory = await start()
  await native(ory).run('verification', { method: 'code', email })
  const [{ verifiable_addresses }] = (await (await ory.fetch('/admin/identities')).json()) as [
    { verifiable_addresses: object[] },
  ]
  expect(verifiable_addresses).toMatchObject([{ status: 'sent', verified: false }])
})

test('a flow that is over says since when', async () => {
  await using ory = await start()
  const app = native(ory)
  const flow = (await app.begin('login')).body
  await ory.clock.advance('2h')
  const over = await app.send(flow.ui.action, { method: 'password', identifier: email, password: 'x' })
  const other = await app.get(`/self-service/login/flows?id=${over.body.use_flow_id}`)
  expect(other.body.ui.messages).toMatchObject([{ id: 4010001, context: { expired_at: over.body['expired_at'] } }])
})

test.each([
  ['x', 'http://127.0.0.1:4455/x'],
  ['//evil.example', 'http://evil.example'],
])('the way back is taken apart as Go does: %s', async (way, told) => {
  await using ory = await start()
  const { status, body } = await native(ory).get(`/self-service/login/api?return_to=${encodeURIComponent(way)}`)
  expect([status, body.error.reason]).toEqual([400, `Requested return_to URL "${told}" is not allowed.`])
})

test('codes are on where somebody may sign in by one', async () => {
  await using ory = await start('kratos-26.2', {}, { code: { enabled: false, passwordless_enabled: true } })
  expect((await native(ory).run('recovery', { method: 'code', email })).body.state).toBe('sent_email')
})

test('an administrator begins no recovery by a method that is off', async () => {
  await using ory = await start('kratos-26.2', {}, { link: { enabled: false } })
  const post = {
    method: 'POST',
    body: JSON.stringify({ identity_id: ada.id }),
    headers: { 'content-type': 'application/json' },
  }
  expect((await ory.fetch('/admin/recovery/link', post)).status).toBe(404)
  expect((await ory.fetch('/admin/recovery/code', post)).status).toBe(201)
})
