// #region in-process
import { createMock } from 'ory-identities-mock'
import { expect, test } from 'vitest'

test('an expired session is no session', async () => {
  await using ory = await createMock({ seed: { identities: [] } })
  const { identities } = await ory.seed({
    identities: [{ traits: { email: 'ada@example.com' }, sessions: ['active', 'expired'] }],
  })
  const response = await ory.fetch(`/admin/identities/${identities[0]!.id}/sessions?active=true`)
  expect(await response.json()).toHaveLength(1)
})
// #endregion

test('two answers fail, the third is fine', async () => {
  await using ory = await createMock()
  // #region faults
  await ory.faults.add({
    match: { operation: 'listIdentitySessions' },
    when: { times: 2 },
    effect: { status: 503 },
  })
  // #endregion
  const [person] = await (await ory.fetch('/admin/identities')).json()
  const statuses: number[] = []
  for (let n = 0; n < 3; n++) statuses.push((await ory.fetch(`/admin/identities/${person.id}/sessions`)).status)
  expect(statuses).toEqual([503, 503, 200])
})
