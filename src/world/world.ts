import { FaultBook } from '../faults/book.ts'
import { Journal } from '../journal/journal.ts'
import type { Micros } from '../model/time.ts'
import type { Session } from '../model/session.ts'
import type { Profile } from '../profiles/profile.ts'
import { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { Clock, type ClockState } from './clock.ts'
import { Kept, type Window } from './kept.ts'
import { Random, type RandomState } from './random.ts'

/** What `reset` and `restore` go back to. Immutable. */
export interface WorldState {
  readonly tables: Tables
  readonly clock: ClockState
  readonly random: RandomState
}

/** Where a project is reached, without a trailing slash. Known once a port is bound. */
export interface Origins {
  admin: string
  public: string
}

export interface WorldOptions {
  readonly profile: Profile
  readonly randomSeed: number
  readonly frozenAt?: Micros | undefined
  readonly origins: Origins
  /** Bearer tokens of the admin API; none means that it is open. */
  readonly tokens?: readonly string[] | undefined
}

/** All that one project owns. Nothing of it is shared, except immutable tables, and nothing is global. */
export class World {
  readonly profile: Profile
  readonly origins: Origins
  readonly tokens: readonly string[]
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly faults: FaultBook
  readonly journal: Journal
  /** Filtered lists of sessions by identity and filter, weighed by their rows. */
  readonly filtered: Kept<{ readonly rows: readonly Session[]; readonly window: Window }> = new Kept(1_000_000)
  /** Whole answers by request target, weighed by their letters. */
  readonly pages: Kept<object> = new Kept(16_000_000)
  #baseline: WorldState

  constructor(options: WorldOptions) {
    this.profile = options.profile
    this.origins = options.origins
    this.tokens = options.tokens ?? []
    this.store = new Store(options.profile.has.ownedByAuthentication ? 'authenticated' : 'created')
    this.clock = new Clock(options.frozenAt)
    this.random = new Random(options.randomSeed)
    this.faults = new FaultBook({ now: () => this.clock.now(), random: () => this.random.number() })
    this.journal = new Journal({ now: () => this.clock.now() })
    this.#baseline = this.snapshot()
  }

  snapshot(): WorldState {
    return { tables: this.store.tables, clock: this.clock.snapshot(), random: this.random.snapshot() }
  }

  restore(state: WorldState): void {
    this.store.tables = state.tables
    this.clock.restore(state.clock)
    this.random.restore(state.random)
  }

  /** Makes the present state the one that `reset` goes back to. */
  rebase(): void {
    this.#baseline = this.snapshot()
  }

  reset(): void {
    this.restore(this.#baseline)
    this.faults.clear()
    this.journal.clear()
  }
}
