import { expect, test } from 'vitest'
import { createMock, OptionError, type Mock, type MockOptions } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { Browser, native, newestCode, type UiNode } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const seed = { identities: [person(1, { credentials: { password: { config: { password: PASSWORD } } } })] }
const UI = 'http://127.0.0.1:4455'

const mock = (selfservice: object, more: object = {}) =>
  createMock({
    seed,
    now: NOW,
    config: { selfservice: { default_browser_return_url: `${UI}/`, ...selfservice }, ...more },
  })
const methodsOf = (nodes: readonly UiNode[]): unknown[] =>
  nodes.filter(({ attributes }) => attributes.name === 'method').map(({ attributes }) => attributes.value)
const byPassword = { method: 'password', identifier: 'p1@example.test', password: PASSWORD }

test.each([
  [7, 'The configuration must be an object'],
  [{ selfservice: [] }, '/selfservice must be an object, not []'],
  [{ selfservice: { flows: { login: { lifespan: 'soon' } } } }, '/selfservice/flows/login/lifespan must be a duration'],
  [{ selfservice: { flows: { recovery: { enabled: 'yes' } } } }, '/selfservice/flows/recovery/enabled must be true or'],
  [
    { selfservice: { flows: { recovery: { use: 'fax' } } } },
    '/selfservice/flows/recovery/use must be one of code, link',
  ],
  [{ selfservice: { flows: { login: { ui_url: 7 } } } }, '/selfservice/flows/login/ui_url must be a text, not 7'],
  [{ selfservice: { allowed_return_urls: 'x' } }, '/selfservice/allowed_return_urls must be a list'],
  [{ selfservice: { methods: { password: { config: { min_password_length: -1 } } } } }, 'must be a whole number'],
])('%j is refused with its place', async (config, message) => {
  const starting = createMock({ config } as MockOptions)
  await expect(starting).rejects.toThrow(OptionError)
  await expect(starting).rejects.toThrow(typeof config === 'number' ? 'config' : message)
})

test('a method that is off is neither offered nor taken', async () => {
  await using ory = await mock({ methods: { password: { enabled: false }, code: { passwordless_enabled: true } } })
  const app = native(ory)
  const begun = await app.begin('login')
  expect(methodsOf(begun.body.ui.nodes)).toEqual(['code'])
  expect((await app.send(begun.body.ui.action, byPassword)).status).toBe(404)
  await using other = await mock({ methods: { code: { enabled: true } } })
  expect(methodsOf((await native(other).begin('login')).body.ui.nodes)).toEqual(['password'])
})

test('what is not modelled is a method that is off, and unknown where Kratos would not look at it', async () => {
  await using ory = await mock({})
  const app = native(ory)
  const { token } = await ory.signIn(uuid(1))
  const statusOf = async (kind: string, body: object, query = ''): Promise<number> => {
    const own = kind === 'settings' || query !== '' ? token : undefined
    const begun = await app.get(`/self-service/${kind}/api${query}`, own)
    return (await app.send(begun.body.ui.action, body, own)).status
  }
  expect(await statusOf('login', { provider: 'google' })).toBe(404)
  expect(await statusOf('login', { method: 'oidc' })).toBe(400)
  expect(await statusOf('login', { method: 'passkey' })).toBe(404)
  expect(await statusOf('login', { method: 'totp', totp_code: '123456' })).toBe(400)
  expect(await statusOf('login', { method: 'totp', totp_code: '123456' }, '?aal=aal2')).toBe(404)
  expect(await statusOf('login', { method: 'webauthn' })).toBe(400)
  expect(await statusOf('registration', { method: 'oidc', provider: 'google' })).toBe(404)
  expect(await statusOf('registration', { passkey_register: 'true' })).toBe(400)
  expect(await statusOf('settings', { lookup_secret_reveal: true })).toBe(404)
  expect(await statusOf('settings', { method: 'totp' })).toBe(404)
  expect(await statusOf('settings', { unlink: 'google' })).toBe(404)
  expect(await statusOf('settings', { method: 'lookup_secret' })).toBe(400)
})

test('a flow that is off says so', async () => {
  await using ory = await mock({ flows: { registration: { enabled: false } } })
  for (const kind of ['registration', 'recovery', 'verification']) {
    const { status, body } = await native(ory).begin(kind)
    expect([status, body.error.reason]).toEqual([400, expect.stringContaining('not allowed because it was disabled')])
  }
})

