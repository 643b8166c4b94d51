import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chromium of this machine: the one of the environment's `CHROMIUM`, Playwright's own, or one that is installed. */
export const executable: string | undefined = [
  process.env['CHROMIUM'] ?? '',
  chromium.executablePath(),
  ...PLACES,
].find((place) => place !== '' && existsSync(place))

/** Nothing that a browser does on its own: no request of it leaves the machine. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executable!, args: ARGS })
