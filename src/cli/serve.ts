import { once } from 'node:events'
import { isatty } from 'node:tty'
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

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Serves until a signal; a second one does not wait for what is open. @returns the exit status. */
export const serve = async (given: Given): Promise<number> => {
  const stopped = new AbortController()
  const stop = (): void => (stopped.signal.aborted ? process.exit(0) : stopped.abort())
  const inTerminal = isatty(1)
  let reseed: (since: string) => Promise<void> = async () => {}
  // It is also what a terminal that closes sends, which is no terminal any more then.
  const hangUp = (): void => (inTerminal && !isatty(1) ? stop() : void reseed('it got SIGHUP'))
  for (const signal of SIGNALS) process.on(signal, stop)
  process.on('SIGHUP', hangUp)
  try {
    const { mock, ready, ...running } = await start(given)
    reseed = running.reseed
    console.log(given.json ? JSON.stringify(ready) : lines(ready))
    if (!stopped.signal.aborted) await once(stopped.signal, 'abort')
    await Promise.race([mock.close(), sleep(PATIENCE)])
    return 0
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
    process.off('SIGHUP', hangUp)
  }
}
