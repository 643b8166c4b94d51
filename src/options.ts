import type { ProfileOption } from './profiles/profile.ts'

/** The options of `createMock` and `startMock`: the command line's, in camelCase. */
export interface MockOptions {
  /** Admin port, and public port unless `publicPort` is given; 0 takes any free one. Default 4434. */
  readonly port?: number | undefined
  /** A second port that serves the public API alone; the first then behaves as Kratos' admin port alone. */
  readonly publicPort?: number | undefined
  /** Address to bind. Default: loopback, both families. */
  readonly host?: string | undefined
  /** A fixture: a file's path, an object, an array of Kratos' own JSON, or an array of these. Default: a built-in team. */
  readonly seed?: unknown
  /** Default `documented`. */
  readonly profile?: ProfileOption | undefined
  /** Freezes the clock at this RFC 3339 time. Default: the real clock, running. */
  readonly now?: string | Date | undefined
  /** Seed of all generated ids and data. Default 1. */
  readonly randomSeed?: number | undefined
  /** Requires `Authorization: Bearer` with this token, or one of these, on the admin API. Default: none. */
  readonly token?: string | readonly string[] | undefined
  /** Fault rules to arm at the start: a file's path, a rule or an array of rules. Default: none. */
  readonly faults?: unknown
}
