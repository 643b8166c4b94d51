import { expect } from '@playwright/test'
import { test } from 'ory-identities-mock/playwright'

test('fails after a request', async ({ ory }) => {
  await ory.faults.add({ id: 'flaky', effect: { status: 503 } })
  await ory.fetch('/admin/sessions')
  expect(1).toBe(2)
})

test('leaves a rule that never fires', async ({ ory }) => {
  await ory.faults.add({ id: 'idle', match: { operation: 'deleteIdentity' }, effect: { status: 500 } })
})

test('meets what is not modelled', async ({ ory }) => {
  await ory.fetch('/admin/oauth2/clients')
})
