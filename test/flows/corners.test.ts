import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, hiddenOf, messages, messagesOf, native, newestCode } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const ada = person(1, { credentials: { password: { config: { password: PASSWORD } } } })
const byPassword = { method: 'password', identifier: 'p1@example.test', password: PASSWORD }
const start = (profile: 'kratos-26.2' | 'kratos-25.4' | 'kratos-1.3' = 'kratos-26.2', methods: object = {}) => {
  const config = { selfservice: { methods, flows: { recovery: { enabled: true } } } }
  return createMock({ seed: { identities: [ada] }, now: NOW, profile, config })
}

const typesOf = (form: { readonly ui: { readonly nodes: readonly { readonly attributes: object }[] } }): unknown[] =>
  form.ui.nodes.map(({ attributes }) => attributes).filter((one) => 'name' in one && one.name === 'traits.email')

describe('what random walks found in a registration', () => {
  const traits = { email: 'bo@example.test' }

  test('a code is sent where nobody signs in by one, and the form stays', async () => {
    await using ory = await start()
    const app = native(ory)
    const sent = await app.run('registration', { method: 'code', traits })
    expect([sent.status, sent.body.state, sent.body.active]).toEqual([400, 'sent_email', 'code'])
    expect(typesOf(sent.body)).toMatchObject([{ type: 'email', value: 'bo@example.test' }])
    expect(await messages(ory)).toMatchObject([{ recipient: 'bo@example.test' }])
    // Who has it already is found out when the code is right.
    await ory.fetch('/admin/identities', { method: 'POST', body: JSON.stringify({ traits, schema_id: 'default' }) })
    const code = await newestCode(ory)
    const taken = await app.send(sent.body.ui.action, { method: 'code', traits, code })
    expect([taken.status, messagesOf(taken), taken.body.state]).toEqual([400, [4000007], 'passed_challenge'])
  })

  test('an error of its form is hidden with the field once a code is sent', async () => {
    await using ory = await start('kratos-26.2', { code: { passwordless_enabled: true } })
    const app = native(ory)
    const wrong = await app.run('registration', { method: 'code', traits: { email: 'nobody' } })
    expect(messagesOf(wrong)).not.toEqual([])
    const sent = await app.send(wrong.body.ui.action, { method: 'code', traits })
    expect(typesOf(sent.body)).toMatchObject([{ type: 'hidden', value: 'bo@example.test' }])
  })

  test('a password of more than 72 bytes is an error of the form', async () => {
    await using ory = await start()
    const long = await native(ory).run('registration', {
      method: 'password',
      traits,
      password: `ab-${'ü9'.repeat(30)}`,
    })
    expect([long.status, messagesOf(long)]).toEqual([400, [4000033]])
  })

  test.each(['kratos-26.2', 'kratos-1.3'] as const)(
    'without a method its traits are looked at, in %s',
    async (profile) => {
      await using ory = await start(profile)
      const wrong = await native(ory).run('registration', { traits: { email: 'nobody' } })
      expect(messagesOf(wrong)).not.toContain(4010003)
      expect(typesOf(wrong.body)).toMatchObject([{ value: 'nobody' }])
    },
  )

  test('without a method its traits are looked at in a browser alone, in kratos-25.4', async () => {
    await using ory = await start('kratos-25.4')
    const wrong = { traits: { email: 'nobody' } }
    expect(messagesOf(await native(ory).run('registration', wrong))).toEqual([4010003])
    const browser = new Browser(ory, 'application/json')
    const { body } = await browser.request('/self-service/registration/browser')
    const looked = await browser.form(body.ui.action, { ...hiddenOf(body), 'traits.email': 'nobody' })
    expect(typesOf(looked.body)).toMatchObject([{ value: 'nobody' }])
  })
})

test('a code is asked for in any letters, and its form shows the address', async () => {
  await using ory = await start('kratos-26.2', { code: { passwordless_enabled: true } })
  const app = native(ory)
  const sent = await app.run('login', { method: 'code', identifier: 'p1@example.test' })
  const wrong = await app.send(sent.body.ui.action, { method: 'code', identifier: 'P1@Example.Test', code: '000000' })
  const shown = wrong.body.ui.nodes.find(({ attributes }) => attributes.name === 'identifier')
  expect(shown?.attributes).toMatchObject({ type: 'hidden', value: 'p1@example.test' })
})

test.each(['kratos-26.2', 'kratos-1.3'] as const)(
  'who is signed in recovers nothing, as %s says it',
  async (profile) => {
    await using ory = await start(profile)
    const app = native(ory)
    const { session_token: token } = (await app.run('login', byPassword)).body
    const message = 'The request was malformed or contained invalid parameters'
    expect((await app.get('/self-service/recovery/api', token)).body.error).toMatchObject({ message })
  },
)

