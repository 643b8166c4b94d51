import type { HeaderList } from '../model/headers.ts'
import type { Placed } from '../model/slab.ts'
import type { Micros } from '../model/time.ts'
import { MOST_OF_BODY } from './body-capture.ts'
import {
  briefOf,
  entryOf,
  weightOf,
  type Kept,
  type KeptResponse,
  type RecordedRequest,
  type RequestFacts,
} from './entry.ts'
import { readFilter } from './filter.ts'
import { Shelf } from './shelf.ts'

/** How many requests are kept: the newest. */
const MOST = 1000

/** How long a reader waits for bodies that are still on their way, in milliseconds. */
const PATIENCE = 100

/** How many letters of bodies are read at once, the newest first, and how many of each that is older: JSON has an end. */
const MOST_READ = 32 * 1024 * 1024
const LEAST_OF_BODY = 1024

/** What the journal takes from its project. */
export interface JournalSources {
  readonly now: () => Micros
  /** Whether the clock runs with the machine's. */
  readonly running: () => boolean
  /** Real time that only goes forward, in milliseconds. */
  readonly stopwatch: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Hears of each request as it is recorded. */
  readonly hear?: ((kept: Kept) => void) | undefined
  /** What its changes are counted from: more than any journal before it came to. */
  readonly changes: number
}

/** What happened in a journal since a change of it. */
export interface JournalNews {
  /** What came, was answered or got its body, in the order of that; each as it is now. */
  readonly entries: readonly Kept[]
  /** Whether all that came before was forgotten in between. */
  readonly cleared: boolean
}

interface Waiter {
  readonly takes: (facts: RequestFacts) => boolean
  readonly resolve: (found: Kept) => void
}

/** A request that was shown to the journal before it was answered. */
export interface OpenEntry {
  readonly kept: Kept
  /** Where it stands; another one since the journal was cleared. */
  readonly ring: readonly Kept[]
  readonly era: number
}

/** What a wait that found nothing says came instead. */
export interface Came {
  readonly count: number
  /** The newest of them, in a word each, oldest first. */
  readonly last: readonly string[]
}

/** The requests that came to a project, the newest thousand of them. Recording keeps references; reading pays. */
export class Journal {
  readonly stopwatch: () => number
  readonly #sources: JournalSources
  readonly #waiters = new Set<Waiter>()
  /** Grows to MOST, then wraps: the oldest stands at `#oldest`. */
  #ring: Kept[] = []
  #oldest = 0
  #shelf = new Shelf(MOST)
  #seq = 0
  /** How often it was reset. */
  #era = 0
  #changes: number
  #cleared: number

  constructor(sources: JournalSources) {
    this.#sources = sources
    this.stopwatch = sources.stopwatch
    this.#changes = sources.changes
    this.#cleared = sources.changes
  }

  /** Counts the changes; those of a journal made later have higher numbers. */
  get changes(): number {
    return this.#changes
  }

