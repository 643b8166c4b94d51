import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { startMock, type Mock, type RecordedRequest } from '../../src/index.ts'
import { operations } from '../../src/model/operations.ts'
import { personCurl, personFixture, personSdk, personTestLine, type AdminIdentity } from '../../src/ui/copy/person.ts'
import { curlOf, fixtureOf, testLineOf, type Target } from '../../src/ui/copy/request.ts'
import { ruleFile } from '../../src/ui/copy/rule.ts'
import { sdkOf } from '../../src/ui/copy/sdk.ts'
import { literal } from '../../src/ui/copy/source.ts'
import { yamlOf } from '../../src/ui/copy/yaml.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

/** What nobody should have to quote by hand. */
const NASTY = `it's "$HOME" \`id\` \\ %41 é \u2028 <b>\n- x: y # z`

const start = async (token?: string): Promise<Mock> => {
  const ory = await startMock({
    port: 0,
    now: NOW,
    ...(token === undefined ? {} : { token }),
    seed: {
      identities: [person(1, { metadata_admin: { note: NASTY } })],
      sessions: [sessionOf(1, 1), sessionOf(1, 2)],
    },
  })
  onTestFinished(() => ory.close())
  return ory
}

const targetOf = ({ url, publicUrl }: Mock, token = ''): Target => ({ url, publicUrl, token })

const NOWHERE: Target = { url: 'http://127.0.0.1:1', publicUrl: 'http://127.0.0.1:1', token: '' }

const shell = async (command: string): Promise<string> => (await run('sh', ['-c', command])).stdout

/** Runs programs that import what the repository has installed, one after the other in one process. */
const programs = async (...texts: readonly string[]): Promise<string> => {
  const folder = mkdtempSync(join(root, 'node_modules/.copied-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = texts.map((text, n) => {
    writeFileSync(join(folder, `${n}.mjs`), text)
    return `await import('./${n}.mjs')\n`
  })
  writeFileSync(join(folder, 'all.mjs'), files.join(''))
  return (await run(process.execPath, [join(folder, 'all.mjs')])).stdout
}

/** Runs lines of a test that have a mock called `ory`. */
const lines = async (text: string, ory: Mock): Promise<void> => {
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  const body = new Function('ory', 'expect', `return (async () => {${text}})()`) as (
    ory: Mock,
    expect: unknown,
  ) => Promise<void>
  await body(ory, expect)
}

const last = async (ory: Mock): Promise<RecordedRequest> => (await ory.requests.list()).at(-1)!

const asked = ({ method, path, query, body, operation, status }: RecordedRequest): object => ({
  method,
  path,
  query,
  body,
  operation,
  status,
})

const BODY = JSON.stringify({ schema_id: 'default', traits: { email: 'new@example.test', name: { first: NASTY } } })
const JSON_HEADER = { 'Content-Type': 'application/json' }

const requests: readonly (readonly [title: string, path: string, init: RequestInit])[] = [
  ['a list with a query', `/admin/identities/${uuid(1)}/sessions?active=true&page_size=1`, {}],
  ['expanded lists', '/admin/sessions?expand=identity&expand=devices&page_size=2', {}],
  ['an identity by its credentials', `/admin/identities/${uuid(1)}?include_credential=password`, {}],
  ['a body', '/admin/identities', { method: 'POST', headers: JSON_HEADER, body: BODY }],
  [
    'a patch',
    `/admin/identities/${uuid(1)}`,
    { method: 'PATCH', headers: JSON_HEADER, body: '[{"op":"replace","path":"/state","value":"inactive"}]' },
  ],
  ['an answer without a body', `/admin/sessions/${uuid(10_001)}`, { method: 'DELETE' }],
  ['a refusal', `/admin/identities/${uuid(9)}`, {}],
]

test.each(requests)('curl and a test’s line make a request again: %s', async (_title, path, init) => {
  const ory = await start()
  await ory.fetch(path, init)
  const first = await last(ory)
  const target = targetOf(ory)
  await ory.reset()
  await shell(curlOf(first, target))
  expect(asked(await last(ory))).toEqual(asked(first))
  await ory.reset()
  await lines(testLineOf(first, target, first.status), ory)
  expect(asked(await last(ory))).toEqual(asked(first))
  await expect(lines(testLineOf(first, target, 299), ory)).rejects.toThrow('299')
})

test('curl takes whatever a body and a token have in them, and brings the token that is asked for', async () => {
  const ory = await start('s3cret')
  await ory.fetch('/admin/identities', {
    method: 'POST',
    headers: { ...JSON_HEADER, Authorization: 'Bearer s3cret' },
    body: BODY,
  })
  const first = await last(ory)
  expect(first.headers['authorization']).toBe('[redacted]')
  await ory.reset()
  await shell(curlOf(first, targetOf(ory, 's3cret')))
  expect(asked(await last(ory))).toEqual(asked(first))
})

