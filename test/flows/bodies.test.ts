import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, hiddenOf, messagesOf, native, type Answered } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const seed = { identities: [person(1, { credentials: { password: { config: { password: PASSWORD } } } })] }
const byPassword = { method: 'password', identifier: 'p1@example.test', password: PASSWORD }
const traits = { email: 'bo@example.test' }

const start = (selfservice: object = {}) =>
  createMock({ seed, now: NOW, profile: 'kratos-26.2', config: { selfservice } })
const oneStep = { flows: { registration: { enable_legacy_one_step: true } } }

/** What is said at a field that is made for it. */
const saidAt = ({ body }: Answered, name: string): readonly string[] =>
  body.ui.nodes.filter(({ attributes }) => attributes.name === name)[0]?.messages.map(({ text }) => text) ?? []

describe('a body that a schema of Kratos refuses is a flaw of the form:', () => {
  test.each([
    ['login', byPassword, 5, 'expected object, but got number'],
    ['login', { ...byPassword, identifier: '' }, true, 'expected object, but got boolean'],
    ['registration', { method: 'password', traits, password: PASSWORD }, '[]', 'expected object, but got array'],
    ['registration', { method: 'code', traits }, [1], 'expected object, but got array'],
    ['registration', { method: 'profile', traits }, 1, 'expected object, but got number'],
    ['recovery', { method: 'code', email: 'p1@example.test' }, 'true', 'expected object, but got boolean'],
    ['verification', { method: 'code', email: 'p1@example.test' }, 7, 'expected object, but got number'],
  ])('%s, %j with transient_payload %j', async (kind, body, transient_payload, said) => {
    await using ory = await start({ flows: { recovery: { enabled: true }, verification: { enabled: true } } })
    const answer = await native(ory).run(kind, { ...body, transient_payload })
    expect([answer.status, saidAt(answer, 'transient_payload')]).toEqual([400, [said]])
  })

  test.each([
    [{ method: 'profile', traits, screen: 'x' }, 'screen', 'value must be one of "credential-selection", "previous"'],
    [{ method: 'code', traits, resend: 'now' }, 'resend', 'value must be "code"'],
  ])('%j', async (body, at, said) => {
    await using ory = await start()
    const answer = await native(ory).run('registration', body)
    expect([answer.status, saidAt(answer, at)]).toEqual([400, [said]])
  })

  test('and none where the objects of its schema make one of traits that are none', async () => {
    await using ory = await start()
    const app = native(ory)
    const of = async (odd: unknown) => app.run('registration', { method: 'password', traits: odd, password: PASSWORD })
    // Somebody without an address, then.
    expect(messagesOf(await of(5))).toEqual([4000009])
    const list = await of([])
    const message = "cannot set array element for non-numeric key 'name'"
    expect([list.status, list.body.error]).toMatchObject([400, { code: 500, message }])
  })

  test('and none of numbers, which are written without an exponent, as gjson and sjson do', async () => {
    const email = { type: 'string', 'ory.sh/kratos': { credentials: { password: { identifier: true } } } }
    const properties = { email, text: { type: 'string' }, number: { type: 'number' } }
    const schema = { type: 'object', properties: { traits: { type: 'object', properties } } }
    await using ory = await createMock({ seed: { schemas: { default: schema } }, profile: 'kratos-26.2' })
    const sent = { 'traits.text': 1e-7, 'traits.number': 1e21 }
    await native(ory).run('registration', {
      method: 'password',
      password: PASSWORD,
      'traits.email': 'b@b.test',
      ...sent,
    })
    const stored = await (await ory.fetch('/admin/identities')).text()
    expect(stored).toContain('"text":"0.0000001"')
    expect(stored).toContain('"number":1000000000000000000000')
  })

  test('and none of a part of the traits that stands by itself', async () => {
    await using ory = await start()
    const apart = { 'traits.email': 'bo@example.test', 'traits.name': { first: 'Bo' } }
    const { body } = await native(ory).run('registration', { method: 'password', password: PASSWORD, ...apart })
    expect(body.identity.traits).toEqual({ email: 'bo@example.test', name: { first: 'Bo' } })
  })

  test('settings, too', async () => {
    await using ory = await start()
    const { token } = await ory.signIn(uuid(1))
    const odd = { transient_payload: 'null' }
    const of = (body: object) => native(ory).run('settings', { ...body, ...odd }, token)
    for (const body of [
      { method: 'password', password: 'another good horse' },
      { method: 'profile', traits },
    ])
      expect(saidAt(await of(body), 'transient_payload')).toEqual(['expected object, but got null'])
  })
})

