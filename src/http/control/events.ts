import type { Control } from '../../control/control.ts'
import type { World } from '../../world/world.ts'
import type { Call } from './answers.ts'
import { Feed, type Listener } from './feed.ts'
import { buildOfPage } from './ui.ts'

const HEADERS = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }

const feeds = new WeakMap<World, Feed>()

const feedOf = (control: Control): Feed => {
  const { world } = control.project
  const feed = feeds.get(world) ?? new Feed(control)
  feeds.set(world, feed)
  return feed
}

/** Up to where a listener knows the journal; one that knows another journal than this hears all that is kept. */
const knownTo = ({ header, world: { journal } }: { header: string | undefined; world: World }): number | undefined => {
  if (header === undefined) return undefined
  const change = /^\d{1,16}$/.test(header) ? Number(header) : 0
  return change > journal.changes ? 0 : change
}

/** Begins to listen. @returns what ends it. */
type Listen = (listener: Pick<Listener, 'tell' | 'end'>) => () => void

/** What a feed tells, until the reader or the project is gone. What nobody has read yet is not added to. */
const streamOf = (listen: Listen, signal: AbortSignal): ReadableStream<Uint8Array> => {
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
      const tell = (text: Uint8Array): boolean => {
        if (isOver || (controller.desiredSize ?? 0) <= 0) return false
        controller.enqueue(text)
        return true
      }
      leave = listen({ tell, end })
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    },
    cancel: () => leave(),
  })
}

/**
 * Server-sent events of a project: `page`, the tag of the one that is served; `journal`, an entry as it came, was
 * answered or got its body; `cleared`, when those before were forgotten; `clock`; `faults`, the armed rules; `data`,
 * how many identities and sessions there are; `projects`, how many of them there are beside the root, and how many
 * snapshots of this one.
 */
export const events = async ({ exchange, control }: Call): Promise<Response> => {
  if (exchange.method === 'HEAD') return new Response(null, { headers: HEADERS })
  const since = knownTo({ header: exchange.header('last-event-id'), world: exchange.world })
  const page = JSON.stringify(await buildOfPage())
  const listen: Listen = (listener) => feedOf(control).add(since, page, listener)
  return new Response(streamOf(listen, exchange.signal), { headers: HEADERS })
}
