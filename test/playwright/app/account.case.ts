// #region playwright
import { expect } from '@playwright/test'
import { test } from './shop.ts'

test('greets whoever is signed in', async ({ ory, page, signIn }) => {
  await page.goto(`/?ory=${ory.publicUrl}`)
  await expect(page.getByRole('status')).toHaveText('Please sign in')
  await signIn('ada@example.com')
  await page.reload()
  await expect(page.getByRole('status')).toHaveText('Hello, ada@example.com')
  await ory.clock.advance('25h')
  await page.reload()
  await expect(page.getByRole('status')).toHaveText('Please sign in')
})

test('signs nobody out when Ory is down for a moment', async ({ ory, page, signIn }) => {
  await signIn('ada@example.com', { aal: 'aal2' })
  await ory.faults.add({ match: { operation: 'toSession' }, when: { times: 1 }, effect: { connection: 'reset' } })
  await page.goto(`/?ory=${ory.publicUrl}`)
  await expect(page.getByRole('status')).toHaveText('Try again later')
  await page.reload()
  await expect(page.getByRole('status')).toHaveText('Hello, ada@example.com')
})
// #endregion
