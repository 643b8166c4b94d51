import { expect, test } from 'vitest'
// #region client
import { Configuration, IdentityApi } from '@ory/client-fetch'
import { createMock } from 'ory-identities-mock'

// #endregion
test('the official client reads the sessions of the built-in team', async () => {
  const read = async () => {
    // #region client
    await using ory = await createMock()
    const api = new IdentityApi(new Configuration({ basePath: ory.url, fetchApi: ory.fetch }))
    const [first] = await api.listIdentities()
    const sessions = await api.listIdentitySessions({ id: first!.id, pageSize: 2 })
    // #endregion
    return sessions
  }
  expect(await read()).toHaveLength(2)
})
