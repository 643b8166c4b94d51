import type { ProjectCard } from '../../control/project-card.ts'
import type { ArmedRule } from '../../faults/rule.ts'
import type { RecordedRequest } from '../../journal/entry.ts'
import { sleep } from '../../world/timer.ts'
import { forgetRequests, hearRequest, loadJournal } from './journal.ts'
import { known } from './known.ts'
import { card, control, Refusal, root } from './mock.ts'
import { Store } from './store.ts'
import { loseTime, setTime } from './time.ts'

/** How long the page waits before it asks again for a mock that is away, in milliseconds. */
const AGAIN = 500

export type Connection = { readonly is: 'open' | 'connecting' } | { readonly is: 'away'; readonly reason: string }

export const connection: Store<Connection> = new Store<Connection>({ is: 'connecting' })
export const faults: Store<readonly ArmedRule[]> = new Store<readonly ArmedRule[]>(known.faults)
/** Counts the changes of what is not told itself: what shows it loads it anew. */
export const revision: Store<number> = new Store(0)

/** Has loaded anew what is shown. */
export const changed = (): void => {
  revision.value++
}

const heard: Readonly<Record<string, (data: string) => void>> = {
  page: (data) => {
    if (JSON.parse(data) !== known.build) location.reload()
  },
  journal: (data) => hearRequest(JSON.parse(data) as RecordedRequest),
  cleared: forgetRequests,
  clock: (data) => setTime(JSON.parse(data) as { now: string; running: boolean }),
  faults: (data) => {
    faults.value = JSON.parse(data) as readonly ArmedRule[]
  },
  data: changed,
  projects: changed,
}

const visible = (): Promise<void> =>
  new Promise((resolve) => {
    if (!document.hidden) return resolve()
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
  })

/** Loads what the project is: another mock may have come in the place of this one. */
const refresh = async (): Promise<void> => {
  try {
    card.value = await control<ProjectCard>('/project')
  } catch {
    // The connection ends as well, then.
  }
}

let wasOpen = false

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
      // What it tells first, the clock, the faults and the data, is all that the rest is loaded by.
      if (wasOpen) void refresh()
      wasOpen = true
      void loadJournal()
      connection.value = { is: 'open' }
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
    if (reason !== undefined) {
      loseTime()
      connection.value = { is: 'away', reason }
    }
    await sleep(AGAIN)
  }
}