test('calls of the SDK make the requests again', async () => {
  const ory = await start()
  for (const [, path, init] of requests.slice(0, 6)) await ory.fetch(path, init)
  const all = await ory.requests.list()
  await ory.reset()
  await programs(...all.map((one) => sdkOf(one.operation, one, targetOf(ory))!))
  const sorted = (list: readonly RecordedRequest[]): unknown =>
    list.map((one) => ({ ...asked(one), query: new Map(Object.entries(one.query)) }))
  expect(sorted(await ory.requests.list())).toEqual(sorted(all))
  expect(sdkOf(null, all[0]!, targetOf(ory))).toBeUndefined()
})

test('each request is copied to the server that it is for, with what its answer depends on', async () => {
  const ory = await startMock({ port: 0, publicPort: 0, token: 's3cret', now: NOW, seed: [person(1)] })
  onTestFinished(() => ory.close())
  const target = targetOf(ory, 's3cret')
  const json = { Accept: 'application/json' }
  const { token, cookie } = await ory.signIn(uuid(1))
  const copiesOf = async (url: string, headers: Record<string, string>): Promise<readonly string[]> => {
    await ory.fetch(url, { headers })
    const entry = await last(ory)
    return [curlOf(entry, target), testLineOf(entry, target, entry.status), sdkOf(entry.operation, entry, target) ?? '']
  }
  const whoami = await copiesOf(`${ory.publicUrl}/sessions/whoami`, { 'X-Session-Token': token })
  for (const copy of whoami) expect(copy).toContain('YOUR_SESSION_TOKEN')
  for (const copy of whoami) expect(copy).not.toMatch(/s3cret|accept/i)
  expect(whoami[0]).toContain(`${ory.publicUrl}/sessions/whoami`)
  expect(whoami[1]).toContain("ory.publicUrl + '/sessions/whoami'")
  expect(whoami[2]).toContain(`basePath: '${ory.publicUrl}'`)
  await lines(whoami[1]!.replace('YOUR_SESSION_TOKEN', token), ory)
  const path = '/self-service/login/browser'
  const flow = await copiesOf(ory.publicUrl + path, { ...json, Cookie: cookie, 'Accept-Language': '*' })
  for (const copy of flow) expect(copy).toMatch(/accept: '?application\/json/)
  for (const copy of flow) expect(copy).not.toContain('language')
  for (const copy of flow) expect(copy).toContain('YOUR_CSRF_COOKIE')
  const settings = await copiesOf(`${ory.publicUrl}/self-service/settings/browser`, { ...json, Cookie: cookie })
  for (const copy of settings) expect(copy).toContain('YOUR_CSRF_AND_SESSION_COOKIES')
  const mine = await copiesOf(`${ory.publicUrl}/sessions`, { Cookie: cookie })
  for (const copy of mine) expect(copy).toContain('YOUR_SESSION_COOKIE')
  const list = await copiesOf('/admin/identities', { Authorization: 'Bearer s3cret' })
  expect(list[0]).toContain(`${ory.url}/admin/identities \\\n  -H 'authorization: Bearer s3cret'`)
  expect(list[1]).toContain("ory.fetch('/admin/identities'")
  // What both servers have, and what neither has, goes to where it came in.
  for (const at of [`${ory.publicUrl}/health/ready`, `${ory.publicUrl}/nowhere`, `${ory.url}/nowhere`])
    expect((await copiesOf(at, {}))[0]).toBe(`curl -sS ${at}\n`)
})

const API = new URL('../../node_modules/@ory/client-fetch/dist/apis/', import.meta.url)

/** What each call of the client takes, by its declaration: the names of its parameters. */
const declared = new Map(
  readdirSync(API)
    .filter((name) => name.endsWith('.d.ts'))
    .flatMap((name) => {
      const text = readFileSync(new URL(name, API), 'utf8')
      const calls = [...text.matchAll(/^ {4}(\w+)\((?:requestParameters\??: (\w+))?/gm)]
      return calls.map(([, call, type]) => {
        const fields = new RegExp(`export interface ${type} \\{([^}]*)\\}`).exec(text)?.[1] ?? ''
        const params = [...fields.matchAll(/^ {4}(\w+)\??:/gm)].map(([, param]) => param!)
        return [`${name.replace('.d.ts', '')}.${call}`, params] as const
      })
    }),
)

test.each(operations.map((operation) => [operation.id, operation] as const))(
  'a call of the SDK is one that the client has, with what that takes: %s',
  (id, { method, path }) => {
    const headers = { 'x-session-token': '[redacted]', cookie: '[redacted]', authorization: '[redacted]' }
    const request = {
      operation: id,
      method,
      path: path.replaceAll(/\{\w+\}/g, 'a'),
      query: {},
      headers,
      body: { a: 1 },
    }
    const text = sdkOf(id, request, NOWHERE)
    const classes = [...declared.keys()].filter((call) => call.endsWith(`.${id}`)).map((call) => call.split('.')[0]!)
    if (classes.length === 0) return expect(text).toBeUndefined()
    const [, type] = /= new (\w+)\(/.exec(text!)!
    expect(classes).toEqual([type])
    const [, given] = new RegExp(`\\.${id}\\((.*)\\)\\)\\n$`).exec(text!)!
    // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
    const params = Object.keys((new Function(`return ${given === '' ? '{}' : given}`) as () => object)())
    const takes = declared.get(`${type}.${id}`)!
    expect(takes).toEqual(expect.arrayContaining(params))
    // Whoever may prove who asks by a parameter does.
    if (type === 'FrontendApi')
      expect(params).toEqual(expect.arrayContaining(takes.filter((name) => ['xSessionToken', 'cookie'].includes(name))))
    expect(params).toEqual(
      expect.arrayContaining(
        takes.filter(
          (name) => /^(id|\w+Body|jsonPatch)$/.test(name) && !path.endsWith('/flows') && !path.endsWith('/errors'),
        ),
      ),
    )
  },
)

test('what a client of the SDK cannot send is not copied as a call of it', () => {
  const operation = 'updateLoginFlow' as const
  const request = {
    operation,
    method: 'POST',
    path: '/self-service/login',
    query: { flow: 'a' },
    headers: {},
    body: 'a=b',
  }
  expect(sdkOf(operation, request, NOWHERE)).toBeUndefined()
  expect(sdkOf(operation, { ...request, body: { a: 'b' } }, NOWHERE)).toContain(
    "frontend.updateLoginFlow({ flow: 'a', updateLoginFlowBody: { a: 'b' } })",
  )
})

test('a person is copied as curl, as a call, as a fixture and as a test’s line, and each of them runs', async () => {
  const ory = await start('t')
  const target = targetOf(ory, 't')
  const { admin } = (await (await ory.fetch(`/_mock/people/${uuid(1)}`)).json()) as { admin: AdminIdentity }
  const page = (await (await ory.fetch(`/_mock/people/${uuid(1)}/sessions`)).json()) as Pick<
    Parameters<typeof personFixture>[0],
    'sessions' | 'total'
  >
  expect(JSON.parse(await shell(personCurl(admin.id, target)))).toMatchObject({ id: admin.id, traits: admin['traits'] })
  expect(await programs(personSdk(admin.id, target))).toContain(admin.id)
  const file = join(mkdtempSync(join(tmpdir(), 'ory-identities-mock-')), 'person.yaml')
  onTestFinished(() => rmSync(join(file, '..'), { recursive: true, force: true }))
  writeFileSync(file, personFixture({ identity: admin, ...page, now: NOW }))
  const again = await startMock({ port: 0, now: NOW, seed: file })
  onTestFinished(() => again.close())
  const told = async (mock: Mock, path: string): Promise<string> =>
    (await (await mock.fetch(path, { headers: { Authorization: 'Bearer t' } })).text()).replaceAll(mock.url, '')
  for (const path of [
    `/admin/identities/${uuid(1)}`,
    `/admin/identities/${uuid(1)}/sessions`,
    `/_mock/people/${uuid(1)}/sessions`,
  ])
    expect(await told(again, path)).toBe(await told(ory, path))
  await lines(personTestLine(admin), again)
  expect(personFixture({ identity: admin, sessions: page.sessions.slice(1), total: 2, now: NOW })).toContain(
    'The first 1 of 2',
  )
})

test('an answer that Kratos prints is copied as a fixture, and nothing else is', async () => {
  const ory = await start()
  await ory.fetch('/admin/sessions?expand=identity&expand=devices')
  const again = await startMock({ port: 0, now: NOW, seed: parse(fixtureOf(await last(ory))!) as object })
  onTestFinished(() => again.close())
  expect(await (await again.fetch('/admin/sessions')).json()).toHaveLength(2)
  await ory.fetch(`/admin/identities/${uuid(9)}`)
  expect(fixtureOf(await last(ory))).toBeUndefined()
})

test('a rule is copied as a file that arms it', async () => {
  const ory = await start()
  const rule = {
    id: 'flaky',
    match: { operation: 'listSessions', header: { 'x-a': 'yes' }, query: { page_token: false } },
    when: { skip: 1, after: '10s' },
    sequence: ['pass', { status: 429, headers: { 'Retry-After': '1' }, error: { reason: NASTY } }, { delay: 5 }],
  } as const
  const file = join(mkdtempSync(join(tmpdir(), 'ory-identities-mock-')), 'faults.yaml')
  onTestFinished(() => rmSync(join(file, '..'), { recursive: true, force: true }))
  const armed = await ory.faults.add(rule)
  writeFileSync(file, ruleFile(armed))
  const again = await startMock({ port: 0, faults: file })
  onTestFinished(() => again.close())
  expect(await again.faults.list()).toMatchObject([rule])
})

const json = fc.jsonValue({ maxDepth: 4 })

test('any JSON value is the same as YAML, and as an expression of JavaScript', () => {
  fc.assert(
    fc.property(fc.oneof(json, fc.array(json), fc.dictionary(fc.string(), json)), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as unknown
      expect(parse(yamlOf(plain))).toEqual(plain)
      // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
      expect((new Function(`return (${literal(plain)})`) as () => unknown)()).toEqual(plain)
    }),
    { numRuns: 100 },
  )
})
