import { expect, vi } from 'vitest'
import { test } from 'ory-identities-mock/vitest'

test('starts in-process without a global setup', async ({ ory }) => {
  const identities = (await (await ory.fetch('/admin/identities')).json()) as unknown[]
  expect(identities.length).toBeGreaterThan(0)
  await expect(fetch(ory.url)).rejects.toThrow('fetch failed')
})

test.concurrent('each test has a project', async ({ ory }) => {
  expect(ory.url).toMatch(/_mock\/projects\/project-\d+$/)
})

test.concurrent.for(['a', 'b'])('counts every host as its own %s', async (_, { ory, expect: own }) => {
  await ory.faults.add({ id: 'own', effect: { status: 503 } })
  own((await ory.fetch('https://x.projects.oryapis.com/admin/identities')).status).toBe(503)
  own(await ory.requests.list()).toHaveLength(1)
})

test('can stand in for the global fetch', async ({ ory }) => {
  vi.stubGlobal('fetch', ory.fetch)
  expect((await fetch('https://x.projects.oryapis.com/admin/identities')).status).toBe(200)
  expect(await ory.requests.list()).toHaveLength(1)
  vi.unstubAllGlobals()
})
