import { expect, test } from 'vitest'
import { createMock, type Mock, type MockOptions, type ProfileName } from '../../src/index.ts'
import { describeDoors } from '../mock/doors.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, native, newestCode, type UiNode } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const UI = 'http://127.0.0.1:4455'
const credentials = { password: { config: { password: PASSWORD } } }
const address = (n: number, verified: boolean) => ({ value: `p${n}@example.test`, via: 'email', verified })
/** One with a verified address, one without, one with no address at all. */
const seed = {
  identities: [
    person(1, { credentials, verifiable_addresses: [address(1, true)] }),
    person(2, { credentials, verifiable_addresses: [address(2, false)] }),
    person(3, { credentials, verifiable_addresses: [] }),
  ],
}
const named = (...names: readonly string[]) => ({ hooks: names.map((hook) => ({ hook })) })
const optionsOf = (flows: object, more: object = {}, profile: ProfileName = 'kratos-26.2'): MockOptions => ({
  seed,
  now: NOW,
  profile,
  config: {
    selfservice: {
      default_browser_return_url: `${UI}/`,
      allowed_return_urls: [`${UI}/`],
      flows: {
        login: { ui_url: `${UI}/login` },
        verification: { enabled: true, ui_url: `${UI}/verification` },
        recovery: { enabled: true, ui_url: `${UI}/recovery` },
        ...flows,
      },
    },
    ...more,
  },
})
const login = (...names: readonly string[]) => ({ login: { ui_url: `${UI}/login`, after: named(...names) } })
const as = (n: number) => ({ method: 'password', identifier: `p${n}@example.test`, password: PASSWORD })
const newcomer = { method: 'password', password: PASSWORD, traits: { email: 'new@example.test' } }
const byForm = { method: 'password', password: PASSWORD, 'traits.email': 'new@example.test' }
const actions = (steps: readonly Readonly<Record<string, unknown>>[] | undefined): unknown[] =>
  (steps ?? []).map(({ action }) => action)
const actives = async (ory: Mock, n: number): Promise<boolean[]> => {
  const listed = await ory.fetch(`/admin/identities/${uuid(n)}/sessions`)
  return ((await listed.json()) as readonly { readonly active: boolean }[])
    .map(({ active }) => active)
    .toSorted((a, b) => Number(a) - Number(b))
}
const tokenIn = ({ nodes }: { readonly nodes: readonly UiNode[] }): string =>
  nodes.find(({ attributes }) => attributes.name === 'csrf_token')?.attributes.value ?? ''
/** Submits a login in a browser with a form. */
const formLogin = async (ory: Mock, n: number): Promise<{ readonly browser: Browser; readonly location: string }> => {
  const browser = new Browser(ory)
  const { flow, hidden } = await browser.open('login')
  const { location } = await browser.form(flow.ui.action, { ...hidden, ...as(n) })
  return { browser, location }
}