test('what an administrator begins bears the address of the admin server, and asks for no token of a form', async () => {
  await using ory = await start()
  const body = JSON.stringify({ identity_id: uuid(1) })
  const made = await ory.fetch('/admin/recovery/code', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  const link = new URL(((await made.json()) as { recovery_link: string }).recovery_link)
  const { body: flow } = await new Browser(ory, 'application/json').request(
    `/self-service/recovery/flows?id=${link.searchParams.get('flow')}`,
  )
  expect(flow['request_url']).toBe(`${ory.url}/admin/recovery/code`)
  expect(flow.ui.nodes.map(({ attributes }) => attributes.name)).not.toContain('csrf_token')
})

test('a code for an app to exchange is told once', async () => {
  await using ory = await start()
  const app = native(ory)
  const first = await app.get('/self-service/login/api?return_session_token_exchange_code=true')
  expect(first.body['session_token_exchange_code']).toMatch(/^[A-Za-z0-9]{64}$/)
  const again = await app.get(`/self-service/login/flows?id=${first.body.id}`)
  expect(again.body).not.toHaveProperty('session_token_exchange_code')
})

test.each([
  ['registration', 302],
  ['login', 303],
] as const)('a browser is sent to the form of a %s that went wrong by %i', async (kind, status) => {
  await using ory = await start()
  const browser = new Browser(ory)
  const { location } = await browser.request(`/self-service/${kind}/browser`)
  const refused = await browser.form(`/self-service/${kind}${new URL(location).search}`, { method: 'password' })
  expect([refused.status, refused.location]).toEqual([status, location])
})

test('a step back in a registration is looked at, and its form has a token of its own', async () => {
  await using ory = await start()
  const script = new Browser(ory, 'application/json')
  const { body: first } = await script.request('/self-service/registration/browser')
  const body = JSON.stringify({ method: 'profile', screen: 'previous', traits: { email: 'nobody' } })
  const headers = { 'content-type': 'application/json' }
  const back = await script.request(first.ui.action, { method: 'POST', body, headers })
  expect(messagesOf(back)).toEqual([4000040])
  expect(hiddenOf(back.body)['csrf_token']).not.toBe(hiddenOf(first)['csrf_token'])
})

test('settings that somebody else began are not taken', async () => {
  await using ory = await start()
  const app = native(ory)
  const { token } = await ory.signIn(uuid(1))
  const traits = { email: 'bo@example.test' }
  const other = await app.run('registration', { method: 'password', traits, password: PASSWORD })
  const flow = await app.begin('settings', token)
  const mine = (await ory.signIn(other.body.identity.id)).token
  const refused = await app.send(flow.body.ui.action, { method: 'profile', traits }, mine)
  expect([refused.status, refused.body.error.reason]).toEqual([
    403,
    'The request was initiated by someone else and has been blocked for security reasons. Please go back and try again.',
  ])
})

test('settings lose the time of the state with the traits alone', async () => {
  await using ory = await start()
  const app = native(ory)
  const { token } = await ory.signIn(uuid(1))
  const hasTimeAfter = async (body: object): Promise<boolean> => {
    expect((await app.run('settings', body, token)).status).toBe(200)
    return 'state_changed_at' in (await app.get(`/admin/identities/${uuid(1)}`)).body
  }
  expect(await hasTimeAfter({ method: 'password', password: 'another good secret 9' })).toBe(true)
  expect(await hasTimeAfter({ method: 'profile', traits: { email: 'p1@example.test' } })).toBe(false)
})

test('who recovered is told until when a password may be changed', async () => {
  await using ory = await start()
  const script = new Browser(ory, 'application/json')
  const { body: first } = await script.request('/self-service/recovery/browser')
  const post = (body: object) =>
    script.request(first.ui.action, {
      method: 'POST',
      body: JSON.stringify({ method: 'code', ...hiddenOf(first), ...body }),
      headers: { 'content-type': 'application/json' },
    })
  await post({ email: 'p1@example.test' })
  const done = await post({ code: await newestCode(ory) })
  const { search } = new URL(String(done.body['redirect_browser_to']))
  const settings = await script.request(`/self-service/settings/flows${search.replace('flow=', 'id=')}`)
  const until = Date.parse(NOW) + 3_600_000
  expect(settings.body.ui.messages).toMatchObject([
    { id: 1060001, context: { privileged_session_expires_at_unix: Math.floor(until / 1000) } },
  ])
})

describe('what a database keeps', () => {
  const from = (database: 'sqlite' | 'postgres' | 'mysql') =>
    createMock({ seed: { identities: [ada] }, now: '2026-11-23T01:00:00.654321Z', profile: 'kratos-26.2', database })
  const bo = { method: 'password', traits: { email: 'bo@example.test' }, password: PASSWORD }

  test('is how a form with something wrong is shown', async () => {
    const shown = async (database: 'sqlite' | 'postgres'): Promise<string> => {
      await using ory = await from(database)
      return JSON.stringify((await native(ory).run('registration', { ...bo, password: 'short' })).body.ui.nodes)
    }
    expect(await shown('sqlite')).toContain('"actual_length":5,"min_length":8')
    expect(await shown('postgres')).toContain('"min_length":8,"actual_length":5')
  })

  test('is how an error is read that a page shows, with what HTML would read escaped', async () => {
    await using ory = await from('postgres')
    const away = `${ory.publicUrl}/self-service/login/browser?return_to=${encodeURIComponent('https://x.test/?a=b&c=d')}`
    const { headers } = await ory.fetch(away, { redirect: 'manual' })
    const id = new URL(headers.get('location')!).searchParams.get('id')
    const error = await (await ory.fetch(`${ory.publicUrl}/self-service/errors?id=${id}`)).text()
    expect(error).toContain(String.raw`?a=b\u0026c=d`)
  })

  test('is not what a registration answers, which shows the identity as it was written', async () => {
    await using ory = await from('mysql')
    const app = native(ory)
    const { identity } = (await app.run('registration', bo)).body
    const stored = (await app.get(`/admin/identities/${identity.id}`)).body
    expect(identity).toMatchObject({ created_at: '2026-11-23T01:00:00.654321Z' })
    expect(stored).toMatchObject({ created_at: '2026-11-23T01:00:01Z', state_changed_at: '2026-11-23T01:00:01Z' })
  })
})
