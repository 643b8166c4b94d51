import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { describeDoors } from '../mock/doors.ts'
import { files } from '../cli/program.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const EXAMPLE = fileURLToPath(new URL('../../fixtures/kratos.yml', import.meta.url))
const base64 = (value: unknown): string => `base64://${btoa(JSON.stringify(value))}`
const schemaOf = (trait: string, more: object = {}): object => ({
  type: 'object',
  properties: { traits: { type: 'object', properties: { [trait]: { type: 'string' } }, ...more } },
})
/** What the tests look at of an answer. */
interface Body {
  readonly id: string
  readonly schema_id: string
  readonly expires_at: string
  readonly tokenized: string
}
const json = async (answer: Response | Promise<Response>): Promise<Body> => (await (await answer).json()) as Body
const create = (ory: Mock, body: object): Promise<Response> =>
  ory.fetch('/admin/identities', { method: 'POST', body: JSON.stringify(body) })
const listed = async (ory: Mock, path: string): Promise<readonly Body[]> =>
  (await (await ory.fetch(path)).json()) as readonly Body[]
const schemaIds = async (ory: Mock): Promise<string[]> => (await listed(ory, '/schemas')).map(({ id }) => id)

describeDoors("Kratos' configuration", (start) => {
  test('in a file gives the mock its schemas, its sessions, its cookie and its pages', async () => {
    await using ory = await start({ config: EXAMPLE, profile: 'kratos-26.2', now: NOW })
    expect(await schemaIds(ory)).toEqual(['customer'])
    const made = await json(create(ory, { traits: { email: 'new@example.com', plan: 'pro', name: {} } }))
    expect(made.schema_id).toBe('customer')
    expect((await create(ory, { traits: { plan: 'gold' } })).status).toBe(400)
    // As PostgreSQL has it, which `dsn` names.
    const read = await ory.fetch(`/admin/identities/${made.id}`)
    expect(await read.text()).toContain('"traits":{"name":{},"plan":"pro","email":"new@example.com"}')
    const { session, cookie } = await ory.signIn('ada@example.com')
    expect(cookie).toMatch(/^example_session=/)
    expect(session['expires_at']).toBe('2026-12-23T01:00:00Z')
    const origin = { headers: { Origin: 'http://localhost:3000', Cookie: cookie } }
    const whoami = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, origin)
    expect(whoami.headers.get('Access-Control-Allow-Origin')).toBe('http://localhost:3000')
    expect((await json(whoami)).id).toBe(session.id)
    const flow = await json(ory.fetch(`${ory.publicUrl}/self-service/registration/api`))
    expect(flow.expires_at).toBe('2026-11-23T02:00:00Z')
  })

  test('counts in every project, and after a reset', async () => {
    await using ory = await start({ config: EXAMPLE, now: NOW })
    const project = await ory.project({ seed: { identities: [{ traits: { email: 'eve@example.com' } }] } })
    const [eve] = await listed(project, '/admin/identities')
    expect(eve?.schema_id).toBe('customer')
    await project.reset()
    expect(await schemaIds(project)).toEqual(['customer'])
    expect((await project.signIn(eve!.id)).cookie).toMatch(/^example_session=/)
  })

  test('has schemas by which the fixture is read, and the fixture has the last word', async () => {
    const schemas = [
      { id: 'customer', url: base64(schemaOf('email')) },
      { id: 'staff', url: 'https://example.com/staff.json' },
    ]
    const config = { identity: { default_schema_id: 'customer', schemas } }
    const staff = schemaOf('badge', { required: ['badge'] })
    const seed = {
      schemas: { staff },
      identities: [{ traits: { email: 'a' } }, { schema_id: 'staff', traits: { badge: '7' } }],
    }
    await using ory = await start({ config, seed })
    expect((await schemaIds(ory)).toSorted()).toEqual(['customer', 'staff'])
    const all = await listed(ory, '/admin/identities')
    expect(all.map(({ schema_id }) => schema_id).toSorted()).toEqual(['customer', 'staff'])
    expect((await create(ory, { schema_id: 'staff', traits: {} })).status).toBe(400)
    await expect(start({ config, seed: { ...seed, schemas: {} } })).rejects.toThrow(
      'config /identity/schemas/1/url is https://example.com/staff.json, and nothing is fetched: save it',
    )
    const unknown = start({ config, seed: { schemas: { staff }, identities: [{ schema_id: 'custmer', traits: {} }] } })
    await expect(unknown).rejects.toThrow('the id of a given schema (did you mean "customer"?)')
  })
})

