import type { Exchange } from '../../api/exchange.ts'
import type { Effect } from '../../faults/effect.ts'
import { isBodiless, parcelOf, type Answer } from '../../model/answer.ts'
import { utf8Text } from '../../model/utf8.ts'
import { abandon, startWait } from './wait.ts'

const encoder = new TextEncoder()

/**
 * How long, in ms, the client gets to read what came before an RST: a client on libuv that finds both at once
 * takes the RST for a FIN, and a kernel drops what it has not sent. The second wait lets one in this process read.
 */
const SETTLE = [20, 1] as const

/** The head with the full length, a fraction of the body, and the end of the connection. */
export const deliverCut = async (
  exchange: Exchange,
  answer: Answer,
  { how, at }: Extract<Effect, { kind: 'cut' }>,
): Promise<void> => {
  const { wire } = exchange
  const { status } = answer
  const bytes = encoder.encode(answer.body)
  const part = bytes.subarray(0, Math.floor(bytes.length * at))
  const hasBody = !isBodiless(status)
  const headers = hasBody ? [...answer.headers, 'Content-Length', String(bytes.length)] : answer.headers
  exchange.answered(status, exchange.world.journal.shelve(headers, exchange.world.slab.place(utf8Text(part))))
  await wire.head({ status, headers })
  if (part.length > 0) await wire.write(part)
  if (how === 'reset' && !wire.inProcess) for (const ms of SETTLE) await startWait(exchange, ms).ended
  wire.cut(how)
}

/** The whole answer, its body in parts with a wait before each but the first. */
export const deliverSlowly = async (
  exchange: Exchange,
  answer: Answer,
  { bytes: size, every }: Extract<Effect, { kind: 'slow' }>,
): Promise<void> => {
  const { wire } = exchange
  const { status, headers, placed } = parcelOf(answer, exchange.world.slab)
  const { bytes } = placed
  await wire.head({ status, headers })
  for (let at = 0; at < bytes.length; at += size) {
    const end = at === 0 ? 'elapsed' : await startWait(exchange, every).ended
    if (end !== 'elapsed') return abandon(exchange)
    await wire.write(bytes.subarray(at, at + size))
  }
  exchange.answered(status, exchange.world.journal.shelve(headers, placed))
  wire.end()
}