  /** What happened since a change. Costs nothing until somebody asks. */
  since(change: number): JournalNews {
    const entries = change === this.#changes ? [] : this.#kept().filter((kept) => kept.change > change)
    return { entries: entries.sort((a, b) => a.change - b.change), cleared: change < this.#cleared }
  }

  /** Holds as much of an answer as an entry shows. */
  shelve(headers: HeaderList, placed: Placed, isHeld = false): KeptResponse {
    return this.#shelf.put(headers, placed, isHeld)
  }

  /** Shows a request that has no answer yet. */
  open(facts: RequestFacts): OpenEntry {
    const kept = this.#add(facts, 0)
    this.#tell(kept)
    return { kept, ring: this.#ring, era: this.#era }
  }

  /** A request was answered. @param open as which it was shown before, if it was. */
  record(facts: RequestFacts, open?: OpenEntry): void {
    const durationMs = this.stopwatch() - facts.started
    // What was cut off by a reset is no part of what came after it.
    if (open !== undefined && open.era !== this.#era) return
    let kept = open?.kept
    if (kept === undefined || open?.ring !== this.#ring)
      kept = this.#add(facts, this.#sources.running() ? durationMs : 0)
    kept.facts = facts
    kept.durationMs = durationMs
    kept.change = ++this.#changes
    const { body } = facts
    if (body?.settled === false) void body.whole.then(() => (kept.change = ++this.#changes))
    this.#sources.hear?.(kept)
    this.#tell(kept)
  }

  #add(facts: RequestFacts, before: number): Kept {
    const kept: Kept = {
      seq: ++this.#seq,
      made: this.#sources.now(),
      before,
      durationMs: 0,
      facts,
      change: ++this.#changes,
    }
    if (this.#ring.length < MOST) this.#ring.push(kept)
    else {
      this.#ring[this.#oldest] = kept
      this.#oldest = (this.#oldest + 1) % MOST
    }
    return kept
  }

  #tell(kept: Kept): void {
    for (const waiter of this.#waiters) if (waiter.takes(kept.facts)) waiter.resolve(kept)
  }

  #kept(): Kept[] {
    return [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)]
  }

  async #read(found: readonly Kept[]): Promise<RecordedRequest[]> {
    const coming = found.flatMap(({ facts: { body } }) => (body === undefined || body.settled ? [] : [body.whole]))
    if (coming.length > 0) {
      const enough = new AbortController()
      await Promise.race([Promise.all(coming), this.#sources.sleep(PATIENCE, enough.signal)])
      enough.abort()
    }
    const stopwatch = this.stopwatch()
    let left = MOST_READ
    const newestFirst = found.toReversed().map((kept) => {
      const entry = entryOf(kept, stopwatch, left > 0 ? MOST_OF_BODY : LEAST_OF_BODY)
      left -= weightOf(kept)
      return entry
    })
    return newestFirst.toReversed()
  }

  /** The requests that a filter takes, oldest first. @throws KratosError 400 for what is no filter. */
  async list(filter?: unknown): Promise<RecordedRequest[]> {
    const { takes } = readFilter(filter)
    return await this.#read(this.#kept().filter(({ facts }) => takes(facts)))
  }

  /** How many requests there are, and the last of them. */
  came(most: number): Came {
    const count = this.#ring.length
    const last = Array.from({ length: Math.min(most, count) }, (_, n) => this.#ring.at(this.#oldest - 1 - n)!)
    return { count, last: last.toReversed().map(briefOf) }
  }

  /**
   * The first request that a filter takes: one that has come, or else the next to come. One in flight counts once it
   * is answered, unless the filter asks for it by `status: null`.
   * @param timeout in milliseconds, after which it is undefined, as when `signal` aborts.
   */
  async wait(filter: unknown, timeout: number, signal: AbortSignal): Promise<RecordedRequest | undefined> {
    const { takes: fits, inFlight } = readFilter(filter)
    const takes = (facts: RequestFacts): boolean => (facts.status !== null || inFlight) && fits(facts)
    const found = this.#kept().find(({ facts }) => takes(facts)) ?? (await this.#next(takes, timeout, signal))
    return found === undefined ? undefined : (await this.#read([found]))[0]
  }

  #next(takes: Waiter['takes'], timeout: number, signal: AbortSignal): Promise<Kept | undefined> {
    return new Promise((resolve) => {
      const over = new AbortController()
      const end = (found?: Kept): void => {
        this.#waiters.delete(waiter)
        signal.removeEventListener('abort', abort)
        over.abort()
        resolve(found)
      }
      const abort = (): void => end()
      const waiter: Waiter = { takes, resolve: end }
      this.#waiters.add(waiter)
      signal.addEventListener('abort', abort)
      if (signal.aborted) end()
      else void this.#sources.sleep(timeout, over.signal).then(() => end())
    })
  }

  /** Forgets all requests; the count goes on. One in flight is there again once it is answered. */
  clear(): void {
    this.#ring = []
    this.#oldest = 0
    this.#shelf = new Shelf(MOST)
    this.#cleared = ++this.#changes
  }

  /** Forgets all requests, also those in flight, and counts from 1 again. */
  reset(): void {
    this.clear()
    this.#seq = 0
    this.#era++
  }
}