test('sessions are extended when the configuration lets them, and answered as it says', async () => {
  const seed = { identities: [person(1)], sessions: [sessionOf(1, 1, { expires_at: '+2h' })] }
  const extend = async (ory: Mock): Promise<Response> =>
    ory.fetch(`/admin/sessions/${uuid(10_001)}/extend`, { method: 'PATCH' })
  const session = { lifespan: '48h', earliest_possible_extend: '1h' }
  await using ory = await createMock({ seed, now: NOW, config: { session } })
  expect((await json(extend(ory))).expires_at).toBe('2026-11-23T03:00:00Z')
  await ory.clock.advance('61m')
  expect((await json(extend(ory))).expires_at).toBe('2026-11-25T02:01:00Z')
  const feature_flags = { faster_session_extend: true }
  await using faster = await createMock({ seed, now: NOW, config: { feature_flags } })
  const answer = await extend(faster)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  expect((await json(faster.fetch(`/admin/sessions/${uuid(10_001)}`))).expires_at).toBe('2026-11-24T01:00:00Z')
})

test('whoami says how long it may be cached, where the configuration lets it be', async () => {
  const seed = { identities: [person(1)], sessions: [sessionOf(1, 1, { expires_at: '+2h' })] }
  const cachedFor = async (ory: Mock, token?: string): Promise<string | null> => {
    const headers = token === undefined ? undefined : { 'X-Session-Token': token }
    const answer = await ory.fetch('/sessions/whoami', headers === undefined ? {} : { headers })
    return answer.headers.get('Ory-Session-Cache-For')
  }
  await using plain = await createMock({ seed, now: NOW, config: {} })
  expect(await cachedFor(plain, 'ory_st_1_1')).toBeNull()
  await using ory = await createMock({ seed, now: NOW, config: { feature_flags: { cacheable_sessions: true } } })
  expect(await cachedFor(ory, 'ory_st_1_1')).toBe('7200')
  await ory.clock.advance('30m')
  expect(await cachedFor(ory, 'ory_st_1_1')).toBe('5400')
  expect([await cachedFor(ory), await cachedFor(ory, 'ory_st_none')]).toEqual(['60', null])
  const feature_flags = { cacheable_sessions: true, cacheable_sessions_max_age: '5m' }
  await using short = await createMock({ seed, now: NOW, config: { feature_flags } })
  expect(await cachedFor(short, 'ory_st_1_1')).toBe('300')
})

test('a flow is for the default schema, or for one that the configuration lets it ask for', async () => {
  const url = base64(schemaOf('badge'))
  const schemas = ['customer', 'staff', 'guest'].map((id) => ({ id, url, selfservice_selectable: id === 'guest' }))
  const config = { identity: { default_schema_id: 'customer', schemas } }
  await using ory = await createMock({ config, profile: 'kratos-26.2' })
  const begin = async (query: string): Promise<unknown[]> => {
    const answer = await ory.fetch(`/self-service/registration/api${query}`)
    const { identity_schema, error } = (await answer.json()) as {
      identity_schema?: string
      error?: { reason: string }
    }
    return [answer.status, identity_schema ?? error?.reason]
  }
  expect(await begin('')).toEqual([200, undefined])
  expect(await begin('?identity_schema=customer')).toEqual([200, 'customer'])
  expect(await begin('?identity_schema=guest')).toEqual([200, 'guest'])
  expect(await begin('?identity_schema=staff')).toEqual([
    400,
    'Requested identity schema "staff" is not enabled for self-service flows.',
  ])
  expect(await begin('?identity_schema=none')).toEqual([400, 'Requested identity schema "none" does not exist.'])
})

