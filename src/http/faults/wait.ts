import { sleep } from '../../world/timer.ts'
import { drop } from '../deliver.ts'
import type { Exchange } from '../../api/exchange.ts'

/** The longest that a timer can wait, in milliseconds: some 24 days. */
const LONGEST = 2 ** 31 - 1

/** How a wait came to its end: the time passed, the client left, or what held the request ended: its rule, its state or the mock. */
export type WaitEnd = 'elapsed' | 'left' | 'closed'

/** A wait that can be given up. */
export interface Wait {
  readonly ended: Promise<WaitEnd>
  giveUp(): void
}

/** Holds a request back for `ms`, or without it until the client leaves or what holds it ends. Leaves nothing behind. */
export const startWait = ({ world, wire: { signal: client }, fault }: Exchange, ms?: number): Wait => {
  const held = world.waiting.hold(client, fault)
  // A timer, too, for a wait without an end: a process lives on while it waits, as it would for a socket.
  const waited = sleep(ms ?? LONGEST, held.signal)
  const ended = waited.then((): WaitEnd => {
    held.release()
    return client.aborted ? 'left' : held.signal.aborted ? 'closed' : 'elapsed'
  })
  return { ended, giveUp: held.end }
}

/** The end of a request whose client left, or whose rule, state or mock ended, before there was an answer. */
export const abandon = (exchange: Exchange): void => drop(exchange, 'close')
