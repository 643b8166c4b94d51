import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { profileNames } from '../../src/profiles/profile.ts'
import { EMAIL, NOW, person, sessionOf, uuid, withTrait } from '../support.ts'

const one = `/admin/identities/${uuid(1)}`
const NIL = '00000000-0000-0000-0000-000000000000'
const traits = { email: 'ada@example.com' }

const setup = (profile: (typeof profileNames)[number]): Promise<Mock> =>
  createMock({
    seed: { schemas: { default: EMAIL, loose: withTrait({}) }, identities: [person(1, { traits })] },
    now: NOW,
    profile,
  })

const send = async (ory: Mock, method: string, path: string, body: unknown): Promise<readonly [number, string]> => {
  const headers = { 'content-type': 'application/json' }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await ory.fetch(path, { method, headers, body: text })
  return [response.status, await response.text()]
}

const all = async (ory: Mock): Promise<string> =>
  (await ory.fetch('/admin/identities?include_credential=password&include_credential=oidc')).text()

const modern = profileNames.filter((name) => name !== 'kratos-1.3')

describe.each(profileNames)('a password over 72 bytes in %s', (profile) => {
  const credentials = { password: { config: { password: 'ä'.repeat(37) } } }
  const body = { traits: { email: 'bob@example.com' }, credentials }
  const status = profile === 'documented' ? 400 : 500

  test.each([
    ['POST', '/admin/identities', body],
    ['PUT', one, { ...body, state: 'active' }],
    [
      'PATCH',
      '/admin/identities',
      { identities: [{ create: { traits: { email: 'c@example.com' } } }, { create: body }] },
    ],
  ] as const)('is refused by %s %s, and nothing is written', async (method, path, sent) => {
    await using ory = await setup(profile)
    const before = await all(ory)
    const [code, text] = await send(ory, method, path, sent)
    expect([code, text]).toEqual([status, expect.stringContaining('at most 72 characters long, but got 74.')])
    expect(await all(ory)).toBe(before)
  })

  test('is one byte too long: 72 are taken', async () => {
    await using ory = await setup(profile)
    const password = { config: { password: 'ä'.repeat(36) } }
    expect((await send(ory, 'POST', '/admin/identities', { ...body, credentials: { password } }))[0]).toBe(201)
  })
})

test.each(profileNames)(
  'an identifier of spaces is said to be one of %s itself, by its id where there is one',
  async (profile) => {
    const username = withTrait({ type: 'string', 'ory.sh/kratos': { credentials: { password: { identifier: true } } } })
    await using ory = await createMock({ seed: { schemas: { default: username }, identities: [] }, profile })
    const response = await ory.fetch('/admin/identities', { method: 'POST', body: '{"traits":{"a":" "}}' })
    const { error } = await response.json()
    const isOld = profile === 'kratos-1.3'
    expect(error).toMatchObject(
      profile === 'documented' ? { code: 400 } : { code: 500, ...(isOld ? {} : { id: 'invalid_configuration' }) },
    )
    expect('id' in error).toBe(profile !== 'documented' && !isOld)
  },
)

describe.each(profileNames)('a configuration of another shape in %s', (profile) => {
  test.each(['"text"', '[1]', 'true', '5', '{"hashed_password":5}'])(
    'is refused, and nothing is written: %s',
    async (value) => {
      await using ory = await setup(profile)
      const before = await all(ory)
      const patch = `[{"op":"add","path":"/metadata_public","value":1},{"op":"replace","path":"/credentials/password/config","value":${value}}]`
      const [status, text] = await send(ory, 'PATCH', one, patch)
      expect([status, text]).toEqual([
        profile === 'documented' ? 400 : 500,
        expect.stringContaining('json: cannot unmarshal'),
      ])
      expect(await all(ory)).toBe(before)
    },
  )
})

test.each(modern.flatMap((profile) => ['5', 'true', '{}', '[]'].map((value) => [profile, value] as const)))(
  'an external id that is no text is a 400 of %s: %s',
  async (profile, value) => {
    await using ory = await setup(profile)
    const [status, text] = await send(ory, 'PATCH', one, `[{"op":"add","path":"/external_id","value":${value}}]`)
    expect([status, text]).toEqual([400, expect.stringMatching(/cannot unmarshal \w+ into Go value of type string/)])
    expect(await all(ory)).not.toContain('external_id')
  },
)