test('a recovery or a verification by a method that is off says so, in words of its own', async () => {
  const flows = { recovery: { enabled: true }, verification: { enabled: true }, error: { ui_url: `${UI}/error` } }
  await using ory = await mock({ methods: { code: { enabled: false } }, flows })
  const app = native(ory)
  const { status, body } = await app.begin('verification')
  const reason = 'The active verification strategy code is not enabled. Please enable it in the configuration.'
  expect([status, body.error.reason]).toEqual([400, reason])
  // Unless it asks for JSON, an application is sent to the page for errors, too.
  const sent = await ory.fetch(`${ory.publicUrl}/self-service/recovery/api`, { redirect: 'manual' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.stringContaining(`${UI}/error?id=`)])
  expect((await app.begin('recovery')).body.error.reason).toContain('You attempted recovery using code')
})

test('no link goes to a phone', async () => {
  const phone = { type: 'string', format: 'tel', 'ory.sh/kratos': { verification: { via: 'sms' } } }
  const schemas = [{ properties: { traits: { type: 'object', properties: { phone } } } }].map((schema) => ({
    id: 'default',
    url: `base64://${btoa(JSON.stringify(schema))}`,
  }))
  const config = {
    identity: { default_schema_id: 'default', schemas },
    selfservice: { methods: { link: { enabled: true } }, flows: { verification: { enabled: true, use: 'link' } } },
  }
  await using ory = await createMock({ seed: { identities: [person(1, { traits: {} })] }, now: NOW, config })
  const { token } = await ory.signIn(uuid(1))
  const saved = await native(ory).run('settings', { method: 'profile', traits: { phone: '+4915112345678' } }, token)
  expect([saved.status, saved.body.error]).toMatchObject([
    400,
    { code: 500, message: 'received unexpected via type: sms' },
  ])
})

test('flows and codes last as long as they are told to', async () => {
  await using ory = await mock({
    methods: { code: { passwordless_enabled: true, config: { lifespan: '2m' } } },
    flows: { login: { lifespan: '5m' } },
  })
  const app = native(ory)
  const begun = await app.begin('login')
  expect(begun.body['expires_at']).toBe('2026-11-23T01:05:00Z')
  const by = { method: 'code', identifier: 'p1@example.test' }
  await app.send(begun.body.ui.action, by)
  const code = await newestCode(ory)
  await ory.clock.advance('3m')
  expect((await app.send(begun.body.ui.action, { ...by, code })).status).not.toBe(200)
  await ory.clock.advance('3m')
  expect((await app.send(begun.body.ui.action, { ...by, code })).status).toBe(410)
})

test('nobody is signed in after registration without the hook, and a page may follow', async () => {
  const after = { hooks: [{ hook: 'show_verification_ui' }], default_browser_return_url: `${UI}/welcome` }
  await using ory = await mock({
    flows: {
      registration: { ui_url: `${UI}/registration`, after: { password: after } },
      verification: { enabled: true, ui_url: `${UI}/verification` },
    },
  })
  const app = native(ory)
  const signed = await app.run('registration', {
    method: 'password',
    password: PASSWORD,
    traits: { email: 'a@b.test' },
  })
  expect([signed.status, signed.body.session_token]).toEqual([200, undefined])
  expect(signed.body.continue_with).toMatchObject([{ action: 'show_verification_ui' }])
  const browser = new Browser(ory)
  const { flow, hidden } = await browser.open('registration')
  const { csrf_token = '' } = hidden
  const fields = { csrf_token, method: 'password', password: PASSWORD, 'traits.email': 'c@b.test' }
  const done = await browser.form(flow.ui.action, fields)
  expect(done.location).toContain(`${UI}/verification?flow=`)
})

