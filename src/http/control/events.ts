import type { Wire } from '../../model/wire.ts'
import type { World } from '../../world/world.ts'
import type { Handler } from './answers.ts'
import { Feed } from './feed.ts'

const HEADERS = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }

const feeds = new WeakMap<World, Feed>()

const feedOf = (world: World): Feed => {
  const feed = feeds.get(world) ?? new Feed(world)
  feeds.set(world, feed)
  return feed
}

/** Up to where a listener knows the journal; one that knows another journal than this hears all that is kept. */
const knownTo = ({ header, world: { journal } }: { header: string | undefined; world: World }): number | undefined => {
  if (header === undefined) return undefined
  const change = /^\d{1,16}$/.test(header) ? Number(header) : 0
  return change > journal.changes ? 0 : change
}

const encoder = new TextEncoder()

/** Writes to a connection until it or the project is gone. */
const follow = async (wire: Wire, feed: Feed, since: number | undefined): Promise<void> => {
  await wire.head({ status: 200, headers: { ...HEADERS, 'Transfer-Encoding': 'chunked' } })
  await new Promise<void>((resolve) => {
    let isBusy = false
    const written = (): void => void (isBusy = false)
    const tell = (text: string): boolean => {
      if (isBusy) return false
      isBusy = true
      void wire.write(encoder.encode(text)).then(written)
      return true
    }
    const leave = feed.add(since, tell, resolve)
    const gone = (): void => {
      leave()
      resolve()
    }
    wire.signal.addEventListener('abort', gone)
    if (wire.signal.aborted) gone()
  })
  wire.end()
}

/**
 * Server-sent events of a project: `journal`, an entry as it came, was answered or got its body; `cleared`, when
 * those before were forgotten; `clock`; `faults`, the armed rules; `data`, how many identities and sessions there are.
 */
export const events: Handler = async ({ exchange }) => {
  if (exchange.method === 'HEAD') return { status: 200, headers: HEADERS, body: '' }
  const since = knownTo({ header: exchange.header('last-event-id'), world: exchange.world })
  await follow(exchange.wire, feedOf(exchange.world), since)
  return undefined
}
