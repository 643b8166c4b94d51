import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock, OptionError, type MockOptions } from '../../src/index.ts'
import { files, run } from '../cli/program.ts'

const base64 = (text: string): string => `base64://${btoa(text)}`
const schemasOf = (url: unknown): object => ({ identity: { schemas: [{ id: 'default', url }] } })
const traits = (email: object): string =>
  JSON.stringify({ type: 'object', properties: { traits: { type: 'object', properties: { email } } } })

test.each([
  ['', 'config must be the path of a configuration of Kratos'],
  [{ sesion: {} }, '/sesion is an unknown key; did you mean session?'],
  [{ session: { lifespn: '1h' } }, '/session/lifespn is an unknown key; did you mean lifespan?'],
  [{ session: { lifespan: 'soon' } }, '/session/lifespan must be a duration such as 10m or 1h, not "soon"'],
  [{ session: { lifespan: '-1h' } }, '/session/lifespan must be a duration'],
  [{ courier: { smtp: { from: 'a' } } }, '/courier/smtp/from is an unknown key'],
  [
    { selfservice: { flows: { login: { after: { hooks: [{ hook: 'web_hok' }] } } } } },
    '/selfservice/flows/login/after/hooks/0/hook knows no "web_hok"; did you mean web_hook?',
  ],
  [
    { selfservice: { flows: { login: { after: { hooks: [{ hook: 'web_hook', config: { ulr: 'x' } }] } } } } },
    '/selfservice/flows/login/after/hooks/0/config/ulr is an unknown key; did you mean url?',
  ],
  ...['', 'a\r\nSet-Cookie: b', 'a b', 'a;b', 'a=b', 'a,b', 'ä', '\0'].map((name): [unknown, string] => [
    { session: { cookie: { name } } },
    `/session/cookie/name must be a name of letters, digits and any of !#$%&'*+-.^_\`|~, not ${JSON.stringify(name)}`,
  ]),
  [{ dsn: 7 }, '/dsn must be a text, the URL of a database, not 7'],
  [{ dsn: 'user:hidden@host' }, '/dsn must begin with the scheme of a database, such as postgres://'],
  [{ dsn: 'oracle://user:hidden@host' }, '/dsn names the database oracle, in which Kratos does not store; known are'],
  [{ dsn: 'postgrs://user:hidden@host' }, 'did you mean postgres?'],
  [{ dsn: 'constructor://user:hidden@host' }, '/dsn names the database constructor, in which Kratos does not store'],
  [[{ session: {} }, JSON.parse('{"__proto__":{}}')], '/__proto__ is an unknown key'],
  [{ feature_flags: { faster_session_extend: 'yes' } }, '/feature_flags/faster_session_extend must be true or false'],
  [{ serve: { public: { cors: { allowed_origins: ['example.com'] } } } }, 'cors/allowed_origins/0 must be an origin'],
  [{ identity: { schemas: {} } }, '/identity/schemas must be a list, not {}'],
  [{ identity: { schemas: ['a'] } }, '/identity/schemas/0 must be an object, not "a"'],
  [{ identity: { schemas: [{ id: 'a' }] } }, '/identity/schemas/0 lacks `url`'],
  [{ identity: { schemas: [{ url: 'file://a' }] } }, '/identity/schemas/0 lacks `id`'],
  [schemasOf('https://example.com/a.json'), 'url is https://example.com/a.json, and nothing is fetched: save it and'],
  [schemasOf('ftp://a'), '/identity/schemas/0/url must be a file:// or base64:// URL, not "ftp://a"'],
  [schemasOf('file://no/such.json'), 'url is file://no/such.json, which is not there (looked for '],
  [
    schemasOf('file:///etc/no/such.json'),
    "such.json): put it beside the configuration, or give the schema in a fixture's `schemas`",
  ],
  [schemasOf('file://%'), 'url is file://%, which is no URL of a file'],
  [schemasOf('file://.'), ': a folder)'],
  [schemasOf('base64://%'), 'url has no base64 behind base64://'],
  [schemasOf(base64('{"a":')), 'url is base64://, which is no JSON: at 1:6'],
  [
    schemasOf(base64(`${'{"properties":'.repeat(5000)}{}${'}'.repeat(5000)}`)),
    'url is a schema of more than 1000 levels, default',
  ],
  [schemasOf(base64('{}')), 'url is a schema that Kratos does not start with, default: expected "properties"'],
  [schemasOf(base64(traits({ type: 'strin' }))), 'default: at /properties/traits/properties/email/type expected'],
  [schemasOf(base64(traits({ type: 'string', pattern: '(?<a)' }))), 'default: at /properties/traits/properties/email'],
  [
    schemasOf(base64(traits({ type: 'string', 'ory.sh/kratos': { credential: {} } }))),
    'default: at /properties/traits/properties/email/ory.sh',
  ],
  [
    { identity: { default_schema_id: 'custmer', schemas: [{ id: 'customer', url: base64(traits({})) }] } },
    '/identity/default_schema_id names no schema of identity.schemas, custmer; did you mean customer?',
  ],
] as const)('%j is refused with its place', async (config, message) => {
  const starting = createMock({ config, profile: 'kratos-26.2' } as MockOptions)
  await expect(starting).rejects.toThrow(OptionError)
  await expect(starting).rejects.toThrow(message)
  await expect(starting).rejects.not.toThrow('hidden')
})