test.each(profileNames)('a time that is none comes back of %s as it was escaped', async (profile) => {
  await using ory = await setup(profile)
  const [status, text] = await send(ory, 'PATCH', one, String.raw`[{"op":"add","path":"/updated_at","value":"\u00fc"}]`)
  expect([status, text]).toEqual([400, expect.stringContaining(String.raw`parsing time \"\\\\u00fc\"`)])
})

test.each(modern)(
  'a document that a patch makes null takes nothing more, and cannot be written in %s',
  async (profile) => {
    await using ory = await setup(profile)
    const before = await all(ory)
    const whole = { op: 'add', path: '', value: null }
    const words = 'invalid value, expected object'
    for (const [patch, said] of [
      [[whole], `json: error calling MarshalJSON for type *jsonpatch.partialDoc: ${words}`],
      [[whole, { op: 'add', path: '/state', value: 'active' }], `error in add for path: '/state': ${words}`],
      [[whole, { op: 'remove', path: '/state' }], `error in remove for path: '/state': ${words}`],
    ] as const) {
      const [status, text] = await send(ory, 'PATCH', one, patch)
      expect([status, text]).toEqual([400, expect.stringContaining(said)])
    }
    expect(await all(ory)).toBe(before)
  },
)

test.each(modern)(
  'a credential that a patch takes away and the traits make again is a new one of %s',
  async (profile) => {
    await using ory = await setup(profile)
    await ory.clock.advance('1h')
    const [status, text] = await send(ory, 'PATCH', one, [{ op: 'remove', path: '/credentials/password' }])
    const isTimeless = profile === 'kratos-26.2' || profile === 'kratos-25.4'
    const made = isTimeless ? '0001-01-01T00:00:00Z' : '2026-11-23T02:00:00Z'
    expect([status, JSON.parse(text).credentials.password]).toMatchObject([200, { created_at: made, updated_at: made }])
    const { credentials } = await (await ory.fetch(`${one}?include_credential=password`)).json()
    expect(credentials.password).toMatchObject({ created_at: '2026-11-23T02:00:00Z', config: {} })
  },
)

test('what cannot be read back is found out after the patch was looked at', async () => {
  const metadata_public = 5
  const seed = { schemas: { default: EMAIL }, identities: [person(1, { traits, metadata_public })] }
  await using ory = await createMock({ seed, now: NOW, profile: 'kratos-25.4', database: 'sqlite' })
  const patch = [{ op: 'remove', path: '/nope' }]
  expect((await send(ory, 'PATCH', one, patch))[1]).toContain('error calling MarshalJSON')
  expect((await send(ory, 'PATCH', one, [...patch, { op: 'test' }]))[1]).toContain('invalid operation')
  expect((await send(ory, 'PATCH', one, [...patch, { op: 'add', path: '/id', value: 1 }]))[1]).toContain('denied path')
})

test('a patch of Kratos 1.3 gives no credential to who has none', async () => {
  await using ory = await setup('kratos-1.3')
  const patch = [{ op: 'add', path: '/credentials/password/config', value: { s: 'ab' } }]
  const [, made] = await send(ory, 'POST', '/admin/identities', { schema_id: 'loose', traits: {} })
  const bare = `/admin/identities/${JSON.parse(made).id}`
  expect((await send(ory, 'PATCH', bare, [{ op: 'add', path: '/credentials/nope/config', value: {} }]))[0]).toBe(200)
  expect((await send(ory, 'PATCH', bare, patch))[0]).toBe(200)
  const shown = await (await ory.fetch(`${bare}?include_credential=password`)).json()
  expect(shown).not.toHaveProperty('credentials')
  const known = [{ op: 'add', path: '/credentials/nope/config', value: {} }]
  expect((await send(ory, 'PATCH', one, known))[0]).toBe(404)
})

test.each(profileNames)('letters in a time that is none are bytes to %s', async (profile) => {
  await using ory = await setup(profile)
  const [status, text] = await send(ory, 'PATCH', one, '[{"op":"add","path":"/updated_at","value":"é\\\\x"}]')
  expect([status, text]).toEqual([400, expect.stringContaining(String.raw`parsing time \"\\xc3\\xa9\\\\\\\\x\"`)])
})

