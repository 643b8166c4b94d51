import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, messages, messagesOf, native, newestCode } from './client.ts'

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

  test.each(['kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const)(
    'without a method its traits are looked at, in %s',
    async (profile) => {
      await using ory = await start(profile)
      const wrong = await native(ory).run('registration', { traits: { email: 'nobody' } })
      expect(messagesOf(wrong)).not.toContain(4010003)
      expect(typesOf(wrong.body)).toMatchObject([{ value: 'nobody' }])
    },
  )
})

test('a code is asked for in any letters, and its form shows the address', async () => {
  await using ory = await start('kratos-26.2', { code: { passwordless_enabled: true } })
  const app = native(ory)
  const sent = await app.run('login', { method: 'code', identifier: 'p1@example.test' })
  const wrong = await app.send(sent.body.ui.action, { method: 'code', identifier: 'P1@Example.Test', code: '000000' })
  const shown = wrong.body.ui.nodes.find(({ attributes }) => attributes.name === 'identifier')
  expect(shown?.attributes).toMatchObject({ type: 'hidden', value: 'p1@example.test' })
})

test.each([
  ['kratos-26.2', 'you are already logged in'],
  ['kratos-1.3', 'The request was malformed or contained invalid parameters'],
] as const)('who is signed in recovers nothing, as %s says it', async (profile, message) => {
  await using ory = await start(profile)
  const app = native(ory)
  const { session_token: token } = (await app.run('login', byPassword)).body
  expect((await app.get('/self-service/recovery/api', token)).body.error).toMatchObject({ message })
})

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
