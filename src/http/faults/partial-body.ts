import type { Effect } from '../../faults/effect.ts'
import { bodyPart } from '../../journal/body-capture.ts'
import { framing, type Answer } from '../../model/answer.ts'
import { connectionError, SENT } from '../deliver.ts'
import type { Exchange } from '../../api/exchange.ts'
import { abandon, startWait, type Wait } from './wait.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** What reading a body rejects with in `fetch` when its connection ends. */
const terminated = (how: 'reset' | 'close'): TypeError =>
  new TypeError('terminated', { cause: connectionError(how).cause })

/** A stream that is asked for each of its parts, and so never loses one to an error behind it. */
const streamOf = (
  pull: UnderlyingDefaultSource<Uint8Array>['pull'],
  cancel: () => void = () => {},
): ReadableStream<Uint8Array> => new ReadableStream<Uint8Array>({ pull: pull!, cancel }, { highWaterMark: 0 })

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
): Promise<Response> => {
  const bytes = encoder.encode(answer.body)
  const part = bytes.subarray(0, Math.floor(bytes.length * at))
  const hasBody = Object.keys(framing(answer.status, 'body', false)).length > 0
  const headers = { ...answer.headers, ...(hasBody ? { 'Content-Length': String(bytes.length) } : {}) }
  exchange.answered(answer.status, { headers, body: bodyPart(decoder.decode(part)) })
  if (exchange.wire !== undefined) {
    await exchange.wire.head({ ...answer, headers })
    if (part.length > 0) await exchange.wire.write(part)
    if (how === 'reset') for (const ms of SETTLE) await startWait(exchange, ms).ended
    exchange.wire.cut(how)
    return SENT
  }
  if (!hasBody) return new Response(null, { status: answer.status, headers })
  let given = part.length === 0
  const body = streamOf((controller) => {
    if (given) return controller.error(terminated(how))
    given = true
    controller.enqueue(part)
  })
  return new Response(body, { status: answer.status, headers })
}

/** The whole answer, its body in parts with a wait before each but the first. */
export const deliverSlowly = async (
  exchange: Exchange,
  answer: Answer,
  { bytes: size, every }: Extract<Effect, { kind: 'slow' }>,
): Promise<Response> => {
  const bytes = encoder.encode(answer.body)
  const headers = { ...answer.headers, ...framing(answer.status, answer.body, false) }
  const { wire } = exchange
  const response = { headers, body: bodyPart(answer.body) }
  if (wire === undefined) {
    exchange.answered(answer.status, response)
    return bytes.length === 0
      ? new Response(null, { status: answer.status, headers })
      : new Response(slowStream(exchange, bytes, size, every), { status: answer.status, headers })
  }
  await wire.head({ ...answer, headers })
  for (let at = 0; at < bytes.length; at += size) {
    const end = at === 0 ? 'elapsed' : await startWait(exchange, every).ended
    if (end !== 'elapsed') return abandon(exchange, end)
    await wire.write(bytes.subarray(at, at + size))
  }
  exchange.answered(answer.status, response)
  wire.end()
  return SENT
}

const slowStream = (exchange: Exchange, bytes: Uint8Array, size: number, every: number): ReadableStream<Uint8Array> => {
  let at = 0
  let wait: Wait | undefined
  return streamOf(
    async (controller) => {
      if (at > 0) {
        wait = startWait(exchange, every)
        const end = await wait.ended
        if (end === 'left') return controller.error(exchange.request.signal.reason)
        if (end === 'closed') return controller.error(terminated('close'))
      }
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
      if (at >= bytes.length) controller.close()
    },
    () => wait?.giveUp(),
  )
}
