import { test } from 'ory-identities-mock/vitest'
import { expect } from 'vitest'
import { signOutEverywhere } from './account.ts'

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

// #region vitest-hosts
import { Configuration, IdentityApi } from '@ory/client-fetch'
import { afterEach, vi } from 'vitest'

const basePath = 'https://fixed.projects.oryapis.com'

test('reaches the mock at the URL of Ory Network', async ({ ory }) => {
  const api = new IdentityApi(new Configuration({ basePath, fetchApi: ory.fetch }))
  expect(await api.listIdentitySessions({ id: ADA, active: true })).toHaveLength(2)
  expect(await ory.requests.list()).toHaveLength(1)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test('stands in for the global fetch', async ({ ory }) => {
  vi.stubGlobal('fetch', ory.fetch)
  expect(await signOutEverywhere(basePath, ADA)).toBe(2)
  expect(await ory.requests.list()).toHaveLength(2)
})
// #endregion
