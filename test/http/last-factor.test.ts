import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { EMAIL, person, uuid } from '../support.ts'

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
