// #region vitest-fake-timers
import { createMock } from 'ory-identities-mock'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.useRealTimers()
})

test('a session expires with the time of the test', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T01:00:00Z') })
  await using ory = await createMock({ seed: { identities: [{ traits: {}, sessions: [{ token: 'ory_st_1' }] }] } })
  const whoami = () => ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': 'ory_st_1' } })
  expect((await whoami()).status).toBe(200)
  vi.setSystemTime('2026-11-30T01:00:00Z')
  expect((await whoami()).status).toBe(401)
})
// #endregion
