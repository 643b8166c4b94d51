import type { World } from '../../world/world.ts'
import type { Call } from './answers.ts'
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

/** What a feed tells, until the reader or the project is gone. What nobody has read yet is not added to. */
const streamOf = (feed: Feed, since: number | undefined, signal: AbortSignal): ReadableStream<Uint8Array> => {
  let leave = (): void => {}
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      let isOver = false
      const end = (): void => {
        if (isOver) return
        isOver = true
        leave()
        controller.close()
      }
      const tell = (text: string): boolean => {
        if (isOver || (controller.desiredSize ?? 0) <= 0) return false
        controller.enqueue(encoder.encode(text))
        return true
      }
      leave = feed.add(since, tell, end)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    },
    cancel: () => leave(),
  })
}

/**
 * Server-sent events of a project: `journal`, an entry as it came, was answered or got its body; `cleared`, when
 * those before were forgotten; `clock`; `faults`, the armed rules; `data`, how many identities and sessions there are.
 */
export const events = ({ exchange }: Call): Response => {
  if (exchange.method === 'HEAD') return new Response(null, { headers: HEADERS })
  const since = knownTo({ header: exchange.header('last-event-id'), world: exchange.world })
  return new Response(streamOf(feedOf(exchange.world), since, exchange.signal), { headers: HEADERS })
}
