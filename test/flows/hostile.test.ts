import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock, type Seed } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { native } from './client.ts'

const KINDS = ['login', 'registration', 'recovery', 'verification', 'settings'] as const
const FIELDS = ['method', 'identifier', 'password', 'code', 'email', 'traits', 'csrf_token', 'resend', 'screen', 'flow']
const WORDS = ['password', 'code', 'link', 'profile', 'totp', 'p1@example.test', '000000', '', 'previous', '__proto__']

const value = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary' }), fc.jsonValue())
const fields = fc.dictionary(
  fc.oneof(fc.constantFrom(...FIELDS, 'traits.email', 'traits.name.first'), fc.string()),
  value,
  {
    maxKeys: 6,
  },
)
const body = fc.oneof(
  fields.map((given) => ['application/json', JSON.stringify(given)] as const),
  fields.map(
    (given) =>
      [
        'application/x-www-form-urlencoded',
        new URLSearchParams(
          Object.entries(given).map(([key, one]) => [key, typeof one === 'string' ? one : JSON.stringify(one)]),
        ).toString(),
      ] as const,
  ),
  fc.tuple(
    fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'nonsense'),
    fc.string({ unit: 'binary' }),
  ),
)

/** What a client can do to a flow; the fixed parts make it likely that something comes of it. */
const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  type: fc.constantFrom('api', 'browser'),
  query: fc.oneof(
    fc.constantFrom('', 'refresh=true', 'aal=aal2', 'aal=x', 'return_to=%zz', 'return_to=http://[', 'via=y'),
    fc.string(),
  ),
  accept: fc.constantFrom('application/json', 'text/html', '*/*', ',;'),
  signedIn: fc.boolean(),
  method: fc.constantFrom('POST', 'GET'),
  bodies: fc.array(body, { maxLength: 3 }),
})

test('nothing that a client sends is the fault of the mock', async () => {
  await using ory = await createMock({ seed: { identities: [person(1)] }, now: NOW })
  const { token } = await ory.signIn(uuid(1))
  await fc.assert(
    fc.asyncProperty(step, async ({ kind, type, query, accept, signedIn, method, bodies }) => {
      const headers: Record<string, string> = { accept, ...(signedIn ? { 'x-session-token': token } : {}) }
      const path = `${ory.publicUrl}/self-service/${kind}`
      const begun = await ory.fetch(`${path}/${type}?${encodeURI(query).replaceAll('#', '')}`, {
        headers,
        redirect: 'manual',
      })
      expect([200, 302, 303, 400, 401, 403]).toContain(begun.status)
      const text = await begun.text()
      const id =
        /"id":"([0-9a-f-]{36})"/.exec(text)?.[1] ??
        new URL(begun.headers.get('location') ?? path).searchParams.get('flow')
      for (const [contentType, sent] of bodies) {
        const init =
          method === 'GET' ? { headers } : { method, body: sent, headers: { ...headers, 'content-type': contentType } }
        const response = await ory.fetch(`${path}?flow=${id ?? ''}`, { ...init, redirect: 'manual' })
        // Kratos itself tells 500 of what is no JSON within JSON, to scripts in browsers that sign in or register.
        const mayBreak =
          type === 'browser' && ['login', 'registration'].includes(kind) && contentType === 'application/json'
        const isGo =
          mayBreak &&
          /"message":"(?:invalid character|unexpected end|cannot set array element) /.test(
            await response.clone().text(),
          )
        expect(response.status < 500 || isGo || (await response.clone().text())).toBe(true)
        if (response.status >= 400 || accept === 'application/json') {
          const answered = (await response.json()) as { error?: { code: number }; ui?: object }
          if (response.status >= 400) expect(answered.error?.code ?? answered.ui).toBeDefined()
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('nothing of a query of the courier is, either', async () => {
  await using ory = await createMock({ seed: { identities: [person(1)] }, now: NOW })
  const names = fc.constantFrom('page_size', 'page_token', 'status', 'recipient', 'per_page', 'page')
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, fc.string()), async (query) => {
      const response = await ory.fetch(`/admin/courier/messages?${new URLSearchParams(query).toString()}`)
      expect([200, 400]).toContain(response.status)
    }),
  )
  expect((await ory.fetch('/admin/courier/messages/x')).status).toBe(400)
  expect((await ory.fetch(`/admin/courier/messages/${uuid(3)}`)).status).toBe(404)
})

test.each(['constructor', '__proto__', 'toString', 'a\u0007b', 'a"b\\\\c', '\u{1f600}'])(
  'a trait %j that the schema wants, forbids or gives a format is told in the form',
  async (name) => {
    const traits = (more: object): object => ({
      type: 'object',
      properties: Object.fromEntries([
        ['email', { type: 'string' }],
        [name, more],
      ]),
    })
    const under = (one: unknown): object => Object.fromEntries([[name, one]])
    for (const [more, sent, required] of [
      [{ type: 'string', format: name }, {}, [name]],
      [{ type: 'object', properties: under(false) }, under(under('x')), []],
      [{ type: 'string', pattern: '^\u0007?$' }, under('x'), []],
    ] as const) {
      const schema = { type: 'object', properties: { traits: { ...traits(more), required } } }
      await using ory = await createMock({ seed: { schemas: { default: schema } } as Seed })
      const answer = await native(ory).run('registration', {
        method: 'password',
        password: 'correct horse battery staple',
        traits: { email: 'a@b.test', ...sent },
      })
      expect([answer.status, JSON.stringify(answer.body.ui.nodes)]).toEqual([
        400,
        expect.stringContaining('"type":"error"'),
      ])
    }
  },
)
