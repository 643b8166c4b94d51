import { FaultBook, type FaultState } from '../faults/book.ts'
import { Journal } from '../journal/journal.ts'
import { databaseOf, type Database, type DatabaseName, type Schema } from '../databases/database.ts'
import { Refusal } from '../databases/refusal.ts'
import type { Identity } from '../model/identity.ts'
import { silence, type Log } from '../journal/log.ts'
import type { Parcel } from '../model/answer.ts'
import { noCors, type Cors } from '../model/cors.ts'
import { defaultSelfService, type SelfService } from '../model/selfservice.ts'
import { Slab } from '../model/slab.ts'
import type { Micros } from '../model/time.ts'
import type { Session } from '../model/session.ts'
import type { Profile } from '../profiles/profile.ts'
import { Store } from '../store/store.ts'
import { relaid } from '../store/relaid.ts'
import { PLAIN, type OwnerOrder, type Tables } from '../store/tables.ts'
import { Clock, type ClockState } from './clock.ts'
import { Memory, type Made } from './memory.ts'
import { Random, type RandomState } from './random.ts'
import { sleep } from './timer.ts'
import { Waiting } from './waiting.ts'

/** What `reset` and `restore` go back to. Immutable. */
export interface WorldState {
  readonly tables: Tables
  readonly clock: ClockState
  readonly random: RandomState
  readonly chance: RandomState
  readonly faults: FaultState
}

/** Where a project is reached, without a trailing slash. Known once a port is bound. */
export interface Origins {
  readonly admin: string
  readonly public: string
}

/** The identity schemas of Kratos' configuration. */
export interface ConfiguredSchemas {
  /** `identity.default_schema_id`: the schema of an identity that names none. */
  readonly defaultId: string
  /** In their order. */
  readonly all: readonly { readonly id: string; readonly text: string }[]
  /** Ids of those that no flow may ask for. */
  readonly unselectable: ReadonlySet<string>
}

export interface WorldOptions {
  readonly profile: Profile
  /** What the profile's Kratos stores in, where it is one. Default `postgres`. */
  readonly database?: DatabaseName | undefined
  readonly randomSeed: number
  readonly frozenAt?: Micros | undefined
  readonly origins: Origins
  /** Bearer tokens of the admin API; none means that it is open. */
  readonly tokens?: readonly string[] | undefined
  /** How the self-service flows are configured. Default: passwords and codes, pages at Kratos' quickstart. */
  readonly selfService?: ((profile: Profile) => SelfService) | undefined
  /** Which pages may call the public API. Default: none. */
  readonly cors?: Cors | undefined
  /** Default: none, and `default` is the schema of an identity that names none. */
  readonly schemas?: ConfiguredSchemas | undefined
  /** Default: nobody listens. */
  readonly log?: Log | undefined
}

/** What a configuration says of a world. */
export type Configured = Pick<WorldOptions, 'selfService' | 'cors' | 'schemas'>

/** What a project has of its own rather than from the mock that it is made in. */
export interface Own {
  readonly profile?: Profile | undefined
  /** What the profile's Kratos stores in. */
  readonly database?: DatabaseName | undefined
  /** Where its clock stands still at the start, and after a reset. */
  readonly now?: Micros | undefined
  /** What it holds, and where its random draw is after that. */
  readonly data?: Pick<WorldState, 'tables' | 'random'> | undefined
}

const schemaOf = ({ knows }: Profile): Schema => ({
  hasActiveIndex: knows('v25.4.0'),
  scansJson: knows('v26.2.0'),
  deletesEmptyLists: knows('v25.4.0') && !knows('v26.2.0'),
})

const orderOf = ({ has }: Profile): OwnerOrder => (has.ownedByAuthentication ? 'authenticated_at' : 'created')

/** All that one project owns. Nothing of it is shared, except immutable tables, and nothing is global. */
export class World {
  readonly profile: Profile
  readonly database: Database | undefined
  readonly origins: Origins
  readonly tokens: readonly string[]
  selfService: SelfService
  cors: Cors
  schemas: ConfiguredSchemas
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  /** What fault rules draw from: arming one changes no id of the data. */
  readonly chance: Random
  readonly faults: FaultBook
  readonly journal: Journal
  readonly log: Log
  /** Filtered lists of sessions by identity and filter, weighed by their rows. */
  readonly filtered: Memory<Made<readonly Session[]>> = new Memory(1_000_000)
  /** Where targets lead, and what they are answered; weighed by their letters. */
  readonly targets: Memory<unknown> = new Memory(4_000_000)
  readonly answers: Memory<Made<Parcel>> = new Memory(16_000_000)
  /** Where the bodies of its answers stand. */
  readonly slab: Slab = new Slab()
  /** Requests that a fault holds back. */
  readonly waiting: Waiting = new Waiting()
  /** What its end alone ends: testers who wait for a request to come, and bodies in this process that are on their way. */
  readonly watching: Waiting = new Waiting()
  /** Made when somebody first asks: where each request has a context of its own, none may be made outside of them. */
  #closing: AbortController | undefined
  #closed: (() => Error) | undefined
  readonly #randomSeed: number
  readonly #databaseName: DatabaseName | undefined
  #selfServiceOf: WorldOptions['selfService']
  #baseline: WorldState
  #own: Own | undefined

