import { expect, test } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { describeTransports, NOW, person, uuid } from '../support.ts'
import { Browser, messages, messagesOf, native, newestCode, newestLink } from './client.ts'

const UI = 'http://127.0.0.1:4455'
const PASSWORD = 'correct horse battery staple'
const ada = person(1, {
  traits: { email: 'ada@example.test' },
  credentials: { password: { config: { password: PASSWORD } } },
})
const seed = { identities: [ada] }
const options = { seed, now: NOW } satisfies MockOptions
const byPassword = { method: 'password', identifier: 'ada@example.test', password: PASSWORD }

describeTransports('a browser', (start) => {
  test('is sent from page to page, and has a cookie once it is signed in', async () => {
    await using ory = await start(options)
    const browser = new Browser(ory)
    const begun = await browser.request('/self-service/login/browser')
    expect([begun.status, begun.location]).toEqual([303, expect.stringMatching(`^${UI}/login\\?flow=[0-9a-f-]{36}$`)])
    const { flow, hidden } = await browser.open('login', `?return_to=${encodeURIComponent(`${UI}/welcome`)}`)
    const wrong = await browser.form(flow.ui.action, { ...hidden, ...byPassword, password: 'wrong' })
    expect([wrong.status, wrong.location]).toEqual([303, `${UI}/login?flow=${flow.id}`])
    const shown = await browser.flow(wrong.location)
    expect(shown.ui.messages).toMatchObject([{ id: 4000006 }])
    const right = await browser.form(flow.ui.action, { ...hidden, ...byPassword })
    expect([right.status, right.location]).toEqual([303, `${UI}/welcome`])
    expect(browser.cookies.get('ory_kratos_session')).toBeDefined()
    expect((await browser.request('/sessions/whoami')).body).toMatchObject({ identity: { id: uuid(1) } })
    // Nobody signs in twice.
    expect(await browser.request('/self-service/login/browser')).toMatchObject({ status: 303, location: `${UI}/` })
    const { body } = await browser.request('/self-service/logout/browser')
    const out = await browser.request(body.logout_url)
    expect([out.status, out.location]).toEqual([303, `${UI}/`])
    expect(browser.cookies.has('ory_kratos_session')).toBe(false)
    expect((await browser.request('/sessions/whoami')).status).toBe(401)
  })

  test('gets its cookies of an answer that a fault held up or changed', async () => {
    await using ory = await start(options)
    await ory.faults.add({ match: { operation: 'createBrowserLoginFlow' }, delay: 1 })
    await ory.faults.add({
      match: { operation: 'updateLoginFlow' },
      effect: { rateLimit: { limit: 10, window: '1m' } },
    })
    const browser = new Browser(ory)
    const { flow, hidden } = await browser.open('login')
    expect([...browser.cookies.keys()]).toEqual([expect.stringMatching(/^csrf_token_/)])
    await browser.form(flow.ui.action, { ...hidden, ...byPassword })
    expect(browser.cookies.has('ory_kratos_session')).toBe(true)
  })

  test('signs up in two steps, and its form keeps what it wrote', async () => {
    await using ory = await start(options)
    const browser = new Browser(ory)
    const { flow, hidden } = await browser.open('registration')
    const traits = { 'traits.email': 'bo@example.test', 'traits.name.first': 'Bo' }
    const { csrf_token = '' } = hidden
    await browser.form(flow.ui.action, { csrf_token, method: 'profile', ...traits })
    const second = await browser.request(`/self-service/registration/flows?id=${flow.id}`)
    expect(second.body.ui.nodes.map(({ attributes }) => attributes.name)).toContain('password')
    const done = await browser.form(flow.ui.action, { csrf_token, method: 'password', password: PASSWORD, ...traits })
    expect([done.status, done.location]).toEqual([303, `${UI}/`])
    const { body } = await browser.request('/sessions/whoami')
    expect(body.identity.traits).toEqual({ email: 'bo@example.test', name: { first: 'Bo' } })
    // The link of the letter fills in its code, in any browser.
    const reader = new Browser(ory)
    const letter = await reader.request(await newestLink(ory))
    const { ui } = await reader.flow(letter.location)
    const code = String(ui.nodes.find(({ attributes }) => attributes.name === 'code')!.attributes.value)
    expect(code).toBe(await newestCode(ory))
    const csrf = String(ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token')!.attributes.value)
    await reader.form(ui.action, { csrf_token: csrf, method: 'code', code })
    const identity = (await (await ory.fetch(`/admin/identities/${body.identity.id}`)).json()) as object
    expect(identity).toMatchObject({ verifiable_addresses: [{ verified: true }] })
  })

  test('recovers an account by a code, and is signed in at its settings', async () => {
    await using ory = await start(options)
    const browser = new Browser(ory)
    const { flow, hidden } = await browser.open('recovery')
    await browser.form(flow.ui.action, { ...hidden, method: 'code', email: 'ada@example.test' })
    const { csrf_token = '' } = hidden
    const done = await browser.form(flow.ui.action, { csrf_token, method: 'code', code: await newestCode(ory) })
    expect(done.location).toMatch(`${UI}/settings?flow=`)
    const settings = await browser.flow(done.location)
    const password = 'another correct horse'
    const own = { csrf_token: String(settings.ui.nodes[0]!.attributes.value) }
    const changed = await browser.form(settings.ui.action, { ...own, method: 'password', password })
    expect([changed.status, (await browser.flow(changed.location)).state]).toEqual([303, 'success'])
  })

  test('takes the code and the link that an administrator made', async () => {
    await using ory = await start(options)
    const made = async (kind: string) => {
      const body = JSON.stringify({ identity_id: uuid(1) })
      const headers = { 'content-type': 'application/json' }
      const response = await ory.fetch(`/admin/recovery/${kind}`, { method: 'POST', body, headers })
      return (await response.json()) as { recovery_link: string; recovery_code: string }
    }
    const { recovery_link, recovery_code } = await made('code')
    const browser = new Browser(ory)
    const flow = await browser.flow(recovery_link)
    const done = await browser.form(flow.ui.action, { method: 'code', code: recovery_code })
    expect(done.location).toMatch(`${UI}/settings?flow=`)
    const link = await new Browser(ory).request((await made('link')).recovery_link)
    expect([link.status, link.location]).toEqual([303, expect.stringContaining('/settings?flow=')])
    const again = await new Browser(ory).request(recovery_link.replace(/^.*flow=/, '/self-service/recovery/flows?id='))
    expect(again.body.state).toBe('passed_challenge')
  })

  test('is told on the page for errors what it must not do', async () => {
    await using ory = await start(options)
    const browser = new Browser(ory)
    const errorOf = async (location: string): Promise<unknown> => {
      expect(location).toMatch(`${UI}/error?id=`)
      const id = new URL(location).searchParams.get('id')
      return (await browser.request(`/self-service/errors?id=${id}`)).body.error
    }
    const elsewhere = await browser.request('/self-service/login/browser?return_to=https%3A%2F%2Fevil.test')
    expect(await errorOf(elsewhere.location)).toMatchObject({
      code: 400,
      reason: expect.stringContaining('not allowed'),
    })
    const { flow } = await browser.open('login')
    const forged = await browser.form(flow.ui.action, byPassword)
    expect(await errorOf(forged.location)).toMatchObject({ code: 403 })
    const other = await new Browser(ory).request(`/self-service/login/flows?id=${flow.id}`)
    expect(other.status).toBe(403)
    expect((await browser.request(`/self-service/errors?id=${uuid(7)}`)).status).toBe(404)
  })

  test('needs a session for its settings, and a fresh one for its password', async () => {
    await using ory = await start(options)
    const browser = new Browser(ory)
    expect((await browser.request('/self-service/settings/browser')).location).toContain('/self-service/login/browser')
    browser.cookies.set('ory_kratos_session', (await ory.signIn(uuid(1))).token)
    await ory.clock.advance('2h')
    const { flow, hidden } = await browser.open('settings')
    const { csrf_token = '' } = hidden
    const stale = await browser.form(flow.ui.action, {
      csrf_token,
      method: 'password',
      password: 'a new password, fresh',
    })
    expect(stale.location).toContain('/self-service/login/browser?refresh=true&return_to=')
  })

  test('goes on from saved settings with the form that it is shown then', async () => {
    await using ory = await start(options)
    const browser = new Browser(ory)
    browser.cookies.set('ory_kratos_session', (await ory.signIn(uuid(1))).token)
    const { flow, hidden } = await browser.open('settings')
    const { csrf_token = '' } = hidden
    const save = (action: string, form: Readonly<Record<string, string>>) =>
      browser.form(action, { csrf_token, ...form })
    const profile = { method: 'profile', 'traits.email': 'ada@example.test' }
    const saved = await save(flow.ui.action, profile)
    expect(saved.location).toBe(`${UI}/settings?flow=${flow.id}`)
    const { ui } = await browser.flow(saved.location)
    expect(ui).toMatchObject({ action: expect.not.stringContaining(flow.id), messages: [{ id: 1050001 }] })
    const next = new URL(ui.action).searchParams.get('flow')!
    const refused = await save(ui.action, { method: 'password', password: '1' })
    expect(refused.location).toBe(`${UI}/settings?flow=${next}`)
    const again = await save(ui.action, { method: 'password', password: 'another good horse' })
    expect((await browser.flow(again.location)).ui.messages).toMatchObject([{ id: 1050001 }])
  })

  test('is shown an error that stands for any, for whoever builds the page', async () => {
    await using ory = await start(options)
    const { status, body } = await new Browser(ory).request('/self-service/errors?id=stub:500')
    expect([status, body]).toEqual([
      200,
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        error: {
          code: 500,
          status: 'Internal Server Error',
          reason: 'This is a stub error.',
          message: 'An internal server error occurred, please contact the system administrator',
        },
        created_at: '0001-01-01T00:00:00Z',
        updated_at: '0001-01-01T00:00:00Z',
      },
    ])
  })

  test('gets JSON where a script asks', async () => {
    await using ory = await start(options)
    const script = new Browser(ory, 'application/json')
    const begun = await script.request('/self-service/login/browser')
    expect([begun.status, begun.body.ui.action]).toEqual([200, expect.stringContaining('/self-service/login?flow=')])
    const csrf_token = String(
      begun.body.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token')!.attributes.value,
    )
    const post = (body: object) =>
      script.request(begun.body.ui.action, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    expect((await post(byPassword)).body.error.id).toBe('security_csrf_violation')
    expect(messagesOf(await post({ csrf_token, ...byPassword, password: 'no' }))).toEqual([4000006])
    expect((await post({ csrf_token, ...byPassword })).body.session.identity.id).toBe(uuid(1))
  })
})

test('links recover and verify where the configuration says so', async () => {
  const config = {
    selfservice: {
      default_browser_return_url: `${UI}/`,
      methods: { link: { enabled: true } },
      flows: {
        recovery: { enabled: true, use: 'link', ui_url: `${UI}/recovery` },
        verification: { enabled: true, use: 'link', ui_url: `${UI}/verification` },
        settings: { ui_url: `${UI}/settings` },
      },
    },
  }
  await using ory = await createMock({ ...options, config })
  const browser = new Browser(ory)
  const ask = async (kind: string) => {
    const { flow, hidden } = await browser.open(kind)
    await browser.form(flow.ui.action, { ...hidden, method: 'link', email: 'ada@example.test' })
    return newestLink(ory)
  }
  await browser.request(await ask('verification'))
  expect(await (await ory.fetch(`/admin/identities/${uuid(1)}`)).json()).toMatchObject({
    verifiable_addresses: [{ verified: true }],
  })
  const late = await ask('recovery')
  expect((await browser.request(await ask('recovery'))).location).toContain(`${UI}/settings?flow=`)
  await ory.clock.advance('1h1s')
  expect((await new Browser(ory).request(late)).location).toContain(`${UI}/recovery?flow=`)
  expect((await messages(ory)).map(({ template_type }) => template_type)).toEqual([
    'recovery_valid',
    'recovery_valid',
    'verification_valid',
  ])
})

test('a form for a link holds its token first, and what was wrong with the address', async () => {
  const flows = Object.fromEntries(
    ['recovery', 'verification'].map((kind) => [kind, { enabled: true, use: 'link', ui_url: `${UI}/${kind}` }]),
  )
  const config = {
    selfservice: { default_browser_return_url: `${UI}/`, methods: { link: { enabled: true } }, flows },
  }
  await using ory = await createMock({ ...options, config })
  for (const kind of ['recovery', 'verification']) {
    const { get, send } = native(ory)
    const { body } = await get(`/self-service/${kind}/api`)
    expect(body.ui.nodes.map(({ attributes }) => attributes.name)).toEqual(['csrf_token', 'email', 'method'])
    const refused = await send(body.ui.action, { method: 'link', email: '' })
    expect(messagesOf(refused)).toEqual([4000002])
    // A recovery shows it in the form as it was.
    expect(refused.body.ui.nodes[1]!.attributes.value).toBe(kind === 'recovery' ? undefined : '')
  }
})

test('a database that takes two spellings of an address for one sends the letter to the one that is stored', async () => {
  const written = person(1, { traits: { email: 'café@example.test' } })
  const recipients = async (database: 'mysql' | 'postgres') => {
    await using ory = await createMock({ seed: { identities: [written] }, now: NOW, profile: 'kratos-26.2', database })
    const browser = new Browser(ory)
    const { flow, hidden } = await browser.open('recovery')
    await browser.form(flow.ui.action, { ...hidden, method: 'code', email: 'CAFE@example.test' })
    return (await messages(ory)).map(({ recipient }) => recipient)
  }
  expect(await recipients('mysql')).toEqual(['café@example.test'])
  expect(await recipients('postgres')).toEqual([])
})

test('the cookie has the name and the lifespan of the configuration', async () => {
  const config = {
    selfservice: { default_browser_return_url: `${UI}/`, flows: { login: { ui_url: `${UI}/login` } } },
    session: { lifespan: '1h', cookie: { name: 'mine' } },
  }
  await using ory = await createMock({ ...options, config })
  const browser = new Browser(ory)
  const { flow, hidden } = await browser.open('login')
  await browser.form(flow.ui.action, { ...hidden, ...byPassword })
  expect(browser.cookies.get('mine')).toBeDefined()
  expect((await browser.request('/sessions/whoami')).body).toMatchObject({ expires_at: '2026-11-23T02:00:00Z' })
  expect((await ory.signIn(uuid(1))).cookie).toMatch(/^mine=ory_st_/)
})
