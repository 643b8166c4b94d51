import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { loadPhones } from '../../src/jsonschema/phone.ts'
import { normalEmail, normalText } from '../../src/jsonschema/normalize.ts'
import { EMAIL } from '../support.ts'

const USERNAME = {
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        name: { type: 'string', 'ory.sh/kratos': { credentials: { password: { identifier: true } } } },
        mail: {
          type: 'string',
          format: 'email',
          'ory.sh/kratos': { credentials: { code: { identifier: true, via: 'email' } }, recovery: { via: 'email' } },
        },
      },
    },
  },
}

const create = async (ory: Mock, traits: object): Promise<Response> =>
  ory.fetch('/admin/identities', { method: 'POST', body: JSON.stringify({ traits }) })

const setup = (profile: 'documented' | 'kratos-next'): Promise<Mock> =>
  createMock({
    seed: { schemas: { default: USERNAME }, identities: [{ traits: { name: 'bob' } }] },
    profile,
    // PostgreSQL takes no NUL, whatever an identifier is made of.
    ...(profile === 'documented' ? {} : { database: 'sqlite' }),
  })

describe('an identifier that looks like another one', () => {
  test.each(['ｂｏｂ', 'bob\u200b', 'b\u00adob', 'bob\u0000', ' BOB ', '\u202abob\u202c', 'bo\u{1d41b}'])(
    'is the same in the next release: %j',
    async (name) => {
      await using ory = await setup('kratos-next')
      expect((await create(ory, { name })).status).toBe(409)
    },
  )

  test.each(['ｂｏｂ', 'bob\u200b', 'bo\u{1d41b}'])('is another one in the reference: %j', async (name) => {
    await using ory = await setup('documented')
    expect((await create(ory, { name })).status).toBe(201)
  })

  test('is found by every way of writing it', async () => {
    await using ory = await setup('kratos-next')
    await create(ory, { name: '+49 176 671 11 638' })
    for (const asked of ['+49 (176) 67111638', '+4917667111638']) {
      const found = await (
        await ory.fetch(`/admin/identities?credentials_identifier=${encodeURIComponent(asked)}`)
      ).json()
      expect(found).toHaveLength(1)
    }
    const similar = '/admin/identities?preview_credentials_identifier_similar='
    expect(await (await ory.fetch(`${similar}%00`)).json()).toHaveLength(2)
    expect(await (await ory.fetch(`${similar}%EF%BD%82`)).json()).toHaveLength(1)
  })
})

test.each([
  // A digit of another writing is left out beside letters that go from left to right.
  ['stra\u0663sse', 'strasse'],
  // A dot stays between two l, in Japanese, and where nothing is refused.
  ['col\u00b7lege', 'col\u00b7lege'],
  ['co\u00b7lege', 'colege'],
  ['\u30e6\u30fb\u30b6', '\u30e6\u30fb\u30b6'],
  ['ll\u30fb', 'll\u30fb'],
  // Signs that go as letters do.
  ['\u{1f170}bc', '\u{1f170}bc'],
  // What folding makes a capital of is folded again.
  ['\u{1d415}x', 'vx'],
  ['\u00b8@x.test', '\u0327@x.test'],
  ['\u039f\u03a3', '\u03bf\u03c3'],
])('the identifier %j of the next release is stored as %j', async (given, stored) => {
  await loadPhones()
  expect(normalText(given)).toBe(stored)
})

test.each([
  ['\u{1f600}', 'bidirule: failed Bidi Rule'],
  ['fi\u0140e43@example.test', 'precis: contextual rule violated'],
  ['a\u30fb@example.test', 'precis: contextual rule violated'],
  ['1ü@example.test', 'bidirule: failed Bidi Rule'],
  ['ü@example.test\u05d0', 'bidirule: failed Bidi Rule'],
  ['\u05d0\u05d1@example.test', 'bidirule: failed Bidi Rule'],
  ['n\0ul@example.test', 'precis: disallowed rune encountered'],
  ['nü\0l@example.test', 'precis: disallowed rune encountered'],
  ['ü', "mail: missing '@' or angle-addr"],
])('an address %j of the next release is refused for its directions first', async (mail, why) => {
  await using ory = await setup('kratos-next')
  const refused = await create(ory, { mail })
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(why)])
})

test.each(['ü1@example.test', '1@example.test', '\u05d0\u05d1@\u05d2\u05d3'])(
  'an address %j keeps to the rule of directions',
  (mail) => {
    expect(normalEmail(mail)).toBe(mail)
  },
)