test.each([
  ['- a\n- b\n', 'The configuration must be an object, as kratos.yml is, not ["a","b"]'],
  ['', 'The configuration must be an object, as kratos.yml is, not null'],
  ['a: b: c\n', ':1:'],
  ['session:\n  lifespn: 1h\n', ':2:3 /session/lifespn is an unknown key; did you mean lifespan?'],
  ['{ "session": { "lifespan": 7 } }', ':1:16 /session/lifespan must be a text, not 7'],
])('the file %j is refused with line and column', async (text, message) => {
  const { config } = files({ config: text })
  const starting = createMock({ config })
  await expect(starting).rejects.toThrow(OptionError)
  await expect(starting).rejects.toThrow(`config ${config}`)
  await expect(starting).rejects.toThrow(message)
})

const letters = fc.stringMatching(/^[a-z_]{1,12}$/)
const SECTIONS = ['session', 'serve', 'identity', 'cookies', 'secrets', 'hashers', 'selfservice', 'courier', 'log']

test('a key that Kratos does not know is refused wherever it stands, and nothing else of the configuration is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...SECTIONS), letters, fc.json(), async (section, name, value) => {
      const key = `${name}_nowhere`
      const starting = createMock({ config: { cookies: { domain: 'a' }, [section]: { [key]: JSON.parse(value) } } })
      const { problems } = await starting.then(
        () => ({ problems: [] }),
        (error: OptionError) => error,
      )
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringContaining(`/${section}/${key} is an unknown`),
      ])
    }),
    { numRuns: 30 },
  )
})

test('whatever a configuration is, it is taken or refused as an option', async () => {
  const keys = fc.constantFrom(
    'dsn',
    'identity',
    'session',
    'serve',
    'selfservice',
    'schemas',
    'flows',
    'cookie',
    'cors',
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, 0, '', 'x', true, [], '__proto__'),
      fc.array(tie('tree'), { maxLength: 2 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  await fc.assert(
    fc.asyncProperty(fc.dictionary(keys, tree), async (config) => {
      const refused = await createMock({ config, seed: { identities: [] } }).then(
        (ory) => ory.close(),
        (error: unknown) => error,
      )
      expect(refused ?? new OptionError([])).toBeInstanceOf(OptionError)
    }),
    { numRuns: 60 },
  )
})

test('check knows a configuration, and says what is wrong with it', async () => {
  const { good, bad, fixture } = files({
    good: `dsn: memory\nidentity: { schemas: [{ id: default, url: '${base64(traits({ type: 'string' }))}' }] }\n`,
    bad: 'session:\n  lifespan: 1h\n  cooky: {}\n',
    fixture: 'identities: []\n',
  })
  const { status, stdout } = await run(['check', good, bad, fixture])
  expect(status).toBe(2)
  expect(stdout.trimEnd().split('\n')).toEqual([
    `${good}: configuration of Kratos: 1 schema`,
    `${bad}:3:3 /session/cooky is an unknown key; did you mean cookie?`,
    `${bad}: configuration: 1 problem`,
    `${fixture}: fixture: 0 identities, 0 sessions`,
  ])
})

test('the command line takes a configuration, and refuses a bad one with status 2', async () => {
  const { good, bad } = files({ good: 'session: { cookie: { name: mine } }\n', bad: 'sesion: {}\n' })
  const code = `fetch(process.env.ORY_MOCK_URL + '/_mock/sign-in', { method: 'POST', headers: { 'content-type':
    'application/json' }, body: '{"identity":"ada@example.com"}' }).then((answer) => answer.json())
    .then(({ cookie }) => console.log(cookie.split('=')[0]))`
  const ran = await run(['exec', '-c', good, '--log-level', 'info', '--', process.execPath, '-e', code])
  expect(ran).toMatchObject({ status: 0, stdout: 'mine\n' })
  expect(ran.stderr).toContain(`Taken from ${good}: session.cookie.name mine.\n`)
  expect(await run(['--port', '0', `--config=${bad}`])).toEqual({
    status: 2,
    stdout: '',
    stderr: `ory-identities-mock: --config ${bad}:1:1 /sesion is an unknown key; did you mean session?\n`,
  })
})
