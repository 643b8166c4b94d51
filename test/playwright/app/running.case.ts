import { expect } from '@playwright/test'
import { test } from 'ory-identities-mock/playwright'

test('has a project of the mock that runs already', async ({ ory, oryRoot }) => {
  expect(oryRoot.url).toBe(process.env['ORY_MOCK_URL'])
  expect(ory.url).toContain(`${oryRoot.url}/_mock/projects/`)
  const people = (await (await ory.fetch('/admin/identities')).json()) as { traits: { email: string } }[]
  expect(people.map(({ traits }) => traits.email)).toEqual(['seeded@example.com'])
})
