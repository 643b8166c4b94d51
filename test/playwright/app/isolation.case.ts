import { expect } from '@playwright/test'
import { test } from './shop.ts'

for (const n of [1, 2]) {
  test(`starts from the seeded state, however often: ${n}`, async ({ ory, oryRoot, context }) => {
    expect(ory.url).toContain(`${new URL(ory.url).origin}/_mock/projects/`)
    const people = async (): Promise<{ id: string }[]> =>
      (await (await ory.fetch('/admin/identities')).json()) as { id: string }[]
    const before = await people()
    expect(before).toHaveLength(2)
    await ory.fetch(`/admin/identities/${before[0]!.id}`, { method: 'DELETE' })
    expect(await people()).toHaveLength(1)
    expect(await oryRoot.requests.list()).toEqual([])
    expect(await context.cookies()).toEqual([])
  })
}

test('gives the cookie to the mock and to the application, and to no script', async ({
  ory,
  page,
  context,
  signIn,
  shop,
}) => {
  const { cookie, token } = await signIn('bo@example.com')
  expect(await context.cookies([`${ory.publicUrl}/sessions/whoami`])).toMatchObject([{ value: token, httpOnly: true }])
  expect(await (await page.goto('/cookies'))!.text()).toBe(cookie)
  expect(page.url()).toContain(shop)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await expect(signIn('nobody@example.com')).rejects.toThrow('There is no identity "nobody@example.com"')
})

test.describe('with an application under another name of the host', () => {
  test.use({
    baseURL: async ({ shop }, use) => {
      await use(shop.replace('127.0.0.1', 'localhost'))
    },
  })
  test('gives it the cookie, too', async ({ context, signIn, baseURL, ory }) => {
    const { token } = await signIn('bo@example.com')
    for (const url of [baseURL!, ory.publicUrl]) expect(await context.cookies(url)).toMatchObject([{ value: token }])
  })
})

test('a test may close its project itself', async ({ ory }) => {
  await ory.faults.add({ effect: { status: 503 } })
  await ory.close()
})

test('a test may ask for what is not modelled', async ({ ory }) => {
  ory.allowUnmodelled()
  expect((await ory.fetch('/admin/oauth2/clients')).status).toBe(501)
})
