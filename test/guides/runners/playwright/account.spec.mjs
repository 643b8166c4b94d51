// #region playwright-test
import { expect } from '@playwright/test'
import { test } from './ory.mjs'

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

test('shows an error when Ory is down', async ({ ory }) => {
  await ory.faults.add({ match: { identity: ADA }, effect: { connection: 'reset' } })
  // With a page: sign in with a cookie that holds ory.token, and expect(page.getByRole('alert')).toBeVisible().
  await expect(ory.fetch(`/admin/identities/${ADA}/sessions`)).rejects.toThrow('fetch failed')
  expect(await ory.requests.wait({ identity: ADA })).toMatchObject({ status: 0 })
})
// #endregion
