import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { loadPhones } from '../../src/jsonschema/phone.ts'
import { normalText } from '../../src/jsonschema/normalize.ts'

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
  ['nobody', "mail: missing '@' or angle-addr"],
  ['a b', 'mail: no angle-addr'],
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