test('credentials of SAML have no name in Kratos 1.3', async () => {
  for (const profile of profileNames) {
    await using ory = await setup(profile)
    const { status } = await ory.fetch(`${one}?include_credential=saml`)
    expect([profile, status]).toEqual([profile, profile === 'kratos-1.3' ? 400 : 200])
  }
})

test.each(profileNames)('an identity without a schema has the URL of the default one in %s', async (profile) => {
  await using ory = await setup(profile)
  const [, answer] = await send(ory, 'PATCH', one, [{ op: 'replace', path: '/schema_id', value: '' }])
  expect(JSON.parse(answer)).toMatchObject({ schema_id: '' })
  const { schema_id, schema_url } = await (await ory.fetch(one)).json()
  expect([schema_id, schema_url]).toEqual(['', `${ory.publicUrl}/schemas/ZGVmYXVsdA`])
})

describe.each(profileNames)('the assurance level that whoami of %s says', (profile) => {
  test.each([
    ['aal1', null, 'aal0'],
    ['aal1', [], 'aal0'],
    ['aal1', [{ method: 'password', aal: 'aal1' }], 'aal1'],
    ['aal2', [{ method: 'password', aal: 'aal1' }], 'aal1'],
    ['aal1', [{ method: 'totp', aal: 'aal2' }], 'aal1'],
    [
      'aal1',
      [
        { method: 'password', aal: 'aal1' },
        { method: 'totp', aal: 'aal2' },
      ],
      'aal2',
    ],
    ['aal2', undefined, 'aal2'],
    ['aal0', undefined, 'aal0'],
  ] as const)('is what the methods reach, not the %s that is stored: %j', async (stored, methods, level) => {
    const session = sessionOf(1, 0, { authenticator_assurance_level: stored })
    await using ory = await createMock({
      seed: { identities: [person(1)], sessions: [{ ...session, authentication_methods: methods }] },
      now: NOW,
      profile,
    })
    const whoami = await ory.fetch('/sessions/whoami', { headers: { 'x-session-token': session.token! } })
    expect((await whoami.json()).authenticator_assurance_level).toBe(level)
  })
})

describe.each(profileNames)('the links of a keyset list of %s', (profile) => {
  const orders = [
    ['per_page=7', 'page_size=2'],
    ['per_page=7', `page_token=${NIL}`],
    ['per_page=7', 'page_size=2', `page_token=${NIL}`],
  ].flatMap((pairs) => [pairs, pairs.toReversed()])

  test.each(orders.map((pairs) => pairs.join('&')))('keep a per_page that does not count: %s', async (query) => {
    await using ory = await setup(profile)
    const link = (await ory.fetch(`/admin/identities?${query}`)).headers.get('link')
    const size = query.includes('page_size') ? 2 : 250
    expect(link).toBe(`</admin/identities?page_size=${size}&page_token=${NIL}&per_page=7>; rel="first"`)
  })

  test('have a per_page as page_size where it counts', async () => {
    await using ory = await setup(profile)
    const link = (await ory.fetch('/admin/identities?per_page=7')).headers.get('link')
    expect(link).toBe('</admin/identities?page_size=7&page_token=00000000-0000-0000-0000-000000000000>; rel="first"')
  })
})

test('the credential that a patch adds has the times of the patch, where the release reads it back', async () => {
  for (const profile of modern) {
    await using ory = await setup(profile)
    await ory.clock.set('2026-11-24T00:00:00Z')
    const value = { type: 'totp', identifiers: ['x'], config: { totp_url: 'otpauth://totp/a' } }
    const [, text] = await send(ory, 'PATCH', one, [{ op: 'add', path: '/credentials/totp', value }])
    const { created_at } = JSON.parse(text).credentials.totp
    const isBlank = profile === 'kratos-26.2' || profile === 'kratos-25.4'
    expect([profile, created_at]).toEqual([profile, isBlank ? '0001-01-01T00:00:00Z' : '2026-11-24T00:00:00Z'])
    const stored = await (await ory.fetch(`${one}?include_credential=totp`)).json()
    expect([profile, stored.credentials.totp.created_at]).toEqual([profile, '2026-11-24T00:00:00Z'])
  }
})