test('base64 of an imported hash has no bits behind its last byte, in the next release', async () => {
  await using ory = await setup('kratos-next')
  const statusOf = async (hashed_password: string): Promise<number> => {
    const body = JSON.stringify({ traits: {}, credentials: { password: { config: { hashed_password } } } })
    return (await ory.fetch('/admin/identities', { method: 'POST', body })).status
  }
  expect(await statusOf('$pbkdf2-sha512$i=1000,l=2$AAAAAA$AAA')).toBe(201)
  expect(await statusOf('$pbkdf2-sha512$i=1000,l=2$AAAAAA$AAB')).toBe(400)
  expect(await statusOf('$pbkdf2-sha512$i=1000,l=2$AAAAAB$AAA')).toBe(400)
})

const PHONES = {
  definitions: { sms: { type: 'string', format: 'tel', 'ory.sh/kratos': { recovery: { via: 'sms' } } } },
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        'tel.home': { type: 'string', format: 'tel', 'ory.sh/kratos': { verification: { via: 'sms' } } },
        others: { type: 'array', items: { $ref: '#/definitions/sms' } },
        pair: { type: 'array', items: [{ type: 'string' }, { allOf: [{ $ref: '#/definitions/sms' }] }] },
        plain: { type: 'string', format: 'tel' },
      },
    },
  },
}

test('numbers of phones that are identifiers or addresses stand in the traits of the next release as they are stored', async () => {
  const traits =
    '{"plain":"+49 30 123456","tel\\u002ehome":"+49 (30) 123456","n":[1.10, "+49 30 1"],' +
    '"others":["+49 30 123457","x"],"pair":["+49 30 123458","+4930\\u0031 23459"],"tel.home":"+49 30 123450"}'
  const settled = traits
    .replace('+49 (30) 123456', '+4930123456')
    .replace('+49 30 123457', '+4930123457')
    .replace('+4930\\u0031 23459', '+4930123459')
  const post = (ory: Mock, text: string): Promise<Response> =>
    ory.fetch('/admin/identities', { method: 'POST', body: `{"traits":${text}}` })
  await using next = await createMock({
    seed: { schemas: { default: PHONES } },
    profile: 'kratos-next',
    database: 'sqlite',
  })
  // What is none stays, and is refused as it is.
  expect(await (await post(next, traits)).text()).toContain('I[#/traits/others/1]')
  const good = (text: string): string => text.replace(',"x"', '').replace('1.10, ', '1.10,')
  const made = await (await post(next, good(traits))).text()
  expect(made).toContain(`"traits":${good(settled)}`)
  const { id, recovery_addresses } = JSON.parse(made) as { id: string; recovery_addresses: { value: string }[] }
  expect(recovery_addresses.map(({ value }) => value).toSorted()).toEqual(['+4930123457', '+4930123459'])
  const patch = [{ op: 'replace', path: '/traits/others/0', value: '+44 20 7946 0000' }]
  const patched = await next.fetch(`/admin/identities/${id}`, { method: 'PATCH', body: JSON.stringify(patch) })
  expect(await patched.text()).toContain('"others":["+442079460000"]')
  expect(await (await next.fetch(`/admin/identities/${id}`)).text()).toContain('"others":["+442079460000"]')
  await using before = await createMock({
    seed: { schemas: { default: PHONES } },
    profile: 'kratos-26.2',
    database: 'sqlite',
  })
  expect(await (await post(before, good(traits))).text()).toContain(`"traits":${good(traits)}`)
})

test.each([
  ['nobody', "mail: missing '@' or angle-addr"],
  ['a b', 'mail: no angle-addr'],
  ['"', 'mail: missing word in phrase: mail: unclosed quoted-string'],
  ['"a', 'mail: missing word in phrase: mail: unclosed quoted-string'],
  ['>', 'mail: missing word in phrase: mail: invalid string'],
  ['a@b@c', 'mail: expected single address, got'],
  ['', 'precis: transformation resulted in empty string'],
])('an address that is none is refused in the words of Go: %j', async (mail, words) => {
  await using ory = await setup('kratos-next')
  const response = await create(ory, { name: 'x', mail })
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(words)])
})

test('folding an identifier twice changes nothing more, and letters of ASCII only lose their case', async () => {
  await loadPhones()
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = normalText(text)
      expect(normalText(once)).toBe(once.trim())
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9._@-]*$/), (text) => {
      expect(normalText(text)).toBe(text.toLowerCase())
    }),
  )
})

test('a space of any kind around an address is no letter of it', async () => {
  await using ory = await createMock({ profile: 'kratos-next', seed: { schemas: { default: EMAIL } } })
  const body = JSON.stringify({ schema_id: 'default', traits: { email: '7@example.test\u00a0' } })
  const text = await (await ory.fetch(`${ory.url}/admin/identities`, { method: 'POST', body })).text()
  expect(text).toContain('is not valid')
  expect(text).not.toContain('can not be normalized')
})
