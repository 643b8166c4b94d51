// #region databases
import { createMock, type DatabaseName } from 'ory-identities-mock'
import { expect, test } from 'vitest'

const traitsOn = async (database: DatabaseName): Promise<string> => {
  const seed = { identities: [{ traits: { plan: 'pro', id: 7 } }] }
  await using ory = await createMock({ profile: 'kratos-26.2', database, seed })
  const [{ traits }] = await (await ory.fetch('/admin/identities')).json()
  return JSON.stringify(traits)
}

test('what is sorted in production is not in a test with SQLite', async () => {
  expect(await traitsOn('postgres')).toBe('{"id":7,"plan":"pro"}')
  expect(await traitsOn('sqlite')).toBe('{"plan":"pro","id":7}')
})
// #endregion
