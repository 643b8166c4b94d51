import { describe, expect, inject } from 'vitest'
import { test, type OryFixtures } from 'ory-identities-mock/vitest'
import { ADA, NOW } from './people.ts'

const LIST = `/admin/identities/${ADA}/sessions`
const runs = Array.from({ length: 12 }, (_, n) => n)

const story = async (ory: OryFixtures['ory'], n: number): Promise<void> => {
  expect(ory.url.startsWith(inject('oryMock').url)).toBe(true)
  expect(await ory.clock.now()).toEqual(new Date(NOW))
  expect(await (await ory.fetch(LIST)).json()).toHaveLength(2)
  await ory.clock.advance(n * 1000)
  await ory.fetch(LIST, { method: 'DELETE' })
  expect((await ory.fetch('/admin/sessions')).status).toBe(503)
  expect(await ory.clock.now()).toEqual(new Date(Date.parse(NOW) + n * 1000))
  expect(await ory.requests.list()).toHaveLength(3)
}

test.concurrent.for(runs)('test.concurrent %i', async (n, { ory }) => story(ory, n))
describe.concurrent('describe.concurrent', () => {
  for (const n of runs) test(`run ${n}`, async ({ ory }) => story(ory, n))
})
for (const n of runs) test(`one after the other ${n}`, async ({ ory }) => story(ory, n))

test('a test may close its project itself', async ({ ory }) => {
  await ory.faults.add({ match: { operation: 'listSessions' }, effect: { status: 503 } })
  await ory.close()
})
