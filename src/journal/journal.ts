import type { Micros } from '../model/time.ts'
import { entryOf, type Kept, type RecordedRequest, type RequestFacts } from './entry.ts'
import { filterTest } from './filter.ts'

/** How many requests are kept: the newest. */
const MOST = 1000

/** How long a reader waits for bodies that are still on their way, in milliseconds. */
const PATIENCE = 100

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
}

interface Waiter {
  readonly takes: (facts: RequestFacts) => boolean
  readonly resolve: (found: Kept) => void
}

/** The requests that a project answered, the newest thousand of them. Recording keeps references; reading pays. */
export class Journal {
  readonly stopwatch: () => number
  readonly #sources: JournalSources
  readonly #waiters = new Set<Waiter>()
  /** Grows to MOST, then wraps: the oldest stands at `#oldest`. */
  #ring: Kept[] = []
  #oldest = 0
  #seq = 0

  constructor(sources: JournalSources) {
    this.#sources = sources
    this.stopwatch = sources.stopwatch
  }

  record(facts: RequestFacts): void {
    const durationMs = this.stopwatch() - facts.started
    const kept: Kept = {
      seq: ++this.#seq,
      ended: this.#sources.now(),
      running: this.#sources.running(),
      durationMs,
      facts,
    }
    if (this.#ring.length < MOST) this.#ring.push(kept)
    else {
      this.#ring[this.#oldest] = kept
      this.#oldest = (this.#oldest + 1) % MOST
    }
    this.#sources.hear?.(kept)
    for (const waiter of this.#waiters) if (waiter.takes(facts)) waiter.resolve(kept)
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
    return found.map(entryOf)
  }

  /** The requests that a filter takes, oldest first. @throws KratosError 400 for what is no filter. */
  async list(filter?: unknown): Promise<RecordedRequest[]> {
    const takes = filterTest(filter)
    return await this.#read(this.#kept().filter(({ facts }) => takes(facts)))
  }

  /**
   * The first request that a filter takes: one that has come, or else the next to come.
   * @param timeout in milliseconds, after which it is undefined, as when `signal` aborts.
   */
  async wait(filter: unknown, timeout: number, signal: AbortSignal): Promise<RecordedRequest | undefined> {
    const takes = filterTest(filter)
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

  /** Forgets all requests; the count goes on. */
  clear(): void {
    this.#ring = []
    this.#oldest = 0
  }

  /** Forgets all requests and counts from 1 again. */
  reset(): void {
    this.clear()
    this.#seq = 0
  }
}
