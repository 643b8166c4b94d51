// #region profiles
import { createMock } from 'ory-identities-mock'
import { expect, test } from 'vitest'

const idsOnPage = async (page: number, firstPageTwice: boolean): Promise<string[]> => {
  await using ory = await createMock({
    seed: { identities: [{ sessions: ['active', 'active', 'active'] }] },
    profile: { base: 'kratos-26.2', quirks: { firstPageTwice } },
  })
  const [ada] = await (await ory.fetch('/admin/identities')).json()
  const sessions = await (await ory.fetch(`/admin/identities/${ada.id}/sessions?per_page=1&page=${page}`)).json()
  return sessions.map((session: { id: string }) => session.id)
}

test('the second page is another one, once Kratos has mended it', async () => {
  expect(await idsOnPage(1, true)).toEqual(await idsOnPage(0, true))
  expect(await idsOnPage(1, false)).not.toEqual(await idsOnPage(0, false))
})
// #endregion
