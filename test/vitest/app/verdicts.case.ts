import { expect } from 'vitest'
import { test } from 'ory-identities-mock/vitest'

test('fails for a body that was refused', async ({ ory }) => {
  await ory.faults.clear()
  await ory.fetch('/admin/identities', { method: 'POST', body: '{"schema_id":7}' })
  expect(1).toBe(2)
})

test('times out', { timeout: 1000 }, async ({ ory }) => {
  await ory.faults.clear()
  await ory.faults.add({ id: 'stuck', effect: { connection: 'hang' } })
  await ory.fetch('/admin/sessions')
})

test.concurrent.for(['a', 'b'])('fails at once %s', async (name, { ory, expect: own }) => {
  await ory.faults.clear()
  await ory.fetch(`/admin/identities?only=${name}`)
  own(name).toBe('c')
})

test('meets what is not modelled', async ({ ory }) => {
  await ory.faults.clear()
  await ory.fetch('/admin/oauth2/clients')
})

test('may meet what is not modelled', async ({ ory }) => {
  await ory.faults.clear()
  ory.allowUnmodelled()
  await ory.fetch('/admin/oauth2/clients')
})

test('may be faulted with that status', async ({ ory }) => {
  await ory.faults.clear()
  await ory.faults.add({ effect: { status: 501 } })
  await ory.fetch('/admin/sessions')
})

test('need not meet a rule that all start with', async ({ ory }) => {
  expect(await ory.faults.list()).toMatchObject([{ id: 'armed', hits: 0 }])
  await ory.reset()
})

test('must meet a rule of its own in place of it', async ({ ory }) => {
  await ory.faults.clear()
  await ory.faults.add({ id: 'armed', match: { path: '/of-the-test' }, effect: { status: 503 } })
})
