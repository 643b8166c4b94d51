import type { Control } from '../../control/control.ts'
import { formatTime } from '../../model/time.ts'
import { sleep } from '../../world/timer.ts'
import type { World } from '../../world/world.ts'
import { Chronicle } from './chronicle.ts'
import { event } from './event.ts'

/** How often is looked at what happened, in milliseconds of real time; less often the more listen. */
const PACE = 150
const LISTENERS = 10

/** After how long rules are counted anew because requests came: each of them may have to tell its nearest miss. */
const RECOUNT = 600

/** How many letters go out at one look, to all that listen. Each gets at least some, and as many alone while no request comes. */
const MOST_OUT = 1024 * 1024
const LEAST_OUT = 32 * 1024

/** Past this many changes a second requests have precedence: who listens gets a few, and the rest when it is over. */
const BUSY = 600
const BUSY_OUT = 4096
const BUSY_PACE = 900

/** Now and then something is said, so that a connection that nobody holds any more is found out. */
const SILENCE = 100

/** After how long whoever lost the connection comes again, in milliseconds. */
const RETRY = 500

/** What a listener knows of a project. */
interface Known {
  /** The change of the journal up to which it knows all. */
  readonly change: number
  readonly clock: unknown
  readonly tables: unknown
  readonly faults: string
  readonly beside: string
}

const isSame = (one: Known, other: Known): boolean =>
  one.change === other.change &&
  one.clock === other.clock &&
  one.tables === other.tables &&
  one.faults === other.faults &&
  one.beside === other.beside

/** Somebody who listens to a project. */
export interface Listener {
  known: Known
  silent: number
  /** Takes a text; false while it has not taken the one before. */
  readonly tell: (text: Uint8Array) => boolean
  readonly end: () => void
}

/** What is said to whoever knows so much, and what it knows then. */
interface News {
  readonly text: Uint8Array
  readonly after: Known
}

const encoder = new TextEncoder()

const PING = encoder.encode(':\n\n')

const NOTHING = new Uint8Array()

/** One behind the other; where one is empty, the other as it is. */
const joined = (one: Uint8Array, other: Uint8Array): Uint8Array => {
  if (one.length === 0) return other
  if (other.length === 0) return one
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

const besideOf = ({ project, projects }: Control): string =>
  [...project.snapshots.keys(), '', ...projects.list().map(({ name }) => name)].join()

/**
 * What happens in a project, told to all that listen. It looks at the project while somebody listens; the project
 * does not know of it, so a request costs the same with fifty listeners as with none.
 */
export class Feed {
  readonly #control: Control
  readonly #world: World
  #chronicle: Chronicle
  readonly #listeners = new Set<Listener>()
  /** Ends the loop early, when nobody listens any more. */
  #pause: AbortController | undefined
  #faults = '[]'
  /** What is there beside the data: snapshots and projects. */
  #beside = ''
  #arming: unknown
  #counted = 0
  #change = 0
  /** How many letters of the journal are said at once. */
  #room = 0

  constructor(control: Control) {
    this.#control = control
    this.#world = control.project.world
    this.#chronicle = new Chronicle(this.#world.journal)
  }

  /**
   * @param since the change of the journal that it knows already; without one, it hears of what comes from now on.
   * @param page which page is served.
   */
  add(since: number | undefined, page: string, { tell, end }: Pick<Listener, 'tell' | 'end'>): () => void {
    const change = since ?? this.#world.journal.changes
    const known: Known = { change, clock: undefined, tables: undefined, faults: '', beside: '' }
    const listener: Listener = { known, silent: 0, tell, end }
    this.#listeners.add(listener)
    this.#room = Math.max(LEAST_OUT, MOST_OUT / this.#listeners.size)
    this.#count(true)
    this.#look(listener, this.#newsFor(known, [`retry: ${RETRY}\n`, event('page', page, change)]))
    if (this.#pause === undefined) void this.#run()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#pause?.abort()
    }
  }

  async #run(): Promise<void> {
    this.#change = this.#world.journal.changes
    let isBusy = false
    let sinceCount = 0
    while (this.#listeners.size > 0) {
      this.#pause = new AbortController()
      const pace = Math.max(isBusy ? BUSY_PACE : PACE, (PACE * this.#listeners.size) / LISTENERS)
      await sleep(pace, this.#pause.signal)
      if (this.#world.closed !== undefined) this.#end()
      const { changes } = this.#world.journal
      const came = changes - this.#change
      this.#change = changes
      isBusy = came * 1000 > BUSY * pace
      this.#room = came === 0 ? MOST_OUT : Math.max(LEAST_OUT, MOST_OUT / this.#listeners.size)
      if (isBusy) this.#room = BUSY_OUT
      sinceCount += pace
      this.#count(sinceCount >= RECOUNT)
      if (sinceCount >= RECOUNT) sinceCount = 0
      this.#lookAll()
    }
    this.#pause = undefined
    // Nobody is behind any more.
    this.#chronicle = new Chronicle(this.#world.journal)
  }

  #lookAll(): void {
    const all: { readonly known: Known; readonly news: News }[] = []
    for (const listener of this.#listeners) {
      // Most know the same, though each came at a time of its own.
      let told = all.find(({ known }) => isSame(known, listener.known))
      if (told === undefined) all.push((told = { known: listener.known, news: this.#newsFor(listener.known) }))
      this.#look(listener, told.news)
    }
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

  #look(listener: Listener, { text, after }: News): void {
    if (text.length === 0 && ++listener.silent < SILENCE) return
    if (!listener.tell(text.length === 0 ? PING : text)) return
    listener.known = after
    listener.silent = 0
  }

  /** @param parts what is said before anything else. */
  #newsFor(known: Known, parts: string[] = []): News {
    const { clock, store } = this.#world
    const [faults, beside] = [this.#faults, this.#beside]
    if (known.clock !== clock.snapshot()) {
      parts.push(event('clock', JSON.stringify({ now: formatTime(clock.now()), running: clock.running })))
    }
    if (known.tables !== store.tables) {
      const { identities, sessions } = store.tables
      parts.push(event('data', JSON.stringify({ identities: identities.size, sessions: sessions.size })))
    }
    if (known.beside !== beside) {
      const { project, projects } = this.#control
      parts.push(
        event('projects', JSON.stringify({ snapshots: project.snapshots.size, projects: projects.list().length })),
      )
    }
    if (known.faults !== faults) parts.push(event('faults', faults))
    const chapter = this.#chronicle.from(known.change, this.#room)
    if (parts.length === 0 && chapter === undefined) return { text: NOTHING, after: known }
    const change = chapter?.to ?? known.change
    const after = { change, clock: clock.snapshot(), tables: store.tables, faults, beside }
    return { text: joined(encoder.encode(parts.join('')), chapter?.text ?? NOTHING), after }
  }
}