test('keys that sign sessions are read from a file beside the configuration', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const keys = files({ keys: JSON.stringify({ keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'k' }] }) })
  const name = keys.keys.replace(/^.*\//, '')
  const { config } = files({
    config: `session: { whoami: { tokenizer: { templates: { app: { jwks_url: 'file://${keys.keys}' } } } } }`,
  })
  const seed = { identities: [person(1)], sessions: [sessionOf(1, 1)] }
  await using ory = await createMock({ seed, now: NOW, config })
  const headers = { 'X-Session-Token': 'ory_st_1_1' }
  const { tokenized } = await json(ory.fetch('/sessions/whoami?tokenize_as=app', { headers }))
  const { payload } = await jwtVerify(tokenized, publicKey, { currentDate: new Date(NOW) })
  expect(payload.sub).toBe(uuid(1))
  const lost = { app: { jwks_url: `file://elsewhere/${name}` } }
  await expect(createMock({ config: { session: { whoami: { tokenizer: { templates: lost } } } } })).rejects.toThrow(
    /config \/session\/whoami\/tokenizer\/templates\/app\/jwks_url is file:.*which is not there .*: put it beside the configuration$/,
  )
})

test.each([
  ['postgres://a:b@c/d', undefined, '{"id":7,"plan":"pro"}'],
  ['mysql://a:b@tcp(c:3306)/d', undefined, '{"id":7,"plan":"pro"}'],
  ['sqlite:///var/lib/db.sqlite?_fk=true', undefined, '{"plan":"pro","id":7}'],
  ['memory', undefined, '{"plan":"pro","id":7}'],
  ['cockroach://a:b@c/d', undefined, '{"id":7,"plan":"pro"}'],
  ['memory', 'postgres', '{"id":7,"plan":"pro"}'],
] as const)('%s is the database, unless the option says %s', async (dsn, database, traits) => {
  const seed = { identities: [{ traits: { plan: 'pro', id: 7 }, created_at: '2026-11-01T00:00:00.7Z' }] }
  const options: MockOptions = { seed, profile: 'kratos-26.2', database, config: { dsn } }
  await using ory = await createMock(options)
  const text = await (await ory.fetch('/admin/identities')).text()
  expect(text).toContain(`"traits":${traits}`)
  // MySQL alone keeps whole seconds.
  expect(text).toContain(`"created_at":"2026-11-01T00:00:0${dsn.startsWith('mysql') ? '1Z' : '0.7Z'}"`)
  await using documented = await createMock({ seed, config: { dsn } })
  expect(await (await documented.fetch('/admin/identities')).text()).toContain('"traits":{"plan":"pro","id":7}')
  if (database !== undefined) return
  const project = await documented.project({ seed, profile: 'kratos-26.2' })
  expect(await (await project.fetch('/admin/identities')).text()).toContain(`"traits":${traits}`)
})

test('CORS goes by the configuration, and by other origins where the option names them', async () => {
  const granted = async (ory: Mock, origin: string, method = 'GET', names = 'x-own'): Promise<(string | null)[]> => {
    const { headers } = await ory.fetch('/sessions/whoami', {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': names },
    })
    return ['Allow-Origin', 'Allow-Credentials', 'Max-Age'].map((name) => headers.get(`Access-Control-${name}`))
  }
  const cors = {
    enabled: true,
    allowed_origins: ['https://*.example.com'],
    allowed_methods: ['GET'],
    allowed_headers: ['X-Own'],
    exposed_headers: ['x-own', 'ETAG'],
    allow_credentials: false,
    max_age: 600,
  }
  const page = 'https://a.example.com'
  await using ory = await createMock({ config: { serve: { public: { cors } } } })
  expect(await granted(ory, page)).toEqual([page, null, '600'])
  expect(await granted(ory, page, 'POST')).toEqual([null, null, null])
  expect(await granted(ory, page, 'GET', 'content-type')).toEqual([null, null, null])
  expect(await granted(ory, 'https://a.example.org')).toEqual([null, null, null])
  const read = await ory.fetch('/sessions/whoami', { headers: { Origin: page } })
  expect(read.headers.get('Access-Control-Expose-Headers')).toBe('X-Own, Etag')
  await using other = await createMock({ cors: 'https://o.test', config: { serve: { public: { cors } } } })
  expect([await granted(other, page), await granted(other, 'https://o.test')]).toEqual([
    [null, null, null],
    ['https://o.test', null, '600'],
  ])
  await using off = await createMock({ config: { serve: { public: { cors: { ...cors, enabled: false } } } } })
  expect(await granted(off, page)).toEqual([null, null, null])
  await using all = await createMock({ config: { serve: { public: { cors: { enabled: true } } } } })
  expect(await granted(all, 'https://any.test', 'GET', 'content-type')).toEqual(['https://any.test', 'true', null])
})

