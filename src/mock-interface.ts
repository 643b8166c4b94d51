/// <reference lib="esnext.disposable" preserve="true" />
import type { ArmedRule, FaultRule, SeveralRules } from './faults/rule.ts'
import type { RecordedRequest } from './journal/entry.ts'
import type { RequestFilter } from './journal/filter.ts'
import type { DatabaseName } from './databases/database.ts'
import type { ProfileOption } from './profiles/profile.ts'
import type { PrintedSession } from './model/printed.ts'
import type { SignInMethod } from './model/sign-in-methods.ts'
import type { NamedSession, Seed } from './seed/fixture.ts'
import type { SeededJson } from './seed/seed.ts'

/** A state that `restore` goes back to, as often as one likes. */
export interface Snapshot {
  /** What the mock knows it by. */
  readonly id: string
}

/** RFC 3339; or relative to the mock's time: `now`, `-2h`, `+1h30m`; or a Date; or milliseconds since 1970. */
export type TimeInput = string | Date | number

/** Milliseconds, or a text such as `2h`, `-30m`, `1h30m`, `250ms`. */
export type DurationInput = string | number

/** How somebody signs in at once. */
export interface SignInOptions {
  /** As Kratos calls it. Default `password`. */
  readonly method?: SignInMethod | undefined
  /** With `aal2`, a second factor was given too. Default: what the method proves. */
  readonly aal?: 'aal1' | 'aal2' | undefined
  /** What it is used on. Default: at `127.0.0.1`. */
  readonly device?:
    | {
        readonly ip_address?: string | undefined
        readonly user_agent?: string | undefined
        readonly location?: string | undefined
      }
    | undefined
  /** As in a fixture. Default: `active`. */
  readonly state?: NamedSession | undefined
}

/** A session, and what a client proves with that it is its own. */
export interface SignedIn {
  /** As Kratos prints it, with its identity. */
  readonly session: PrintedSession
  /** For `X-Session-Token`, or as a bearer token. */
  readonly token: string
  /** For a `Cookie` header: `ory_kratos_session=…`. */
  readonly cookie: string
}

/** A project's time. Every expiry, filter, generated time and fault window goes by it. */
export interface MockClock {
  /** Its time. */
  now(): Promise<Date>
  /** Moves the clock, either way; a running one runs on from there: to stand at this very time it is frozen before. @returns its time then, as all of these do. */
  set(time: TimeInput): Promise<Date>
  /** Moves the clock by a time, back by a negative one. */
  advance(by: DurationInput): Promise<Date>
  /** Lets the clock stand still. */
  freeze(): Promise<Date>
  /** Lets a frozen clock run on with the machine's. */
  run(): Promise<Date>
}

/** A project's fault rules. */
export interface MockFaults {
  /** Arms a rule; a bad one is refused with all that is wrong. @returns it with its id. */
  add(rule: FaultRule): Promise<ArmedRule>
  /** Arms several rules in turn, or none of them. @returns them with their ids. */
  add(rules: readonly FaultRule[]): Promise<readonly ArmedRule[]>
  /** Arms one rule or several. @returns one or several. */
  add(rules: FaultRule | SeveralRules): Promise<ArmedRule | readonly ArmedRule[]>
  /** Every armed rule in the order in which they are tried, with how often it fired. */
  list(): Promise<readonly ArmedRule[]>
  /** @param id of a rule, or the rule as `add` gave it. */
  remove(rule: string | { readonly id: string }): Promise<void>
  /** Removes every rule. */
  clear(): Promise<void>
  /** Rejects, naming each armed rule that never fired. */
  verify(): Promise<void>
}

/** How long to wait for a request. */
export interface WaitOptions {
  /** In milliseconds, default 5,000. */
  readonly timeout?: number | undefined
}

/** The requests that a project answered: the newest thousand. */
export interface MockRequests {
  /** Oldest first. */
  list(filter?: RequestFilter): Promise<readonly RecordedRequest[]>
  /**
   * The first request that a filter takes, be it one that has come already.
   * @param options.timeout in milliseconds, default 5,000: after it this rejects and says what came instead.
   */
  wait(filter?: RequestFilter, options?: WaitOptions): Promise<RecordedRequest>
  /** Forgets what came so far; the count goes on. */
  clear(): Promise<void>
}

/** What a project of its own is, and starts from. */
export interface ProjectOptions {
  /** Lower-case letters, digits, hyphens and underscores. Default `project-1`, `project-2` … */
  readonly name?: string | undefined
  /** Default: the mock's. */
  readonly profile?: ProfileOption | undefined
  /** What the Kratos of a `kratos-…` profile stores in. Default: the mock's, or `postgres`. */
  readonly database?: DatabaseName | undefined
  /** What it holds in place of the mock's data, and resets to. Default: the mock's data. */
  readonly seed?: Seed | undefined
  /** Freezes its clock at this time. Default: the mock's clock. */
  readonly now?: TimeInput | undefined
}

/**
 * What a test does with a mock, be it in this process, behind a port of it, or in another process. What is refused
 * rejects with a `ControlError` that says why, a bad fixture with a `FixtureError`.
 */
export interface Mock extends AsyncDisposable {
  /** Where the admin API is, without a trailing slash; the public API too, unless it has a port of its own. */
  readonly url: string
  /** Where the public API is, without a trailing slash. */
  readonly publicUrl: string
  /** A `fetch` that reaches the mock, whatever host it is asked. A path such as `/admin/identities` counts from `url`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Stops the mock within a second, requests that hang with it; removes a project; leaves a connected mock running. */
  close(this: void): Promise<void>
  /**
   * Adds a fixture's data, all of it or, when it rejects, none. `reset` takes it away again.
   * @returns what was made, generated ids and tokens included.
   */
  seed(this: void, fixture: Seed): Promise<SeededJson>
  /**
   * Signs somebody in without a flow.
   * @param identity its id, an object with its id such as `seed` gives, or an address that it signs in with.
   */
  signIn(this: void, identity: string | { readonly id: string }, options?: SignInOptions): Promise<SignedIn>
  /** Back to the seeded state: data, clock, ids, faults, journal, all of it. */
  reset(this: void): Promise<void>
  /** Keeps the data, the clock, the fault rules and the place in the random sequence. Costs next to nothing. */
  snapshot(this: void): Promise<Snapshot>
  /** Goes back to a snapshot of this project. */
  restore(this: void, snapshot: Snapshot): Promise<void>
  /** Its time. */
  readonly clock: MockClock
  /** Its fault rules. */
  readonly faults: MockFaults
  /** Its journal. */
  readonly requests: MockRequests
  /**
   * A mock of its own on the same port, from the same seeded state unless it is given its own. Closing it removes it.
   * @param options its name, or a name and what it starts from.
   */
  project(this: void, options?: string | ProjectOptions): Promise<MockProject>
}

/** A mock on the port of another. */
export interface MockProject extends Mock {
  /** What its URL and its error messages name it by. */
  readonly name: string
  /** A bearer token that picks this project at the URL of the whole mock. */
  readonly token: string
}
