// #region page-test
import { test } from 'ory-identities-mock/vitest'
import { expect } from 'vitest'
import { isSignedIn } from './signed-in.ts'

test('a rate limit signs nobody out', async ({ ory }) => {
  const { sessions } = await ory.seed({ identities: [{ traits: { email: 'new@example.com' }, sessions: ['active'] }] })
  const { token } = sessions[0]!
  await ory.faults.add({ preset: 'rate-limited', when: { times: 1 } })
  await expect(isSignedIn(ory.url, token)).rejects.toThrow('429')
  expect(await isSignedIn(ory.url, token)).toBe(true)
  await ory.clock.advance('1d')
  expect(await isSignedIn(ory.url, token)).toBe(false)
})
// #endregion