test('the start tells what was taken, what is not run, and who is left out', async () => {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
  const startOf = async (options: MockOptions): Promise<string[]> => {
    spy.mockClear()
    await using _ = await createMock(options)
    return spy.mock.calls.map(([line]) => String(line))
  }
  const config = EXAMPLE
  expect(await startOf({ config })).toEqual([])
  const [taken, unrun, ...rest] = await startOf({ config, logLevel: 'info', profile: 'kratos-26.2' })
  expect(taken).toMatch(
    /^Taken from .*kratos\.yml: the database postgres; the schemas customer .*session\.lifespan 720h/,
  )
  expect(taken).not.toContain('secret')
  expect(unrun).toBe('Not run, nor followed: /selfservice/flows/registration/after/password/hooks/1 (web_hook).')
  expect(rest).toEqual([])
  const flows = { login: { style: 'identifier_first', after: { hooks: [{ hook: 'revoke_active_sessions' }] } } }
  const methods = {
    password: { enabled: false },
    code: { enabled: true },
    totp: { enabled: true },
    oidc: { enabled: false },
  }
  const cookie = { path: '/app', secure: true }
  const feature_flags = { use_continue_with_transitions: true, choose_recovery_address: false }
  expect(
    await startOf({
      config: { selfservice: { flows, methods }, session: { cookie }, feature_flags },
      logLevel: 'info',
    }),
  ).toEqual([
    'Taken from the configuration: session.cookie.path /app; the flows login; the methods code.',
    'Not run, nor followed: /selfservice/methods/totp/enabled, /selfservice/flows/login/style, /session/cookie/secure, /feature_flags/use_continue_with_transitions.',
  ])
  const strict = { schemas: [{ id: 'default', url: base64(schemaOf('badge', { required: ['badge'] })) }] }
  const told = await startOf({
    config: { dsn: 'cockroach://c/d', identity: strict },
    logLevel: 'info',
    profile: 'kratos-26.2',
  })
  expect(told).toEqual([
    expect.stringContaining('the schemas default'),
    expect.stringMatching(/^dsn names CockroachDB, which is not modelled/),
    'The built-in team does not fit the schema default: the mock starts with nobody.',
  ])
  spy.mockRestore()
})

