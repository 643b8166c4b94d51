// #region configuration
import { createMock } from 'ory-identities-mock'
import { expect, test } from 'vitest'

test('a session lasts as long as in production', async () => {
  const config = { session: { lifespan: '720h', cookie: { name: 'example_session' } } }
  await using ory = await createMock({ config, now: '2026-11-23T01:00:00Z' })
  const { session, cookie } = await ory.signIn('ada@example.com')
  expect(session['expires_at']).toBe('2026-12-23T01:00:00Z')
  expect(cookie).toMatch(/^example_session=/)
})
// #endregion
