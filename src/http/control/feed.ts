import type { Control } from '../../control/control.ts'
import { entryOf } from '../../journal/entry.ts'
import { MOST_OF_BODY } from '../../journal/body-capture.ts'
import { formatTime } from '../../model/time.ts'
import { sleep } from '../../world/timer.ts'
import type { World } from '../../world/world.ts'

/** How often is looked at what happened, in milliseconds of real time. */
const PACE = 150

/** How often rules are counted anew because requests came: each of them may have to tell its nearest miss. */
const FAULTS_EVERY = 4

/** How many letters go out at one look, to all that listen; each gets at least some. */
const MOST_OUT = 1024 * 1024
const LEAST_OUT = 32 * 1024

/** Past this many changes between two looks requests have precedence: who listens gets a few, and the rest when it is over. */
const BUSY = 100
const BUSY_OUT = 4096
const BUSY_EVERY = 6

/** Now and then something is said, so that a connection that nobody holds any more is found out. */
const SILENCE = 100

/** After how long whoever lost the connection comes again, in milliseconds. */
const RETRY = 500

/** Somebody who listens to a project. */
export interface Listener {
  /** The change of the journal up to which it knows all. */
  change: number
  clock: unknown
  tables: unknown
  faults: string
  beside: string
  silent: number
  /** Takes a text; false while it has not taken the one before. */
  readonly tell: (text: string) => boolean
  readonly end: () => void
}

/** The requests since a change, as events, and the change up to which they tell all. */
interface News {
  readonly since: number
  readonly text: string
  readonly change: number
}

const event = (name: string, data: string, id?: number): string =>
  `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`

const besideOf = ({ project, projects }: Control): string =>
  [...project.snapshots.keys(), '', ...projects.list().map(({ name }) => name)].join()

/**
 * What happens in a project, told to all that listen. It looks at the project while somebody listens; the project
 * does not know of it, so a request costs the same with fifty listeners as with none.
 */
export class Feed {
  readonly #control: Control
  readonly #world: World
  readonly #listeners = new Set<Listener>()
  /** Ends the loop early, when nobody listens any more. */
  #pause: AbortController | undefined
  #faults = '[]'
  /** What is there beside the data: snapshots and projects. */
  #beside = ''
  #arming: unknown
  #counted = 0
  #looks = 0
  #change = 0
  #isBusy = false
  /** What was told last: most listeners know the same. */
  #news: News | undefined

  constructor(control: Control) {
    this.#control = control
    this.#world = control.project.world
  }

  /**
   * @param since the change of the journal that it knows already; without one, it hears of what comes from now on.
   * @param page which page is served.
   */
  add(since: number | undefined, page: string, { tell, end }: Pick<Listener, 'tell' | 'end'>): () => void {
    const change = since ?? this.#world.journal.changes
    const unknown = { clock: undefined, tables: undefined, faults: '', beside: '', silent: 0 }
    const listener: Listener = { change, ...unknown, tell, end }
    this.#listeners.add(listener)
    this.#count(true)
    this.#look(listener, [`retry: ${RETRY}\n`, event('page', page, change)])
    if (this.#pause === undefined) void this.#run()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#pause?.abort()
    }
  }

  async #run(): Promise<void> {
    this.#change = this.#world.journal.changes
    while (this.#listeners.size > 0) {
      this.#pause = new AbortController()
      await sleep(PACE, this.#pause.signal)
      if (this.#world.closed !== undefined) this.#end()
      this.#news = undefined
      const { changes } = this.#world.journal
      this.#isBusy = changes - this.#change > BUSY
      this.#change = changes
      this.#count(++this.#looks % FAULTS_EVERY === 0)
      if (this.#isBusy && this.#looks % BUSY_EVERY !== 0) continue
      for (const listener of this.#listeners) this.#look(listener)
    }
    this.#pause = undefined
  }

  #end(): void {
    for (const { end } of this.#listeners) end()
    this.#listeners.clear()
  }

  /** Counts what is beside the data, and the rules if any were armed or removed, or if requests came. */
  #count(isDue: boolean): void {
    if (isDue) this.#beside = besideOf(this.#control)
    const { faults, journal } = this.#world
    const same = this.#arming === faults.arming
    if (same && (!isDue || !faults.armed || this.#counted === journal.changes)) return
    this.#arming = faults.arming
    this.#counted = journal.changes
    this.#faults = JSON.stringify(faults.list())
  }

  /** @param parts what it is told before anything else. */
  #look(listener: Listener, parts: string[] = []): void {
    const { clock, store } = this.#world
    if (listener.clock !== clock.snapshot()) {
      parts.push(event('clock', JSON.stringify({ now: formatTime(clock.now()), running: clock.running })))
    }
    if (listener.tables !== store.tables) {
      const { identities, sessions } = store.tables
      parts.push(event('data', JSON.stringify({ identities: identities.size, sessions: sessions.size })))
    }
    if (listener.beside !== this.#beside) {
      const { project, projects } = this.#control
      parts.push(
        event('projects', JSON.stringify({ snapshots: project.snapshots.size, projects: projects.list().length })),
      )
    }
    if (listener.faults !== this.#faults) parts.push(event('faults', this.#faults))
    const { text, change } = this.#requestsSince(listener.change)
    if (text !== '') parts.push(text)
    if (parts.length === 0 && ++listener.silent < SILENCE) return
    if (!listener.tell(parts.length === 0 ? ':\n\n' : parts.join(''))) return
    const [faults, beside] = [this.#faults, this.#beside]
    Object.assign(listener, { change, clock: clock.snapshot(), tables: store.tables, faults, beside, silent: 0 })
  }

  #requestsSince(since: number): News {
    const { journal } = this.#world
    if (since === journal.changes) return { since, text: '', change: since }
    if (this.#news?.since === since) return this.#news
    const { entries, cleared } = journal.since(since)
    const parts = cleared ? [event('cleared', '{}')] : []
    let left = this.#isBusy ? BUSY_OUT : Math.max(LEAST_OUT, MOST_OUT / this.#listeners.size)
    let change = journal.changes
    const stopwatch = journal.stopwatch()
    for (const kept of entries) {
      const text = event('journal', JSON.stringify(entryOf(kept, stopwatch, MOST_OF_BODY)), kept.change)
      parts.push(text)
      left -= text.length
      if (left > 0) continue
      change = kept.change
      break
    }
    this.#news = { since, text: parts.join(''), change }
    return this.#news
  }
}
