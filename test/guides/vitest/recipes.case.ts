// #region vitest-before-each
import { test, type OryFixtures } from 'ory-identities-mock/vitest'
import { beforeEach, describe, expect } from 'vitest'

describe('with Grace signed in', () => {
  beforeEach<OryFixtures>(async ({ ory }) => {
    await ory.seed({ identities: [{ traits: { email: 'grace@navy.example' }, sessions: ['active'] }] })
  })

  test('there is somebody to find', async ({ ory }) => {
    const found = await ory.fetch('/admin/identities?credentials_identifier=grace@navy.example')
    expect(await found.json()).toHaveLength(1)
  })
})
// #endregion

// #region vitest-extend
const testWithGrace = test.extend<{ grace: { id: string; token: string } }>({
  grace: async ({ ory }, use) => {
    const { identities, sessions } = await ory.seed({ identities: [{ traits: {}, sessions: ['active'] }] })
    await use({ id: identities[0]!.id, token: sessions[0]!.token })
  },
})

testWithGrace('knows who is signed in', async ({ ory, grace }) => {
  const whoami = await ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': grace.token } })
  expect(await whoami.json()).toMatchObject({ identity: { id: grace.id } })
})
// #endregion
