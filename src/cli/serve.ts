import { once } from 'node:events'
import { sleep } from '../world/timer.ts'
import type { Given } from './arguments.ts'
import type { Ending } from './ending.ts'
import type { Ready, Running } from './start.ts'

/** How long open requests get to end, in milliseconds. */
const PATIENCE = 500

const lines = (
  { url, publicUrl, controlUrl, profile, identities, sessions, version }: Ready,
  inTerminal: boolean,
): string =>
  [
    `ory-identities-mock ${version} is ready, with ${String(identities)} identities and ${String(sessions)} sessions, as ${String(profile)}`,
    url === publicUrl ? `  API      ${url}` : `  admin    ${url}\n  public   ${publicUrl}`,
    `  control  ${controlUrl}`,
    ...(inTerminal ? [`  page     ${controlUrl}/ui`] : []),
  ].join('\n')

const asked = async ({ asked: signal }: Pick<Ending, 'asked'>): Promise<undefined> => {
  if (!signal.aborted) await once(signal, 'abort')
}

/** The mock itself is loaded by those commands alone that start one. */
const start = async (given: Given): Promise<Running> => (await import('./start.ts')).start(given)

/** Serves until it is asked to end, which does not wait for a start that is under way. @returns the exit status. */
export const serve = async (given: Given, ending: Pick<Ending, 'asked'>): Promise<number> => {
  const inTerminal = process.stdout.isTTY
  let reseed: (since: string) => Promise<unknown> = async () => {}
  // It is also what a terminal that closes sends, which is no terminal any more then.
  const heed = async (): Promise<void> => {
    if (inTerminal && !(await import('node:tty')).isatty(1)) process.kill(process.pid, 'SIGTERM')
    else await reseed('it got SIGHUP')
  }
  const hangUp = (): void => void heed()
  process.on('SIGHUP', hangUp)
  const end = asked(ending)
  try {
    const running = await Promise.race([end, start(given)])
    if (running === undefined) return 0
    const { mock, ready } = running
    reseed = running.reseed
    console.log(given.json ? JSON.stringify(ready) : lines(ready, inTerminal))
    await end
    await Promise.race([mock.close(), sleep(PATIENCE)])
    return 0
  } finally {
    process.off('SIGHUP', hangUp)
  }
}
