// #region node-test
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { startMock } from 'ory-identities-mock'

let mock, ory
before(async () => {
  mock = await startMock({ port: 0, seed: './people.yaml', now: '2026-11-23T01:00:00Z' })
})
after(() => mock.close())

beforeEach(async () => {
  ory = await mock.project()
})
afterEach(async () => {
  await ory.faults.verify()
  await ory.close()
})

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

test('an expired session is not active', async () => {
  const active = async () => (await ory.fetch(`/admin/identities/${ADA}/sessions?active=true`)).json()
  assert.equal((await active()).length, 2)
  await ory.clock.advance('11m')
  assert.equal((await active()).length, 1)
})
// #endregion

test('each test has a project of its own', async () => {
  assert.deepEqual(await ory.requests.list(), [])
})
