import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { describe, expect, test } from 'vitest'
import { startMock, type Mock } from '../../src/index.ts'
import { newestCode } from '../flows/client.ts'
import { executable, launch } from '../ui/chromium.ts'

/** The application as one script. */
const bundled = async (): Promise<string> => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('app.js', import.meta.url)),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ codeSplitting: false })
  return output[0].code
}

/** Serves the application, which asks the Ory of `mock`. */
const serve = async (script: string, mock: () => Mock): Promise<Server> => {
  const server = createServer(({ url }, response) => {
    if (url === '/app.js')
      return response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'max-age=3600' }).end(script)
    return response
      .setHeader('Content-Type', 'text/html; charset=utf-8')
      .end(
        `<!doctype html><html lang="en" data-ory="${mock().publicUrl}"><main></main><script type="module" src="/app.js"></script></html>`,
      )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return server
}

/** What Kratos would be told of such an application. */
const configured = (shop: string): object => {
  const pages = ['login', 'registration', 'recovery', 'verification', 'settings', 'error']
  const flows = Object.fromEntries(pages.map((name) => [name, { ui_url: `${shop}/${name}` }]))
  return {
    selfservice: {
      default_browser_return_url: `${shop}/`,
      flows: {
        ...flows,
        registration: {
          ...flows['registration'],
          after: { password: { hooks: [{ hook: 'show_verification_ui' }, { hook: 'session' }] } },
        },
        verification: { ...flows['verification'], enabled: true },
      },
    },
  }
}

if (executable === undefined) console.log('There is no Chromium on this machine: Ory Elements did not run.')

describe.runIf(executable !== undefined)('Ory Elements', () => {
  test('sign a person up, verify the address, and sign out and in', async () => {
    const [script, browser] = await Promise.all([bundled(), launch()])
    let mock: Mock
    const server = await serve(script, () => mock)
    const shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      for (const profile of ['documented', 'kratos-1.3'] as const) {
        await using ory = await startMock({
          port: 0,
          cors: shop,
          config: configured(shop),
          profile,
          logLevel: 'silent',
        })
        mock = ory
        const context = await browser.newContext()
        const page = await context.newPage()
        const status = (): Promise<string | null> => page.getByRole('status').textContent()

        await page.goto(`${shop}/registration`)
        await page.getByLabel('E-Mail').fill('shopper@example.com')
        await page.getByRole('button', { name: 'Sign up' }).click()
        await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
        await page.getByRole('button', { name: 'Sign up' }).click()
        await page.getByLabel('Verification code').waitFor()
        await page.getByLabel('Verification code').fill((await newestCode(ory))!)
        await page.getByRole('button', { name: 'Continue' }).click()
        await page.getByRole('link', { name: 'Continue' }).click()
        expect([profile, await status()]).toEqual([profile, 'Hello, shopper@example.com'])

        await page.getByRole('link', { name: 'Sign out' }).click()
        await page.getByText('Please sign in').waitFor()

        await page.goto(`${shop}/login`)
        await page.getByLabel('E-Mail').fill('shopper@example.com')
        await page.getByLabel('Password', { exact: true }).fill('wrong')
        await page.getByRole('button', { name: 'Sign in with password' }).click()
        await page.getByText('The provided credentials are invalid').waitFor()
        await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
        await page.getByRole('button', { name: 'Sign in with password' }).click()
        expect([profile, await status()]).toEqual([profile, 'Hello, shopper@example.com'])
        await context.close()
      }
    } finally {
      await browser.close()
      server.close()
      server.closeAllConnections()
    }
  })
})