describeDoors('Hooks', (start) => {
  test('show a verification after a registration, wherever `session` stands', async () => {
    for (const names of [
      ['session', 'show_verification_ui'],
      ['show_verification_ui', 'session'],
    ]) {
      await using ory = await start(optionsOf({ registration: { after: { password: named(...names) } } }))
      const { body } = await native(ory).run('registration', newcomer)
      expect(actions(body.continue_with)).toEqual(['show_verification_ui', 'set_ory_session_token'])
      expect(body.session_token).toMatch(/^ory_st_/)
    }
  })

  test('let a verification lead where the registration before it was to lead, unless that names another place', async () => {
    const to = (page: string): string => encodeURIComponent(`${UI}/${page}`)
    for (const [query, kept, page] of [
      ['', '', ''],
      [`?return_to=${to('cart')}`, `?return_to=${to('cart')}`, 'cart'],
      [`?z=a%20b&return_to=${to('cart')}&after_verification_return_to=`, `?return_to=${to('cart')}&z=a+b`, 'cart'],
      [`?return_to=${to('cart')}&after_verification_return_to=${to('ok')}`, `?return_to=${to('ok')}`, 'ok'],
      [`?after_verification_return_to=${to('ok')}`, `?return_to=${to('ok')}`, 'ok'],
    ] as const) {
      await using ory = await start(
        optionsOf({ registration: { after: { password: named('session', 'show_verification_ui') } } }),
      )
      const browser = new Browser(ory, 'application/json')
      const { body } = await browser.request(`/self-service/registration/browser${query}`)
      const made = await browser.form(body.ui.action, { csrf_token: tokenIn(body.ui), ...byForm })
      const shown = made.body.continue_with?.find(({ action }) => action === 'show_verification_ui')
      const { id } = shown!['flow'] as { readonly id: string }
      const next = (await browser.request(`/self-service/verification/flows?id=${id}`)).body
      expect(next['request_url']).toBe(`${ory.publicUrl}/self-service/registration/browser${kept}`)
      const fields = { csrf_token: tokenIn(next.ui), method: 'code', code: await newestCode(ory) }
      const { ui } = (await browser.form(next.ui.action, fields)).body
      expect(ui.action).toBe(`${UI}/${page}`)
    }
  })

  test('keep out who has no verified address, with a verification to go on with', async () => {
    await using ory = await start(optionsOf(login('require_verified_address')))
    const app = native(ory)
    const { status, body } = await app.run('login', as(2))
    // The body says 400, as Kratos' does.
    expect([status, body.error]).toMatchObject([403, { id: 'session_verified_address_required', code: 400 }])
    const { details } = body.error as unknown as { readonly details: { readonly continue_with: readonly object[] } }
    expect(details.continue_with).toMatchObject([
      { action: 'show_verification_ui', flow: { verifiable_address: 'p2@example.test' } },
    ])
    expect(await actives(ory, 2)).toEqual([])
    const { browser, location } = await formLogin(ory, 2)
    expect(location).toContain(`${UI}/verification?flow=`)
    expect([...browser.cookies.keys()]).not.toContain('ory_kratos_session')
    const { ui } = await browser.flow(location)
    await browser.form(ui.action, { csrf_token: tokenIn(ui), method: 'code', code: await newestCode(ory) })
    expect((await app.run('login', as(2))).status).toBe(200)
    expect((await app.run('login', as(1))).status).toBe(200)
    expect((await app.run('login', as(3))).body.error).toMatchObject({ code: 500, id: 'invalid_configuration' })
    expect(await ory.requests.list({ identity: uuid(2), operation: 'updateLoginFlow' })).toHaveLength(3)
  })

  test('end the other sessions of who signs in, sets a password or recovers the account', async () => {
    const revoke = named('revoke_active_sessions')
    const flows = { ...login('revoke_active_sessions'), settings: { after: { password: revoke } } }
    await using ory = await start(optionsOf({ ...flows, recovery: { enabled: true, after: revoke } }))
    await ory.signIn(uuid(1))
    const app = native(ory)
    const { session_token: token } = (await app.run('login', as(1))).body
    expect(await actives(ory, 1)).toEqual([false, true])
    await ory.signIn(uuid(1))
    expect((await app.run('settings', { method: 'password', password: 'another good horse' }, token)).status).toBe(200)
    expect(await actives(ory, 1)).toEqual([false, false, true])
    const browser = new Browser(ory, 'application/json')
    const { ui } = (await browser.request('/self-service/recovery/browser')).body
    const fields = { csrf_token: tokenIn(ui), method: 'code' }
    await browser.form(ui.action, { ...fields, email: 'p1@example.test' })
    await browser.form(ui.action, { ...fields, code: await newestCode(ory) })
    expect(await actives(ory, 1)).toEqual([false, false, false, true])
    expect((await app.get('/sessions/whoami', token)).status).toBe(401)
    const recovered = await ory.requests.list({ identity: uuid(1), operation: 'updateRecoveryFlow' })
    expect(recovered).toHaveLength(2)
  })

  test('leave the journal with the identity of every answer that is about one', async () => {
    await using ory = await start(optionsOf({}))
    const app = native(ory)
    const { session_token } = (await app.run('login', as(1))).body
    await app.run('login', { ...as(1), password: 'wrong' })
    await app.run('verification', { method: 'code', email: 'p1@example.test' })
    await app.run('verification', { method: 'code', email: 'nobody@example.test' })
    await ory.fetch(`${ory.publicUrl}/self-service/logout/api`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session_token }),
    })
    const made = (await app.run('registration', newcomer)).body.identity.id
    const about = async (identity: string): Promise<unknown[]> =>
      (await ory.requests.list({ identity })).map(({ operation, status }) => [operation, status])
    expect(await about(uuid(1))).toEqual([
      ['updateLoginFlow', 200],
      ['updateVerificationFlow', 200],
      ['performNativeLogout', 204],
    ])
    expect(await about(made)).toEqual([['updateRegistrationFlow', 200]])
  })
})

test.each([
  ['kratos-1.3', {}],
  ['kratos-26.2', { feature_flags: { legacy_require_verified_login_error: true } }],
] as const)('who has no verified address gets the form again from %s with %j', async (profile, more) => {
  await using ory = await createMock(optionsOf(login('require_verified_address'), more, profile))
  const app = native(ory)
  const { status, body } = await app.run('login', as(2))
  expect([status, body.ui.messages]).toMatchObject([400, [{ id: 4000010 }]])
  expect((await app.run('login', as(3))).status).toBe(500)
  expect(await actives(ory, 2)).toEqual([])
  expect((await formLogin(ory, 2)).location).toContain(`${UI}/login?flow=`)
})

