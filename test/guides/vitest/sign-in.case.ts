// #region sign-in
import { test } from 'ory-identities-mock/vitest'
import { expect } from 'vitest'

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

test('shows Ada her own session', async ({ ory }) => {
  const { token, cookie, session } = await ory.signIn(ADA)
  const native = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, { headers: { 'x-session-token': token } })
  const browser = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, { headers: { cookie } })
  expect(await native.json()).toMatchObject({ id: session.id })
  expect(await browser.json()).toMatchObject({ id: session.id })
})

test('asks for the second factor, and does not let an expired session in', async ({ ory }) => {
  const strong = await ory.signIn('ada@example.com', { aal: 'aal2', device: { user_agent: 'Firefox' } })
  expect(strong.session).toMatchObject({ authenticator_assurance_level: 'aal2' })
  const { token } = await ory.signIn(ADA, { state: 'expired' })
  const response = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, { headers: { 'x-session-token': token } })
  expect(response.status).toBe(401)
})
// #endregion

// #region flows
import { Configuration, FrontendApi } from '@ory/client-fetch'

const frontend = (basePath: string) =>
  new FrontendApi(new Configuration({ basePath, headers: { accept: 'application/json' } }))

test('lets Bo sign in with a password', async ({ ory }) => {
  await ory.seed({
    identities: [
      { traits: { email: 'bo@example.com' }, credentials: { password: { config: { password: 'horse battery' } } } },
    ],
  })
  const app = frontend(ory.publicUrl)
  const flow = await app.createNativeLoginFlow()
  const { session_token } = await app.updateLoginFlow({
    flow: flow.id,
    updateLoginFlowBody: { method: 'password', identifier: 'bo@example.com', password: 'horse battery' },
  })
  expect(await app.toSession({ xSessionToken: session_token! })).toMatchObject({ active: true })
})
// #endregion

// #region courier
import { CourierApi } from '@ory/client-fetch'

test('verifies an address by the code that was sent', async ({ ory }) => {
  const app = frontend(ory.publicUrl)
  const flow = await app.createNativeVerificationFlow()
  await app.updateVerificationFlow({
    flow: flow.id,
    updateVerificationFlowBody: { method: 'code', email: 'ada@example.com' },
  })
  const courier = new CourierApi(new Configuration({ basePath: ory.url }))
  const [message] = await courier.listCourierMessages({ recipient: 'ada@example.com' })
  const code = /\b\d{6}\b/.exec(message!.body)![0]
  const done = await app.updateVerificationFlow({ flow: flow.id, updateVerificationFlowBody: { method: 'code', code } })
  expect(done.state).toBe('passed_challenge')
})

test('says so when a flow took too long', async ({ ory }) => {
  const app = frontend(ory.publicUrl)
  const flow = await app.createNativeLoginFlow()
  await ory.clock.advance('2h')
  const late = app.updateLoginFlow({
    flow: flow.id,
    updateLoginFlowBody: { method: 'password', identifier: 'ada@example.com', password: 'horse battery' },
  })
  await expect(late).rejects.toMatchObject({ response: { status: 410 } })
})
// #endregion

// #region configuration
import { createMock } from 'ory-identities-mock'

test('offers codes alone, as our kratos.yml says', async () => {
  await using ory = await createMock({
    config: {
      selfservice: {
        default_browser_return_url: 'https://app.example.com/',
        methods: { password: { enabled: false }, code: { passwordless_enabled: true, config: { lifespan: '15m' } } },
        flows: { login: { ui_url: 'https://app.example.com/login', lifespan: '10m' } },
      },
      session: { lifespan: '72h' },
    },
  })
  const response = await ory.fetch(`${ory.publicUrl}/self-service/login/browser`, { redirect: 'manual' })
  expect(response.headers.get('location')).toMatch('https://app.example.com/login?flow=')
})
// #endregion

// #region hooks
test('asks Ada to verify her address before she signs in', async () => {
  const login = { after: { hooks: [{ hook: 'require_verified_address' }] } }
  const password = { config: { password: 'horse battery' } }
  await using ory = await createMock({
    config: { selfservice: { flows: { login, verification: { enabled: true } } } },
    seed: { identities: [{ traits: { email: 'ada@example.com' }, credentials: { password } }] },
  })
  const app = new FrontendApi(new Configuration({ basePath: ory.publicUrl, fetchApi: ory.fetch }))
  const flow = await app.createNativeLoginFlow()
  const refused = app.updateLoginFlow({
    flow: flow.id,
    updateLoginFlowBody: { method: 'password', identifier: 'ada@example.com', password: 'horse battery' },
  })
  await expect(refused).rejects.toMatchObject({ response: { status: 403 } })
})
// #endregion

// #region faults
test('shows the login page again when Ory is down for a moment', async ({ ory }) => {
  const app = frontend(ory.publicUrl)
  const flow = await app.createNativeLoginFlow()
  await ory.faults.add({ match: { flow: flow.id }, when: { times: 1 }, effect: { status: 503 } })
  await expect(app.getLoginFlow({ id: flow.id })).rejects.toMatchObject({ response: { status: 503 } })
  expect(await app.getLoginFlow({ id: flow.id })).toMatchObject({ id: flow.id })
})
// #endregion