test('later configurations go over earlier ones, section by section, each with its own folder and its own places', async () => {
  const { base, local, schema } = files({
    base: `identity:\n  default_schema_id: badge\n  schemas: [{ id: badge, url: 'file://missing.json' }]\nsession:\n  lifespan: 2h\n  cookie: { name: base }\n`,
    local: `session:\n  lifespan: 3h\n`,
    schema: JSON.stringify(schemaOf('badge')),
  })
  writeFileSync(base, readFileSync(base, 'utf8').replace('missing.json', basename(schema)))
  const inCode = { session: { cookie: { name: 'code' } }, identity: null }
  await using ory = await createMock({
    config: [base, local],
    seed: { identities: [{ traits: { badge: '7' } }] },
    now: NOW,
  })
  expect(await schemaIds(ory)).toEqual(['badge'])
  const [somebody] = await listed(ory, '/admin/identities')
  const signedIn = await ory.signIn(somebody!.id)
  expect([signedIn.session['expires_at'], signedIn.cookie]).toEqual([
    '2026-11-23T04:00:00Z',
    expect.stringMatching(/^base_?|^base=/),
  ])
  await using plain = await createMock({ config: [base, local, inCode], now: NOW })
  expect(await schemaIds(plain)).toEqual(['default'])
  expect((await plain.signIn('ada@example.com')).cookie).toMatch(/^code=/)
  writeFileSync(local, 'session:\n  lifespn: 3h\n')
  writeFileSync(base, 'sesion: {}\n')
  await expect(createMock({ config: [base, local] })).rejects.toThrow(
    new RegExp(
      `^config ${base}:1:1 /sesion is an unknown key.*\n.*config ${local}:2:3 /session/lifespn is an unknown key`,
    ),
  )
  await expect(createMock({ config: [local, []] as never })).rejects.toThrow(
    'config must be the path of a configuration',
  )
})

test('--watch follows the configuration and the schemas that it names, old and new, and keeps what it had for a bad one', async () => {
  const { config, first, second } = files({
    config: '',
    first: JSON.stringify(schemaOf('badge')),
    second: JSON.stringify(schemaOf('name')),
  })
  const yaml = (file: string, lifespan: string): string =>
    `identity: { schemas: [{ id: default, url: 'file://${basename(file)}' }] }\nsession: { lifespan: ${lifespan} }\n`
  writeFileSync(config, yaml(first, '2h'))
  const seed = { identities: [{ id: uuid(1), traits: {} }] }
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => errors.mockRestore())
  await using ory = await createMock({ config, seed, watch: true, now: NOW })
  const project = await ory.project()
  const schema = async (one: Mock): Promise<string> => (await one.fetch('/schemas/default')).text()
  const expiry = async (one: Mock): Promise<unknown> => (await one.signIn(uuid(1))).session['expires_at']
  expect([await schema(ory), await expiry(project)]).toEqual([
    expect.stringContaining('"badge"'),
    '2026-11-23T03:00:00Z',
  ])
  writeFileSync(config, yaml(second, '3h'))
  await expect.poll(() => schema(ory)).toContain('"name"')
  expect([await expiry(ory), await expiry(project)]).toEqual(['2026-11-23T04:00:00Z', '2026-11-23T04:00:00Z'])
  writeFileSync(second, JSON.stringify(schemaOf('nick')))
  await expect.poll(() => schema(ory)).toContain('"nick"')
  writeFileSync(config, yaml(second, 'soon'))
  await expect.poll(() => errors.mock.calls.join()).toContain('/session/lifespan must be a duration')
  expect(await expiry(ory)).toBe('2026-11-23T04:00:00Z')
})

test.each([
  [
    { version: 'v26.2.0', dsn: 'postgres://a:hidden@b/c' },
    'The configuration says v26.2.0: --profile kratos-26.2; the database that dsn names counts in the kratos- profiles alone.',
  ],
  [{ version: 'v25.4.1' }, 'The configuration says v25.4.1: --profile kratos-25.4.'],
  [{ version: 'v1.3.0' }, 'The configuration says v1.3.0: --profile kratos-1.3.'],
  [
    { version: 'v0.13.0', dsn: 'memory' },
    'No profile was given, and the database that dsn names counts in the kratos- profiles alone.',
  ],
  [{ version: 'v2.6.2' }, undefined],
  [{ version: '' }, undefined],
])('%j without a profile tells at the start which one it speaks of', async (config, line) => {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => spy.mockRestore())
  const toldOf = async (profile?: MockOptions['profile']): Promise<unknown[]> => {
    spy.mockClear()
    await using _ = await createMock({ config, logLevel: 'info', profile })
    return spy.mock.calls.flat().slice(1)
  }
  expect(await toldOf()).toEqual(line === undefined ? [] : [line])
  for (const profile of ['documented', 'kratos-25.4'] as const) expect(await toldOf(profile)).toEqual([])
})