test('hooks run in their order, and those after one that ends the flow do not', async () => {
  for (const [names, left] of [
    [['require_verified_address', 'revoke_active_sessions'], [true]],
    [['revoke_active_sessions', 'require_verified_address'], [false]],
  ] as const) {
    await using ory = await createMock(optionsOf(login(...names)))
    await ory.signIn(uuid(2))
    await native(ory).run('login', as(2))
    expect(await actives(ory, 2)).toEqual(left)
  }
})

test.each(['return_to', 'after_verification_return_to'])(
  'a verification leads to all of the %s that the flow before it was asked for with',
  async (name) => {
    await using ory = await createMock(optionsOf(login('require_verified_address')))
    const browser = new Browser(ory)
    const to = `${ory.publicUrl}/self-service/settings/browser?a=b`
    const { flow, hidden } = await browser.open('login', `?${name}=${to}`)
    const { location } = await browser.form(flow.ui.action, { ...hidden, ...as(2) })
    expect(await browser.flow(location)).toMatchObject({ return_to: to })
  },
)

test('a verification that was to lead where nobody may be sent leads to the default', async () => {
  await using ory = await createMock(optionsOf(login('require_verified_address')))
  const browser = new Browser(ory)
  const { flow, hidden } = await browser.open('login', '?after_verification_return_to=https://evil.test')
  const { location } = await browser.form(flow.ui.action, { ...hidden, ...as(2) })
  const { ui } = await browser.flow(location)
  await browser.form(ui.action, { csrf_token: tokenIn(ui), method: 'code', code: await newestCode(ory) })
  expect(await browser.flow(location)).toMatchObject({ state: 'passed_challenge', ui: { action: `${UI}/` } })
})

test('a login verifies with `verification` and then shows it', async () => {
  const shown = async (...names: readonly string[]): Promise<unknown[]> => {
    await using ory = await createMock(optionsOf(login(...names)))
    const { body } = await native(ory).run('login', as(2))
    return actions(body.continue_with)
  }
  expect(await shown('show_verification_ui')).toEqual([])
  expect(await shown('show_verification_ui', 'verification')).toEqual([])
  expect(await shown('verification', 'show_verification_ui')).toEqual(['show_verification_ui'])
})

test('hooks of all methods run where a method has none that Kratos would run there', async () => {
  const after = (own: object): object => ({ login: { after: { ...named('revoke_active_sessions'), password: own } } })
  const left = async (own: object): Promise<boolean[]> => {
    await using ory = await createMock(optionsOf(after(own)))
    await ory.signIn(uuid(1))
    await native(ory).run('login', as(1))
    return await actives(ory, 1)
  }
  expect(await left(named())).toEqual([false, true])
  expect(await left(named('session'))).toEqual([false, true])
  expect(await left({ hooks: [{ hook: 'web_hook', config: { url: 'http://x.test', method: 'POST' } }] })).toEqual([
    true,
    true,
  ])
})

test('settings show a verification to a script and leave a browser where it was', async () => {
  const settings = { ui_url: `${UI}/settings`, after: { profile: named('show_verification_ui') } }
  await using ory = await createMock(optionsOf({ settings }))
  const { token, cookie } = await ory.signIn(uuid(1))
  const changed = { method: 'profile', traits: { email: 'one@example.test' } }
  expect(actions((await native(ory).run('settings', changed, token)).body.continue_with)).toEqual([
    'show_verification_ui',
  ])
  const browser = new Browser(ory)
  browser.cookies.set('ory_kratos_session', cookie.slice(cookie.indexOf('=') + 1))
  const { flow, hidden } = await browser.open('settings')
  const fields = { csrf_token: hidden['csrf_token']!, method: 'profile', 'traits.email': 'two@example.test' }
  expect((await browser.form(flow.ui.action, fields)).location).toContain(`${UI}/settings?flow=`)
})

test('each verification is shown with legacy_continue_with_verification_ui, whatever the hooks say', async () => {
  const flags = { feature_flags: { legacy_continue_with_verification_ui: true } }
  for (const [names, expected] of [
    [['session'], ['show_verification_ui', 'set_ory_session_token']],
    [
      ['session', 'show_verification_ui'],
      ['show_verification_ui', 'show_verification_ui', 'set_ory_session_token'],
    ],
  ] as const) {
    await using ory = await createMock(optionsOf({ registration: { after: { password: named(...names) } } }, flags))
    const { body } = await native(ory).run('registration', newcomer)
    expect(actions(body.continue_with)).toEqual(expected)
  }
})
