import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'

const LAST = 'You cannot remove the last first factor credential.'
const password = { identifiers: ['p1@example.test'], config: { hashed_password: '$2a$04$x' } }
const oidc = (...providers: readonly (readonly [provider: string, subject: string])[]): object => ({
  identifiers: providers.map((one) => one.join(':')),
  config: { providers: providers.map(([provider, subject]) => ({ provider, subject })) },
})
const webauthn = (identifiers: readonly string[]): object => ({
  identifiers,
  config: { credentials: [{ id: 'AQID', is_passwordless: true }] },
})

test.each([
  ['a sign-in with a provider', { oidc: oidc(['github', 'a:b']) }, undefined],
  ['providers that have a colon in their names', { oidc: oidc(['g:x', 'a'], ['g:x', 'b']) }, LAST],
  ['a provider without a name', { oidc: oidc(['', 'a']) }, LAST],
  ['a subject without a name', { oidc: oidc(['github', '']) }, LAST],
  ['a key that is found by an identifier', { webauthn: webauthn(['p1@example.test']) }, undefined],
  ['a key that no identifier leads to', { webauthn: webauthn([]) }, LAST],
])('beside a password, %s is or is no other way to sign in', async (_what, more, reason) => {
  const seed = { schemas: { default: EMAIL }, identities: [person(1, { credentials: { password, ...more } })] }
  await using ory = await createMock({ profile: 'kratos-26.2', seed })
  const url = `${ory.url}/admin/identities/${uuid(1)}/credentials/password`
  const answer = await ory.fetch(url, { method: 'DELETE' })
  const text = await answer.text()
  expect(text === '' ? undefined : (JSON.parse(text) as { error: { reason: string } }).error.reason).toBe(reason)
})

describe('Codes that sign in', () => {
  const remove = async (ory: Mock): Promise<number> =>
    (await ory.fetch(`${ory.url}/admin/identities/${uuid(1)}/credentials/password`, { method: 'DELETE' })).status
  const seed = { schemas: { default: EMAIL }, identities: [person(1, { credentials: { password } })] }
  const config = (passwordless_enabled: boolean) => ({ selfservice: { methods: { code: { passwordless_enabled } } } })

  test.each(['kratos-26.2', 'kratos-25.4'] as const)(
    'are another first factor of everybody in %s where a configuration says so',
    async (profile) => {
      for (const [given, status] of [
        [{ config: config(true) }, 204],
        [{ config: config(false) }, 400],
        [{}, 400],
      ] as const) {
        await using ory = await createMock({ profile, seed, ...given })
        expect(await remove(ory)).toBe(status)
      }
    },
  )

  test('make a second factor one that a session needs where a configuration says so', async () => {
    const totp = { identifiers: [uuid(1)], config: { totp_url: 'otpauth://a' } }
    const one = { schemas: { default: EMAIL }, identities: [person(1, { credentials: { totp } })] }
    for (const [passwordless, status] of [
      [true, 403],
      [false, 200],
    ] as const) {
      const given = { ...config(passwordless), session: { whoami: { required_aal: 'highest_available' } } }
      await using ory = await createMock({ now: NOW, seed: { ...one, sessions: [sessionOf(1, 1)] }, config: given })
      const headers = { 'X-Session-Token': 'ory_st_1_1' }
      expect((await ory.fetch(`${ory.publicUrl}/sessions/whoami`, { headers })).status).toBe(status)
    }
  })
})
