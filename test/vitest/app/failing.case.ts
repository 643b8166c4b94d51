import { expect } from 'vitest'
import { test } from 'ory-identities-mock/vitest'
import { ADA } from './people.ts'

test('fails after requests', async ({ ory }) => {
  await ory.faults.add({ id: 'flaky', when: { times: 1 }, effect: { status: 500 } })
  await ory.fetch(`/admin/identities/${ADA}/sessions?page_size=2`)
  await ory.fetch('/admin/sessions')
  expect(1).toBe(2)
})

test('leaves a rule that never fires', async ({ ory }) => {
  await ory.fetch('/admin/sessions')
  await ory.faults.add({ id: 'idle', match: { operation: 'deleteIdentity' }, effect: { status: 500 } })
})
