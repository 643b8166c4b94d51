import type { ArmedRule, FaultRule } from './faults/rule.ts'
import type { RecordedRequest } from './journal/entry.ts'
import type { RequestFilter } from './journal/filter.ts'
import type { SeededJson } from './seed/seed.ts'

/** A state that `restore` goes back to, as often as one likes. */
export interface Snapshot {
  readonly id: string
}

/** RFC 3339; or relative to the mock's time: `now`, `-2h`, `+1h30m`; or a Date; or milliseconds since 1970. */
export type TimeInput = string | Date | number

/** Milliseconds, or a text such as `2h`, `-30m`, `1h30m`, `250ms`. */
export type DurationInput = string | number

/** How somebody signs in at once. */
export interface SignInOptions {
  /** As Kratos calls it: `password` (the default), `code`, `oidc`, `saml`, `passkey`, `totp`, `webauthn`, … */
  readonly method?: string | undefined
  /** With `aal2`, a second factor was given too. Default: what the method proves. */
  readonly aal?: 'aal1' | 'aal2' | undefined
  readonly device?:
    | {
        readonly ip_address?: string | undefined
        readonly user_agent?: string | undefined
        readonly location?: string | undefined
      }
    | undefined
  /** As in a fixture. Default: `active`. */
  readonly state?: 'active' | 'expiring' | 'expired' | 'revoked' | 'aal2' | undefined
}

/** A session, and what a client proves with that it is its own. */
export interface SignedIn {
  /** As Kratos prints it, with its identity. */
  readonly session: { readonly id: string; readonly active: boolean } & Readonly<Record<string, unknown>>
  /** For `X-Session-Token`, or as a bearer token. */
  readonly token: string
  /** For a `Cookie` header: `ory_kratos_session=…`. */
  readonly cookie: string
}

/** A project's time. Every expiry, filter, generated time and fault window goes by it. */
export interface MockClock {
  now(): Promise<Date>
  /** Moves the clock, either way; a running one runs on from there. @returns its time then, as all of these do. */
  set(time: TimeInput): Promise<Date>
  advance(by: DurationInput): Promise<Date>
  freeze(): Promise<Date>
  /** Lets a frozen clock run on with the machine's. */
  run(): Promise<Date>
}

/** A project's fault rules. */
export interface MockFaults {
  /** Arms a rule, or several in turn; a bad one arms none. @returns them with their ids. */
  add(rule: FaultRule): Promise<ArmedRule>
  add(rules: readonly FaultRule[]): Promise<readonly ArmedRule[]>
  /** Every armed rule in the order in which they are tried, with how often it fired. */
  list(): Promise<readonly ArmedRule[]>
  /** @param id of a rule, or the rule as `add` gave it. */
  remove(rule: string | { readonly id: string }): Promise<void>
  clear(): Promise<void>
  /** Rejects, naming each armed rule that never fired. */
  verify(): Promise<void>
}

/** The requests that a project answered: the newest thousand. */
export interface MockRequests {
  /** Oldest first. */
  list(filter?: RequestFilter): Promise<readonly RecordedRequest[]>
  /**
   * The first request that a filter takes, be it one that has come already.
   * @param options.timeout in milliseconds, default 5,000: after it this rejects and says what came instead.
   */
  wait(filter?: RequestFilter, options?: { readonly timeout?: number | undefined }): Promise<RecordedRequest>
  clear(): Promise<void>
}

/**
 * What a test does with a mock, be it in this process, behind a port of it, or in another process. What is refused
 * rejects with a `ControlError` that says why.
 */
export interface Mock extends AsyncDisposable {
  /** Where the admin API is, without a trailing slash; the public API too, unless it has a port of its own. */
  readonly url: string
  readonly publicUrl: string
  /** A `fetch` that reaches the mock. A path such as `/admin/identities` counts from `url`. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Stops the mock within a second, requests that hang with it; removes a project; leaves a connected mock running. */
  close(): Promise<void>
  /**
   * Adds a fixture's data, all of it or, when it rejects, none. `reset` takes it away again.
   * @returns what was made, generated ids and tokens included.
   */
  seed(fixture: unknown): Promise<SeededJson>
  /**
   * Signs somebody in without a flow.
   * @param identity its id, an object with its id such as `seed` gives, or an address that it signs in with.
   */
  signIn(identity: string | { readonly id: string }, options?: SignInOptions): Promise<SignedIn>
  /** Back to the seeded state: data, clock, ids, faults, journal, all of it. */
  reset(): Promise<void>
  /** Keeps the data, the clock, the fault rules and the place in the random sequence. Costs next to nothing. */
  snapshot(): Promise<Snapshot>
  /** Goes back to a snapshot of this project. */
  restore(snapshot: Snapshot): Promise<void>
  readonly clock: MockClock
  readonly faults: MockFaults
  readonly requests: MockRequests
  /**
   * A mock of its own on the same port, from the same seeded state. Closing it removes it.
   * @param name lower-case letters, digits, hyphens and underscores; default `project-1`, `project-2` …
   */
  project(name?: string): Promise<MockProject>
}

/** A mock on the port of another. */
export interface MockProject extends Mock {
  readonly name: string
  /** A bearer token that picks this project at the URL of the whole mock. */
  readonly token: string
}
