import type { ProjectCard } from '../../control/project-card.ts'
import type { ArmedRule } from '../../faults/rule.ts'
import type { RecordedRequest } from '../../journal/entry.ts'
import { sleep } from '../../world/timer.ts'
import { card, control, mock, Refusal, root } from './mock.ts'
import { Store } from './store.ts'
import { setTime } from './time.ts'

/** How many requests the page keeps, as the journal does. */
const MOST = 1000

/** How long the page waits before it asks again for a mock that is away, in milliseconds. */
const AGAIN = 500

export type Connection = { readonly is: 'open' | 'connecting' } | { readonly is: 'away'; readonly reason: string }

export const connection: Store<Connection> = new Store<Connection>({ is: 'connecting' })
export const requests: Store<readonly RecordedRequest[]> = new Store<readonly RecordedRequest[]>([])
export const faults: Store<readonly ArmedRule[]> = new Store<readonly ArmedRule[]>([])
/** Counts the changes of the data: what shows it loads it anew. */
export const revision: Store<number> = new Store(0)

/** Puts entries among those that are there, by their numbers; a newer state of one replaces it. */
const merge = (entries: readonly RecordedRequest[]): void => {
  const known = new Map([...requests.value, ...entries].map((entry) => [entry.seq, entry]))
  requests.value = [...known.values()].sort((a, b) => a.seq - b.seq).slice(-MOST)
}

/** What came since the page was drawn last. */
let fresh: RecordedRequest[] = []

const draw = (): void => {
  merge(fresh)
  fresh = []
}

const heard: Readonly<Record<string, (data: string) => void>> = {
  journal: (data) => {
    if (fresh.length === 0) requestAnimationFrame(draw)
    fresh.push(JSON.parse(data) as RecordedRequest)
  },
  cleared: () => {
    fresh = []
    requests.value = []
  },
  clock: (data) => setTime(JSON.parse(data) as { now: string; running: boolean }),
  faults: (data) => {
    faults.value = JSON.parse(data) as readonly ArmedRule[]
  },
  data: () => {
    revision.value++
  },
}

const visible = (): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden) return resolve()
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
  })

let built: string | null = null

/** Loads the page anew when the mock that came back serves another one. */
const checkBuild = async (): Promise<void> => {
  const response = await mock.fetch('/_mock/ui/page.js', { method: 'HEAD' })
  const tag = response.headers.get('etag')
  if (built !== null && tag !== built) location.reload()
  built = tag
}

/** Loads what no event tells. */
const refresh = async (): Promise<void> => {
  try {
    const [project, entries] = await Promise.all([control<ProjectCard>('/project'), mock.requests.list(), checkBuild()])
    card.value = project
    merge(entries)
  } catch {
    // The connection ends as well, then.
  }
}

/** Listens until the connection ends, or until nobody looks at the page. */
const listen = (): Promise<void> =>
  new Promise((resolve) => {
    const source = new EventSource(`${root}/_mock/events`)
    const end = (): void => {
      source.close()
      document.removeEventListener('visibilitychange', leave)
      resolve()
    }
    const leave = (): void => {
      if (document.hidden) end()
    }
    document.addEventListener('visibilitychange', leave)
    source.addEventListener('error', end)
    source.addEventListener('open', () => {
      requests.value = []
      // What it tells first, the clock, the faults and the data, is all that the rest is loaded by.
      connection.value = { is: 'open' }
      void refresh()
    })
    for (const [name, hear] of Object.entries(heard)) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => hear(data))
    }
  })

/** Why nothing is heard of the mock; undefined when it is there. */
const whyAway = async (): Promise<string | undefined> => {
  try {
    await control('/health')
    return undefined
  } catch (error) {
    return error instanceof Refusal && error.status !== 0 ? error.message : 'The mock does not answer.'
  }
}

/** Keeps the page as the mock is, for as long as the page is there. */
export const follow = async (): Promise<never> => {
  for (;;) {
    await visible()
    await listen()
    if (document.hidden) continue
    const reason = await whyAway()
    if (reason !== undefined) connection.value = { is: 'away', reason }
    await sleep(AGAIN)
  }
}
