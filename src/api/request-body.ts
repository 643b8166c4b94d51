import { DroppedConnection, KratosError } from '../model/errors.ts'
import type { Wire } from '../model/wire.ts'
import type { World } from '../world/world.ts'

/** The most that a request body may hold, as Kratos limits it (cmd/daemon/serve.go:148): 5 MiB. */
const MAX_BODY = 5 * 1024 * 1024

export const isTooLong = (size: number): boolean => size > MAX_BODY

/** The body was over the limit; each operation of Kratos says so in its own way. */
export class BodyTooLarge extends KratosError {
  constructor() {
    super(413, { reason: `The request body is larger than ${MAX_BODY} bytes.` })
  }
}

/** A request that may have a body. */
interface Sent {
  readonly wire: Wire
  readonly world: World
  readonly isTooLarge: boolean
}

/**
 * A body in this process, until its client leaves or the mock closes: there is no socket whose end would tell.
 * @throws DroppedConnection then.
 */
async function* untilOver({ wire, world }: Sent, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts = body[Symbol.asyncIterator]()
  const { signal, release } = world.waiting.hold(wire.signal)
  const over = new Promise<never>((_, reject) => {
    const end = (): void => reject(new DroppedConnection('reset'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  })
  // It may come while nobody waits.
  over.catch(() => {})
  try {
    for (;;) {
      const part = await Promise.race([parts.next(), over])
      if (part.done === true) return
      yield part.value
    }
  } finally {
    release()
    await parts.return?.()
  }
}

/**
 * The body's bytes. @param overread hears that there were more of them than are read.
 * @throws BodyTooLarge past 5 MiB, having read no more than that.
 */
export const readWhole = async (sent: Sent, overread: () => void): Promise<Uint8Array> => {
  const { body, inProcess } = sent.wire
  if (body === undefined) return new Uint8Array()
  if (sent.isTooLarge) throw new BodyTooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of inProcess ? untilOver(sent, body) : body) {
    size += chunk.length
    if (isTooLong(size)) {
      overread()
      throw new BodyTooLarge()
    }
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
