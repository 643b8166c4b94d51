import { FaultBook } from '../faults/book.ts'
import { Journal } from '../journal/journal.ts'
import type { Micros } from '../model/time.ts'
import type { Profile } from '../profiles/profile.ts'
import { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { Clock, type ClockState } from './clock.ts'
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
}

/** All that one project owns. Nothing of it is shared, except immutable tables, and nothing is global. */
export class World {
  readonly profile: Profile
  readonly origins: Origins
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly faults: FaultBook
  readonly journal: Journal
  #baseline: WorldState

  constructor(options: WorldOptions) {
    this.profile = options.profile
    this.origins = options.origins
    this.store = new Store(options.profile.release === 'v1.3.1' ? 'authenticated' : 'created')
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
