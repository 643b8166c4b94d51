import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describeTransports, EMAIL, NOW, person, sessionOf, uuid, withTrait } from '../support.ts'

const PROFILES = ['documented', 'kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const
const RELEASES = PROFILES.slice(1)

const seed = {
  schemas: { default: EMAIL, b: withTrait({ type: 'string' }), c: EMAIL },
  identities: [
    person(1),
    person(2),
    person(3, {
      traits: { email: 'two-factors@example.test' },
      credentials: { password: { config: { hashed_password: 'x' } }, totp: { config: { totp_url: 'otpauth://a' } } },
    }),
  ],
  sessions: [sessionOf(1, 1), sessionOf(1, 2), sessionOf(1, 3), sessionOf(3, 1)],
}

describeTransports('a parameter', (start) => {
  const setup = (profile: (typeof PROFILES)[number]) => start({ profile, seed, now: NOW })

  test.each(PROFILES)('`tokenize_as` names a template that %s does not have', async (profile) => {
    await using ory = await setup(profile)
    const whoami = async (query: string, token: string) => {
      const response = await ory.fetch(`${ory.url}/sessions/whoami?${query}`, { headers: { 'x-session-token': token } })
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
    }
    for (const [query, name] of [
      ['tokenize_as=jwt', 'jwt'],
      ['tokenize_as=a%22b%20%3C', 'a\\"b \\u003c'],
      ['tokenize_as=first&tokenize_as=second', 'first'],
    ] as const)
      expect(await whoami(query, 'ory_st_1_1')).toEqual({
        status: 400,
        type: 'application/json',
        text: `{"error":{"code":400,"status":"Bad Request","reason":"Unable to find tokenizer template \\"${name}\\".","message":"The request was malformed or contained invalid parameters"}}\n`,
      })
    expect((await whoami('tokenize_as=', 'ory_st_1_1')).status).toBe(200)
    // Whose session it is comes first, and then whether its second factor is still to come.
    expect((await whoami('tokenize_as=jwt', 'nobody')).status).toBe(401)
    expect((await whoami('tokenize_as=jwt', 'ory_st_3_1')).status).toBe(403)
  })

  test.each(PROFILES)(
    '`per_page` stays in the links of %s, but where it stands in for `page_size`',
    async (profile) => {
      await using ory = await setup(profile)
      const keysOf = async (query: string) => {
        const link = (await ory.fetch(`${ory.url}/admin/identities?${query}`)).headers.get('link')!
        return [...link.matchAll(/<[^?]*\?([^>]*)>/g)].map(([, keys]) => {
          const found = new URLSearchParams(keys)
          return [found.get('page_size'), found.get('per_page')]
        })
      }
      expect(await keysOf('page_size=2&per_page=7')).toEqual([
        ['2', '7'],
        ['2', '7'],
      ])
      expect(await keysOf(`page_token=${uuid(1)}&per_page=7`)).toEqual([['250', '7']])
      expect(await keysOf('per_page=2')).toEqual([
        ['2', null],
        ['2', null],
      ])
    },
  )
})

describe('an empty value', () => {
  const lists = [
    `/admin/identities/${uuid(1)}/sessions`,
    '/admin/sessions',
    '/admin/identities',
    '/schemas',
    '/sessions',
  ]
  const paths = lists.flatMap((list) =>
    ['page_size', 'page', 'per_page', 'page_token', 'active', 'expand', 'ids', 'include_credential'].map(
      (name) => [list, name] as const,
    ),
  )
  const ask = async (ory: Mock, path: string) => {
    const response = await ory.fetch(ory.url + path, { headers: { 'x-session-token': 'ory_st_1_1' } })
    const link = response.headers.get('link') ?? ''
    return [
      response.status,
      link.replaceAll(/(?<=[?&])\w+=(?:&|(?=>))/g, '').replaceAll(/&(?=>)/g, ''),
      await response.text(),
    ]
  }

  test('is as if it were not there in documented, on every list', async () => {
    await using ory = await createMock({ seed, now: NOW })
    for (const [list, name] of paths)
      for (const others of ['', 'page=1&per_page=2', 'page_size=1', 'per_page=1']) {
        const bare = await ask(ory, `${list}?${others}`)
        expect([list, name, others, bare[0]]).toEqual([list, name, others, 200])
        if (others.includes(`${name}=`)) continue
        expect([list, name, await ask(ory, `${list}?${others}&${name}=`)]).toEqual([list, name, bare])
        expect([list, name, await ask(ory, `${list}?${name}=&${others}`)]).toEqual([list, name, bare])
      }
  })

  test('counts in Kratos: it asks for pages by token', async () => {
    for (const profile of RELEASES) {
      await using ory = await createMock({ seed, now: NOW, profile })
      const all = await ask(ory, `${lists[0]}?page_size=&page=3&per_page=1`)
      expect(JSON.parse(String(all[2]))).toHaveLength(3)
      expect((await ask(ory, `${lists[1]}?expand=`))[0]).toBe(400)
    }
  })
})

describe('identifiers of credentials', () => {
  test.each([
    '{"oidc":{}}',
    '{"oidc":null}',
    '{"saml":{}}',
    '{"oidc":{"config":null}}',
    '{"oidc":{"config":{"providers":[]}},"saml":{"config":null}}',
    '{"password":{"config":{"password":"x"}}}',
  ])('are never null in documented after %s', async (credentials) => {
    await using ory = await createMock({ seed, now: NOW })
    const send = async (method: string, path: string, body: string) => {
      const headers = { 'content-type': 'application/json' }
      const response = await ory.fetch(ory.url + path, { method, headers, body })
      return { status: response.status, text: await response.text() }
    }
    const body = (email: string) => `{"schema_id":"default","traits":{"email":"${email}"},"credentials":${credentials}}`
    const created = await send('POST', '/admin/identities', body('new@example.test'))
    expect(created.status).toBe(201)
    const updated = await send(
      'PUT',
      `/admin/identities/${uuid(1)}`,
      body('p1@example.test').replace('}', '},"state":"active"'),
    )
    expect(updated.status).toBe(200)
    const bare = await send('POST', '/admin/identities', `{"schema_id":"b","traits":{},"credentials":${credentials}}`)
    expect(bare.status).toBe(201)
    for (const { text } of [created, updated, bare])
      for (const one of Object.values(JSON.parse(text).credentials ?? {}))
        expect((one as { identifiers: unknown }).identifiers).toBeInstanceOf(Array)
  })
})
