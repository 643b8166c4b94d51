import { expect } from 'vitest'
import { test } from 'ory-identities-mock/vitest'

test('starts in-process without a global setup', async ({ ory }) => {
  const identities = (await (await ory.fetch('/admin/identities')).json()) as unknown[]
  expect(identities.length).toBeGreaterThan(0)
  await expect(fetch(ory.url)).rejects.toThrow('fetch failed')
})

test.concurrent('each test has a project', async ({ ory }) => {
  expect(ory.url).toMatch(/_mock\/projects\/project-\d+$/)
})
