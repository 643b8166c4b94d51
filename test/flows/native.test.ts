import { expect, test } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { describeTransports, NOW, person, uuid } from '../support.ts'
import { messages, messagesOf, native, newestCode, newestLink } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const ada = person(1, {
  traits: { email: 'ada@example.test' },
  credentials: { password: { config: { password: PASSWORD } } },
})
const seed = { identities: [ada] }
const byPassword = { method: 'password', identifier: 'ada@example.test', password: PASSWORD }
const options = { seed, now: NOW } satisfies MockOptions

describeTransports('an application without a browser', (start) => {
  test('signs in, shows who it is, and signs out', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const { status, body } = await app.run('login', byPassword)
    expect([status, body]).toMatchObject([200, { session: { identity: { id: uuid(1) } } }])
    expect((await app.get('/sessions/whoami', body.session_token)).body).toMatchObject({ id: body.session.id })
    const signOut = {
      method: 'DELETE',
      body: JSON.stringify({ session_token: body.session_token }),
      headers: { 'content-type': 'application/json' },
    }
    expect((await ory.fetch(`${ory.publicUrl}/self-service/logout/api`, signOut)).status).toBe(204)
    expect((await app.get('/sessions/whoami', body.session_token)).status).toBe(401)
    expect((await app.run('login', { ...byPassword, password: 'wrong' })).status).toBe(400)
  })

  test('signs up, verifies its address by the code of the courier, and is in the lists', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const traits = { email: 'bo@example.test' }
    const signed = await app.run('registration', { method: 'password', password: PASSWORD, traits })
    expect([signed.status, signed.body.identity.traits]).toMatchObject([200, traits])
    expect(await messages(ory)).toMatchObject([
      { recipient: 'bo@example.test', template_type: 'verification_code_valid', status: 'queued' },
    ])
    // The letter says in which flow the code is taken.
    const link = new URL(await newestLink(ory))
    const action = `${ory.publicUrl}/self-service/verification?flow=${link.searchParams.get('flow')}`
    const verified = await app.send(action, { method: 'code', code: link.searchParams.get('code') })
    expect([verified.status, verified.body.state]).toEqual([200, 'passed_challenge'])
    const listed = await ory.fetch(`/admin/identities/${signed.body.identity.id}`)
    expect(await listed.json()).toMatchObject({
      traits,
      verifiable_addresses: [{ verified: true, status: 'completed' }],
    })
    const sessions = await ory.fetch(`/admin/identities/${signed.body.identity.id}/sessions`)
    expect(await sessions.json()).toMatchObject([{ active: true }])
  })

  test('changes its traits, and its password with a fresh session', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const { token } = await ory.signIn(uuid(1))
    const other = { method: 'password', password: 'another correct horse' }
    const changed = await app.run('settings', other, token)
    expect([changed.status, changed.body.state]).toEqual([200, 'success'])
    expect((await app.run('login', byPassword)).status).toBe(400)
    expect((await app.run('login', { ...byPassword, ...other })).status).toBe(200)
    await ory.clock.advance('2h')
    expect((await app.run('settings', other, token)).body.error.id).toBe('session_refresh_required')
    const traits = { email: 'ada@example.test', name: { first: 'Ada' } }
    expect((await app.run('settings', { method: 'profile', traits }, token)).body.identity.traits).toEqual(traits)
  })

  test('cannot go on with a flow that is over, and is told of the next', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const begun = await app.begin('login')
    await ory.clock.advance('1h1s')
    const late = await app.send(begun.body.ui.action, byPassword)
    expect([late.status, late.body.error.id]).toEqual([410, 'self_service_flow_expired'])
    const action = `${ory.publicUrl}/self-service/login?flow=${late.body.use_flow_id}`
    expect((await app.send(action, byPassword)).status).toBe(200)
    expect((await app.get(`/self-service/login/flows?id=${begun.body.id}`)).status).toBe(410)
  })

  test('has five tries for a code, which also grows old', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const begun = await app.begin('login')
    const send = (body: object) =>
      app.send(begun.body.ui.action, { method: 'code', identifier: 'ada@example.test', ...body })
    await send({})
    const code = await newestCode(ory)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n++) expect(messagesOf(await send({ code: wrong }))).toContain(4010008)
    expect(await send({ code })).not.toMatchObject({ status: 200 })
  })

  test('finds its flows and messages where a snapshot had them', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const begun = await app.begin('login')
    await app.send(begun.body.ui.action, { method: 'code', identifier: 'ada@example.test' })
    const there = await ory.snapshot()
    const code = await newestCode(ory)
    const body = { method: 'code', identifier: 'ada@example.test', code }
    expect((await app.send(begun.body.ui.action, body)).status).toBe(200)
    await ory.restore(there)
    expect((await app.send(begun.body.ui.action, body)).status).toBe(200)
    const project = await ory.project()
    expect(await messages(project)).toEqual([])
    await ory.reset()
    expect(await messages(ory)).toEqual([])
    expect((await app.send(begun.body.ui.action, body)).status).toBe(404)
  })

  test('meets fault rules, one by one or by its flow, and is in the journal', async () => {
    await using ory = await start(options)
    const app = native(ory)
    const [first, second] = [await app.begin('login'), await app.begin('login')]
    await ory.faults.add({ match: { operation: 'updateLoginFlow', flow: first.body.id }, effect: { status: 503 } })
    expect((await app.send(first.body.ui.action, byPassword)).status).toBe(503)
    const signed = await app.send(second.body.ui.action, byPassword)
    expect(signed.status).toBe(200)
    await app.begin('settings', signed.body.session_token)
    expect(await ory.requests.list({ operation: 'updateLoginFlow' })).toMatchObject([{ status: 503 }, { status: 200 }])
    expect(await ory.requests.list({ identity: uuid(1) })).toMatchObject([
      { operation: 'updateLoginFlow', status: 200 },
      { operation: 'createNativeSettingsFlow', status: 200 },
    ])
  })
})

test('the same seed draws the same codes', async () => {
  const code = async (): Promise<string> => {
    await using ory = await createMock(options)
    await native(ory).run('login', { method: 'code', identifier: 'ada@example.test' })
    return await newestCode(ory)
  }
  expect(await code()).toMatch(/^\d{6}$/)
  expect(await code()).toBe(await code())
})

test.each([
  ['short', 'at least 8'],
  ['ada@example.test', 'too similar'],
])('the password %j is refused', async (password, why) => {
  await using ory = await createMock(options)
  const traits = { email: 'ada@example.test' }
  const { status, body } = await native(ory).run('registration', { method: 'password', password, traits })
  expect(status).toBe(400)
  expect(JSON.stringify(body.ui.nodes)).toContain(why)
})
