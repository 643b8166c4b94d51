import { sleep } from '../world/timer.ts'
import type { Given } from './arguments.ts'
import { start, type Ready } from './start.ts'

/** How long open requests get to end, in milliseconds. */
const PATIENCE = 500

const lines = ({ url, publicUrl, controlUrl, profile, identities, sessions, version }: Ready): string =>
  [
    `ory-identities-mock ${version} is ready, with ${String(identities)} identities and ${String(sessions)} sessions, as ${String(profile)}`,
    url === publicUrl ? `  API      ${url}` : `  admin    ${url}\n  public   ${publicUrl}`,
    `  control  ${controlUrl}`,
  ].join('\n')

/** Serves until a signal. @returns the exit status. */
export const serve = async (given: Given, stopped: Promise<void>): Promise<number> => {
  const { mock, ready } = await start(given)
  console.log(given.json ? JSON.stringify(ready) : lines(ready))
  await stopped
  await Promise.race([mock.close(), sleep(PATIENCE)])
  return 0
}
