import { expect } from 'vitest'
import { test } from 'ory-identities-mock/vitest'

test('asks without a port', async ({ ory }) => {
  await fetch(`${ory.url}/admin/identities`)
})

test('asks in-process, then without a port', async ({ ory }) => {
  await ory.fetch('/admin/identities')
  await fetch(`${ory.url}/admin/identities`)
})

test('asks in-process, and is wrong otherwise', async ({ ory }) => {
  await ory.fetch('/admin/identities')
  expect(1).toBe(2)
})

test('arms a rule that is wrong', async ({ ory }) => {
  await ory.faults.add({ effect: { status: 99 } })
})
