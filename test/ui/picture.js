import { chromium } from 'playwright-core'
import { startMock } from '../../dist/index.js'

/** Draws the pictures of the README: `npm run picture`, with a browser as the tests of the page find one. */
const ory = await startMock({ port: 0, now: '2026-11-23T09:12:30Z', logLevel: 'error' })
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const ada = '9f425a8d-7efc-4768-8f23-7647a74fdf13'
await ory.clock.advance('2s')
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1180, height: 700 }, deviceScaleFactor: 1.5 })
  await page.goto(`${ory.url}/_mock/ui#/people/${ada}`)
  await page.getByRole('button', { name: 'Copy token' }).first().waitFor()
  await page.screenshot({ path: new URL(`../../.github/pictures/page-${colorScheme}.png`, import.meta.url).pathname })
  await page.close()
}
await browser.close()
await ory.close()