test('what is no JSON within JSON is told as Go tells it, and within a form by the form', async () => {
  await using ory = await start({ flows: { login: { ui_url: 'http://127.0.0.1:4455/login' } } })
  const said = "invalid character 'x' looking for beginning of value"
  const body = { ...byPassword, transient_payload: 'x' }
  const answer = await native(ory).run('login', body)
  expect([answer.status, answer.body.error]).toMatchObject([400, { code: 500, message: said }])
  const browser = new Browser(ory)
  const { flow, hidden } = await browser.open('login')
  const sent = await browser.form(flow.ui.action, { ...hidden, ...body })
  const shown = await browser.flow(sent.location)
  expect(shown.ui.messages).toMatchObject([{ id: 4000001, text: `Unable to decode JSON payload: ${said}` }])
})

test('a login by a code that cannot be read leaves its form as it was', async () => {
  await using ory = await start({ methods: { code: { passwordless_enabled: true } } })
  const script = new Browser(ory, 'application/json')
  const { body } = await script.request('/self-service/login/browser')
  const hidden = { ...hiddenOf(body), method: 'code', identifier: 'nobody@example.test' }
  await script.form(body.ui.action, hidden)
  const broken = await script.form(body.ui.action, { ...hidden, identifier: 'x', transient_payload: 'x' })
  const { attributes } = broken.body.ui.nodes.find((node) => node.attributes.name === 'identifier')!
  expect([broken.status, attributes.value]).toEqual([400, 'nobody@example.test'])
})

test('a switch of the settings that is neither on nor off is told so, before its method is off', async () => {
  await using ory = await start()
  const { token } = await ory.signIn(uuid(1))
  const of = async (totp_unlink: unknown) => (await native(ory).run('settings', { totp_unlink }, token)).body.error
  expect(await of('perhaps')).toMatchObject({ code: 500, message: expect.stringContaining('totp_unlink of type bool') })
  expect(await of('t')).toMatchObject({ code: 404 })
})

describe('a submission by GET', () => {
  test.each([
    ['login', 'password', '[POST PUT PATCH]'],
    ['login', 'nope', '[POST PUT PATCH]'],
    ['registration', 'password', '[POST PUT PATCH]'],
    ['registration', 'code', '[POST PUT PATCH]'],
    ['recovery', 'code', '[POST]'],
  ])('is not read: %s by %s', async (kind, method, methods) => {
    await using ory = await start({ flows: { ...oneStep.flows, recovery: { enabled: true } } })
    const app = native(ory)
    const { body } = await app.begin(kind)
    const answer = await app.get(
      new URL(`${body.ui.action}&method=${method}&identifier=x`).href.replace(ory.publicUrl, ''),
    )
    const text = `Unable to decode body because HTTP Request Method was "GET" but only ${methods} are supported.`
    expect([answer.status, answer.body.ui.messages]).toMatchObject([400, [{ text }]])
  })

  test('changes settings', async () => {
    await using ory = await start()
    const { token } = await ory.signIn(uuid(1))
    const app = native(ory)
    const { body } = await app.begin('settings', token)
    const query = new URLSearchParams({ method: 'profile', 'traits.email': 'p1@example.test' })
    const answer = await app.get(`${body.ui.action}&${query}`.replace(ory.publicUrl, ''), token)
    expect([answer.status, messagesOf(answer)]).toEqual([200, [1050001]])
  })
})

test('a code of a registration is for those that it was sent to', async () => {
  await using ory = await start({ methods: { code: { passwordless_enabled: true } }, ...oneStep })
  const app = native(ory)
  const sent = await app.run('registration', { method: 'code', traits })
  const others = { method: 'code', traits: { email: 'p1@example.test' } }
  // What is sent without a code stands in the form, and so is what belongs to it.
  await app.send(sent.body.ui.action, others)
  const mail = (await (await ory.fetch(`${ory.url}/admin/courier/messages`)).json()) as { body: string }[]
  const code = /\d{6}/.exec(mail[0]!.body)![0]
  const taken = await app.send(sent.body.ui.action, { ...others, code })
  expect([taken.status, messagesOf(taken)]).toEqual([400, [4040003]])
})

test.each([
  ['application/json; charset=utf-8', 'taken'],
  ['APPLICATION/JSON ; charset=utf-8;', 'taken'],
  ['application/json; charset', 'refused'],
  ['application/json; a=1; a=2', 'refused'],
])('a submission of the type %s is %s, as Go reads media types', async (type, what) => {
  await using ory = await createMock()
  const begun = await ory.fetch(`${ory.publicUrl}/self-service/login/api`)
  const { id } = (await begun.json()) as { id: string }
  const answer = await ory.fetch(`${ory.publicUrl}/self-service/login?flow=${id}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: JSON.stringify({ method: 'password', identifier: 'nobody', password: 'x' }),
  })
  const refused = `HTTP POST Request used unknown HTTP Header "Content-Type: ${type}"`
  expect((await answer.text()).includes(JSON.stringify(refused).slice(1, -1))).toBe(what === 'refused')
})
