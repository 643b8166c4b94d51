// #region vitest-test
import { test } from 'ory-identities-mock/vitest'
import { expect } from 'vitest'
import { signOutEverywhere } from './account.ts'

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

test('signs Ada out everywhere', async ({ ory }) => {
  expect(await signOutEverywhere(ory.url, ADA)).toBe(2)
  const left = await ory.fetch(`/admin/identities/${ADA}/sessions`)
  expect(await left.json()).toEqual([])
})
// #endregion

// #region vitest-clock
test('does not count what has expired', async ({ ory }) => {
  await ory.clock.advance('11m')
  expect(await signOutEverywhere(ory.url, ADA)).toBe(1)
})
// #endregion

// #region vitest-faults
test('tries again when Ory is busy', async ({ ory }) => {
  await ory.faults.add({
    match: { operation: 'deleteIdentitySessions' },
    when: { times: 2 },
    effect: { status: 503, headers: { 'Retry-After': '1' } },
  })
  expect(await signOutEverywhere(ory.url, ADA)).toBe(2)
  const attempts = await ory.requests.list({ method: 'DELETE' })
  expect(attempts.map(({ status }) => status)).toEqual([503, 503, 204])
})
// #endregion

// #region vitest-seed
test('reports nothing for a person who was signed out already', async ({ ory }) => {
  const { identities } = await ory.seed({
    identities: [{ traits: { email: 'new@example.com' }, sessions: ['revoked', 'expired'] }],
  })
  expect(await signOutEverywhere(ory.url, identities[0]!.id)).toBe(0)
})
// #endregion

// #region vitest-concurrent
test.concurrent.for(['active', 'expiring', 'aal2'] as const)(
  'signs out a session that is %s',
  async (state, { ory, expect }) => {
    const { identities } = await ory.seed({ identities: [{ traits: {}, sessions: [state] }] })
    expect(await signOutEverywhere(ory.url, identities[0]!.id)).toBe(1)
  },
)
// #endregion

// #region vitest-wait
test('signs out in the background', async ({ ory }) => {
  void signOutEverywhere(ory.url, ADA)
  const request = await ory.requests.wait({ operation: 'deleteIdentitySessions' }, { timeout: 2000 })
  expect(request).toMatchObject({ path: `/admin/identities/${ADA}/sessions`, status: 204 })
})
// #endregion

// #region vitest-token
import { inject } from 'vitest'

test('reaches a project through one URL for all', async ({ ory }) => {
  expect(await signOutEverywhere(inject('oryMock').url, ADA, ory.token)).toBe(2)
  expect(await ory.requests.list()).toHaveLength(2)
})
// #endregion

// #region vitest-snapshot
test('goes back to where it was', async ({ ory }) => {
  const before = await ory.snapshot()
  await signOutEverywhere(ory.url, ADA)
  await ory.restore(before)
  expect(await signOutEverywhere(ory.url, ADA)).toBe(2)
})
// #endregion

// #region vitest-unmodelled
test('does without OAuth2 clients', async ({ ory }) => {
  ory.allowUnmodelled()
  expect((await ory.fetch('/admin/oauth2/clients')).ok).toBe(false)
})
// #endregion