test('a browser is only sent where it may go', async () => {
  await using ory = await mock({
    allowed_return_urls: [
      'https://app.example.test/welcome',
      'https://*.wild.test',
      'https://app.example.test/a/b',
      'https://ä.test',
    ],
    flows: { login: { ui_url: `${UI}/login` } },
  })
  for (const [to, isAllowed] of [
    ['https://app.example.test/welcome/home', true],
    ['https://app.example.test/other', false],
    ['https://evil.test', false],
    ['javascript:alert(1)', false],
    ['%zz', false],
    ['https://me:secret@sub.wild.test/a?b=c', true],
    // A browser takes a backslash for a slash, and does not see a tab.
    [String.raw`https://evil.test\.wild.test`, false],
    [String.raw`https://evil.test\@sub.wild.test`, false],
    ['https://evil.test\t.wild.test', false],
    ['https://sub.wild.test/?a\r\nx-own: b', false],
    ['https://sub.wild.test/#a\r\nx-own: b', true],
    // Go compares what escapes stand for, and takes them in a host for what is not ASCII alone.
    ['https://app.example.test/%77elcome', true],
    ['https://app.example.test/a%2Fb', true],
    ['https://app.example.test/%2561/b', false],
    ['https://%C3%A4.test/', true],
    ['https://%61pp.example.test/welcome', false],
  ] as const) {
    const { location } = await new Browser(ory).request(
      `/self-service/login/browser?return_to=${encodeURIComponent(to)}`,
    )
    expect([to, location.startsWith(`${UI}/login?flow=`)]).toEqual([to, isAllowed])
  }
})

test.each(['login', 'registration', 'recovery', 'verification'])(
  'a %s in the place of one that is over leads to where that did',
  async (kind) => {
    await using ory = await mock({
      allowed_return_urls: [UI],
      flows: { [kind]: { ui_url: `${UI}/${kind}`, ...(kind === 'login' ? {} : { enabled: true }) } },
    })
    const browser = new Browser(ory)
    const { flow, hidden } = await browser.open(kind, `?return_to=${UI}/welcome`)
    await ory.clock.advance('2h')
    const { location } = await browser.form(flow.ui.action, { ...hidden, method: 'code' })
    expect(await browser.flow(location)).toMatchObject({ return_to: `${UI}/welcome` })
  },
)

test('the second factor is wanted of whoami unless it is configured otherwise', async () => {
  const twice = person(2, {
    credentials: {
      password: { config: { password: PASSWORD } },
      totp: { config: { totp_url: 'otpauth://totp/a' } },
    },
  })
  const statusIn = async (config: object): Promise<number> => {
    await using ory = await createMock({ seed: { identities: [twice] }, now: NOW, config })
    const { token } = await ory.signIn(uuid(2))
    return (await ory.fetch(`${ory.publicUrl}/sessions/whoami`, { headers: { 'x-session-token': token } })).status
  }
  expect(await statusIn({})).toBe(403)
  expect(await statusIn({ session: { whoami: { required_aal: 'aal1' } } })).toBe(200)
})

/** How many identities and sessions there are. */
const peopleOf = async (ory: Mock): Promise<readonly number[]> => {
  const lists = await Promise.all(['identities', 'sessions'].map((what) => ory.fetch(`/admin/${what}`)))
  const rows = await Promise.all(lists.map((answer) => answer.json() as Promise<readonly unknown[] | null>))
  return rows.map((all) => all?.length ?? 0)
}

test('the page of a flow has its id in its query, before its fragment, among the parameters that it has', async () => {
  await using ory = await mock({ flows: { login: { ui_url: `${UI}/login?z=1&a=b%20c#/sign-in?x=y` } } })
  const { location } = await new Browser(ory).request('/self-service/login/browser')
  expect(location).toMatch(new RegExp(`^${UI}/login\\?a=b\\+c&flow=[0-9a-f-]{36}&z=1#/sign-in\\?x=y$`))
})

test.each([
  ['documented', 0],
  ['kratos-26.2', 1],
  ['kratos-1.3', 1],
] as const)(
  'a registration whose verification cannot begin stays in the form, and in %s stores as many people: %i',
  async (profile, stored) => {
    await using ory = await createMock({
      seed: {},
      now: NOW,
      profile,
      config: {
        selfservice: {
          default_browser_return_url: `${UI}/`,
          methods: { link: { enabled: false } },
          flows: { verification: { enabled: true, use: 'link', ui_url: `${UI}/verification` } },
        },
      },
    })
    const before = await peopleOf(ory)
    const refused = await native(ory).run('registration', {
      method: 'password',
      password: PASSWORD,
      traits: { email: 'a@b.test' },
    })
    expect([refused.status, JSON.stringify(refused.body.ui.messages)]).toEqual([
      400,
      expect.stringContaining('The active verification strategy link is not enabled.'),
    ])
    expect(before).toEqual([0, 0])
    expect(await peopleOf(ory)).toEqual([stored, stored])
  },
)