  constructor(options: WorldOptions) {
    this.profile = options.profile
    this.origins = options.origins
    this.tokens = options.tokens ?? []
    ;({ selfService: this.selfService, cors: this.cors, schemas: this.schemas } = this.#settled(options))
    this.log = options.log ?? silence
    this.#randomSeed = options.randomSeed
    this.#databaseName = options.database
    const { profile } = options
    this.database = profile.hasDatabase ? databaseOf(options.database ?? 'postgres', schemaOf(profile)) : undefined
    const name = this.database?.name ?? ''
    this.store = new Store({ ...PLAIN, ...this.database?.layout, name, order: orderOf(profile) })
    this.clock = new Clock(options.frozenAt)
    this.random = new Random(options.randomSeed)
    this.chance = new Random(~options.randomSeed)
    this.faults = new FaultBook({ now: () => this.clock.now(), random: () => this.chance.number() })
    this.journal = new Journal({
      now: () => this.clock.now(),
      running: () => this.clock.running,
      stopwatch: () => performance.now(),
      sleep,
      hear: this.log.request,
      // Thousands of changes a millisecond fit between two starts.
      changes: Date.now() * 1e3,
    })
    this.#baseline = this.snapshot()
  }

  #settled(configured: Configured): { selfService: SelfService; cors: Cors; schemas: ConfiguredSchemas } {
    this.#selfServiceOf = configured.selfService
    return {
      selfService: configured.selfService?.(this.profile) ?? defaultSelfService,
      cors: configured.cors ?? noCors,
      schemas: configured.schemas ?? { defaultId: 'default', all: [], unselectable: new Set() },
    }
  }

  /** Goes by another configuration from here on. The schemas of its data stay until that is seeded anew. */
  configure(configured: Configured): void {
    Object.assign(this, this.#settled(configured))
    this.answers.clear()
  }

  snapshot(): WorldState {
    return {
      tables: this.store.tables,
      clock: this.clock.snapshot(),
      random: this.random.snapshot(),
      chance: this.chance.snapshot(),
      faults: this.faults.snapshot(),
    }
  }

  /** What a fault holds back ends with the state that it belonged to. */
  restore(state: WorldState): void {
    this.waiting.end()
    this.store.tables = state.tables
    this.clock.restore(state.clock)
    this.random.restore(state.random)
    this.chance.restore(state.chance)
    this.faults.restore(state.faults)
  }

  /** The state that `reset` goes back to. */
  get baseline(): WorldState {
    return this.#baseline
  }

  /** Makes a state, by default the present one, the one that `reset` goes back to. */
  rebase(state: WorldState = this.snapshot()): void {
    this.#baseline = this.#own === undefined ? state : this.#owned(state, this.#own)
  }

  /** A baseline of the mock with what is this project's own in place of it. */
  #owned(state: WorldState, { now, data }: Own): WorldState {
    const clock = now === undefined ? state.clock : { base: now, since: null }
    return { ...state, clock, tables: this.#takenOver(state.tables), ...data }
  }

  /** Data of the mock as this project's database has it. What that does not take stays as it is. */
  #takenOver(tables: Tables): Tables {
    const identity = (row: Identity): Identity => {
      try {
        return this.database?.identity(row) ?? row
      } catch (error) {
        if (error instanceof Refusal) return row
        throw error
      }
    }
    return relaid(tables, this.store.layout, { identity, session: (row) => this.database?.session(row) ?? row })
  }

  /** Back to the baseline, with nothing left of what came after it. */
  reset(): void {
    this.restore(this.#baseline)
    this.faults.rewind()
    this.journal.reset()
  }

  /** A world like this one before it was seeded, at its baseline's time. */
  blank({
    origins = this.origins,
    profile = this.profile,
    database,
    now,
    configured = { selfService: this.#selfServiceOf, cors: this.cors, schemas: this.schemas },
  }: Own & { origins?: Origins; configured?: Configured } = {}): World {
    const { tokens, log } = this
    const stores = { database: database ?? this.#databaseName, randomSeed: this.#randomSeed }
    const blank = new World({ profile, ...stores, ...configured, tokens, log, origins })
    blank.clock.restore(now === undefined ? this.#baseline.clock : { base: now, since: null })
    return blank
  }

  /** A world of its own that starts from the baseline of this one: it shares what neither changes. */
  fork(origins: Origins, own: Own = {}): World {
    const fork = this.blank({ ...own, origins })
    fork.#own = own
    fork.rebase(this.#baseline)
    fork.reset()
    return fork
  }

  /** Why the world is closed, once it is. */
  get closed(): Error | undefined {
    return this.#closed?.()
  }

  throwIfClosed(): void {
    if (this.#closed !== undefined) throw this.#closed()
  }

  /** Aborts when the world is closed. */
  get closing(): AbortSignal {
    this.#closing ??= new AbortController()
    if (this.#closed !== undefined) this.#closing.abort(this.#closed())
    return this.#closing.signal
  }

  /** Ends all that waits in it. @param reason is not made where nothing waits: an error costs as much as a project. */
  close(reason: () => Error): void {
    let made: Error | undefined
    this.#closed ??= () => (made ??= reason())
    this.#closing?.abort(this.#closed())
    this.waiting.endAll()
    this.watching.endAll()
  }
}
