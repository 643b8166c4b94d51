import { expect, test } from 'vitest'
import { createMock, type ProfileName } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, hiddenOf, messages, messagesOf, native } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const ada = person(1, { credentials: { password: { config: { password: PASSWORD } } } })
const byPassword = { method: 'password', identifier: 'p1@example.test', password: PASSWORD }
const start = (profile: ProfileName = 'kratos-26.2', flows: object = {}, methods: object = {}) =>
  createMock({ seed: { identities: [ada] }, now: NOW, profile, config: { selfservice: { flows, methods } } })

test('a repeated login shows its time and a device that is not kept, and whoami the session as it is kept', async () => {
  await using ory = await start()
  const script = new Browser(ory, 'application/json')
  const signIn = async (query: string) => {
    const { body } = await script.request(`/self-service/login/browser${query}`)
    return script.form(body.ui.action, { ...hiddenOf(body), ...byPassword })
  }
  const first = (await signIn('')).body['session']
  await ory.clock.advance('5m')
  const again = (await signIn('?refresh=true')).body['session']
  const { body: kept } = await script.request('/sessions/whoami')
  const shown = (of: unknown) => of as { issued_at: string; devices: { id: string }[] }
  expect(shown(again).issued_at).not.toBe(shown(first).issued_at)
  expect(shown(again).devices.map(({ id }) => id)).toEqual([
    shown(first).devices[0]!.id,
    '00000000-0000-0000-0000-000000000000',
  ])
  expect([kept['issued_at'], shown(kept).devices]).toEqual([shown(first).issued_at, shown(first).devices])
})

test.each(['kratos-26.2', 'kratos-25.4', 'kratos-1.3', 'kratos-next'] as const)(
  'of traits that are no JSON a form of one step keeps the button for another server alone, in %s',
  async (profile) => {
    await using ory = await start(profile, { registration: { enable_legacy_one_step: true } })
    const browser = new Browser(ory, 'application/json')
    const { body } = await browser.request('/self-service/registration/browser')
    const odd = await browser.form(body.ui.action, { ...hiddenOf(body), method: 'code', traits: 'x' })
    expect([odd.status, messagesOf(odd)]).toEqual([400, [4000001]])
    const names = odd.body.ui.nodes.map(({ group, attributes }) => `${group} ${attributes.name}`)
    expect(names.toSorted()).toEqual(['default csrf_token', 'oidc provider'])
  },
)

test.each(['webauthn', 'passkey'])('a login by GET is read for no %s, and its form says so', async (method) => {
  await using ory = await start()
  const script = new Browser(ory, 'application/json')
  const { body } = await script.request('/self-service/login/browser')
  const answer = await script.request(`${body.ui.action}&method=${method}&identifier=x`)
  expect([answer.status, messagesOf(answer)]).toEqual([400, [4000001]])
})

test.each(['code', 'link'] as const)(
  'a form names a recovery by %s in its body, and is not told of it',
  async (use) => {
    await using ory = await start('kratos-26.2', { recovery: { enabled: true, use } }, { link: { enabled: true } })
    const app = native(ory)
    const [one, other] = [await app.begin('recovery'), await app.begin('recovery')]
    const send = async (flow: string) => {
      const body = new URLSearchParams({ method: use, email: 'p1@example.test', flow }).toString()
      const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await ory.fetch(one.body.ui.action, { method: 'POST', body, headers })
      return { status: answer.status, body: (await answer.json()) as { state: string } }
    }
    expect([(await send('')).status, (await send('x')).status, await messages(ory)]).toEqual([404, 404, []])
    const sent = await send(other.body.id)
    expect([sent.status, sent.body.state]).toEqual([200, 'choose_method'])
    const { body: named } = await app.get(`/self-service/recovery/flows?id=${other.body.id}`)
    expect([named.state, (await messages(ory)).length]).toEqual(['sent_email', 1])
  },
)

test.each([
  ['kratos-26.2', 403],
  ['kratos-next', 200],
] as const)('a privileged session of no age changes its address in %s: %i', async (profile, status) => {
  await using ory = await start(profile, { settings: { privileged_session_max_age: '0s' } })
  const { token } = await ory.signIn(uuid(1))
  await ory.clock.advance('1s')
  const app = native(ory)
  const changed = await app.run('settings', { method: 'profile', traits: { email: 'ada@example.test' } }, token)
  const password = await app.run('settings', { method: 'password', password: 'another good horse' }, token)
  expect([changed.status, password.status]).toEqual([status, 403])
})

test.each([
  ['kratos-26.2', 'previous', 'email'],
  ['kratos-26.2', 'credential-selection', 'hidden'],
  ['kratos-1.3', 'credential-selection', 'hidden'],
] as const)('the screen says more than profile:back in %s: %s', async (profile, screen, type) => {
  await using ory = await start(profile)
  const odd = { method: 'profile:back', screen, traits: { email: 'bo@example.test' } }
  const { body } = await native(ory).run('registration', odd)
  expect(body.ui.nodes.find(({ attributes }) => attributes.name === 'traits.email')?.attributes.type).toBe(type)
})

test.each([
  ['kratos-26.2', 'P1@Example.Test'],
  ['kratos-25.4', 'p1@example.test'],
] as const)('an address that nobody has is shown in %s as %s', async (profile, value) => {
  await using ory = await start(profile, {}, { code: { passwordless_enabled: true } })
  await ory.fetch(`/admin/identities/${uuid(1)}`, { method: 'DELETE' })
  const { body } = await native(ory).run('login', { method: 'code', identifier: 'P1@Example.Test' })
  expect(body.ui.nodes.find(({ attributes }) => attributes.name === 'identifier')?.attributes.value).toBe(value)
})

test.each([
  ['{', "invalid character ',' looking for beginning of object key string"],
  ['nul', "invalid character ',' in literal null (expecting 'l')"],
  ['{} x', "invalid character 'x' after object key:value pair"],
])('a field with JSON that breaks off, %j, is read before the others', async (transient_payload, message) => {
  await using ory = await start()
  const { body } = await native(ory).run('login', { ...byPassword, transient_payload })
  expect(body.error).toMatchObject({ code: 500, message })
})

test.each([
  ['kratos-26.2', false],
  ['kratos-1.3', true],
] as const)('settings that cannot be read draw a new token in %s: %s', async (profile, draws) => {
  await using ory = await start(profile)
  const browser = new Browser(ory, 'application/json')
  const login = await browser.request('/self-service/login/browser')
  await browser.form(login.body.ui.action, { ...hiddenOf(login.body), ...byPassword })
  const { body: form } = await browser.request('/self-service/settings/browser')
  const headers = { 'content-type': 'application/json' }
  const unread = await browser.request(form.ui.action, { method: 'POST', body: '[]', headers })
  expect([unread.status, messagesOf(unread)]).toEqual([400, [4000001]])
  expect(hiddenOf(unread.body)['csrf_token'] !== hiddenOf(form)['csrf_token']).toBe(draws)
})

test('a text in a form that does not end takes in all of it', async () => {
  await using ory = await start()
  const script = new Browser(ory, 'application/json')
  const { body } = await script.request('/self-service/login/browser')
  const odd = await script.form(body.ui.action, { transient_payload: '"' })
  expect(odd.body.ui.messages?.map(({ text }) => text)).toEqual(['Unable to decode JSON payload: unexpected EOF'])
})
