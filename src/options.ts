import { databaseNames, NO_DATABASE, type DatabaseName } from './databases/database.ts'
import { logLevels, type LogLevel } from './journal/log.ts'
import { linesOf, reasonOf, type Flaw } from './model/flaw.ts'
import { isObject } from './model/json.ts'
import { anything, flag, leaf, object, textLike, whole, word, type Kind, type KindsOf } from './model/kinds.ts'
import { suggestion } from './model/nearest.ts'
import { plainVoice, Reader, told, type Voice } from './model/reader.ts'
import { dateMillis, parseTime, type Micros } from './model/time.ts'
import type { FaultRules } from './faults/rule.ts'
import { profileOf, type ProfileOption } from './profiles/profile.ts'
import { profile } from './profiles/read-profile.ts'
import type { Seed } from './seed/fixture.ts'

/** The options of `createMock` and `startMock`: the command line's, in camelCase. */
export interface MockOptions {
  /** Admin port, and public port unless `publicPort` is given; 0 takes any free one. Default 4434. */
  readonly port?: number | undefined
  /** A second port that serves the public API alone; the first then behaves as Kratos' admin port alone. */
  readonly publicPort?: number | undefined
  /** Address to bind. Default: loopback, both families. */
  readonly host?: string | undefined
  /** A fixture: a file's path, an object, an array of Kratos' own JSON, or an array of these. Default: a built-in team. */
  readonly seed?: Seed | undefined
  /**
   * Kratos' own configuration, as `kratos serve -c` takes it: a file's path, what it would hold, or an array of these,
   * of which the later go over the earlier. Default: none, which is passwords and codes.
   */
  readonly config?: string | URL | object | readonly (string | URL | object)[] | undefined
  /** Default `documented`. */
  readonly profile?: ProfileOption | undefined
  /** What the Kratos of a `kratos-…` profile stores in. Default: that of the `dsn` in `config`, else `postgres`; `documented` has none. */
  readonly database?: DatabaseName | undefined
  /** Freezes the clock at this RFC 3339 time. Default: the real clock, running. */
  readonly now?: string | Date | undefined
  /** Seed of all generated ids and data: a whole number. Default 1. */
  readonly randomSeed?: number | undefined
  /** Requires `Authorization: Bearer` with this token, or one of these, on the admin API. Default: none. */
  readonly token?: string | readonly string[] | undefined
  /** Fault rules to arm at the start: a file's path, a rule or an array of rules. Default: none. */
  readonly faults?: FaultRules | undefined
  /** Seeds anew when a file of `seed` or `config` changes, or one that these name, unless it has become a bad one. Default false. */
  readonly watch?: boolean | undefined
  /** What goes to stderr. Default `error`; the command line's in a terminal is `info`. */
  readonly logLevel?: LogLevel | undefined
  /** How many projects there may be: one more, and the one that was not used for longest is dropped. Default 1,000. */
  readonly maxProjects?: number | undefined
  /** Lets these origins, such as `http://localhost:3000`, call the public API from a browser, cookies included. Default: none. */
  readonly cors?: string | readonly string[] | undefined
}

/** Options that were checked, each with its default. */
export interface Settings {
  readonly port: number
  readonly publicPort: number | undefined
  readonly host: string | undefined
  readonly seed: unknown
  readonly config: unknown
  readonly profile: ProfileOption
  /** Whether somebody chose it. */
  readonly namesProfile: boolean
  readonly database: DatabaseName | undefined
  readonly frozenAt: Micros | undefined
  readonly randomSeed: number
  readonly tokens: readonly string[]
  readonly faults: unknown
  readonly watch: boolean
  readonly logLevel: LogLevel
  readonly maxProjects: number
  /** Origins, each as a browser writes it. */
  readonly cors: readonly string[]
}

/** What the options are when nobody says otherwise. */
export const defaults: Pick<Settings, 'port' | 'profile' | 'randomSeed' | 'watch' | 'logLevel' | 'maxProjects'> = {
  port: 4434,
  profile: 'documented',
  randomSeed: 1,
  watch: false,
  logLevel: 'error',
  maxProjects: 1000,
}

/** One option that is wrong. */
export interface OptionProblem {
  /** Its name, or `''` for what is no option or concerns them all. */
  readonly option: string
  /** Where in it: `.quirks.firstPageTwice`. */
  readonly place: string
  /** What it takes, and what was found. */
  readonly message: string
}

/** Options that were refused, before anything was started. The message has a line for each problem. */
export class OptionError extends TypeError {
  override readonly name = 'OptionError'
  /** Each option that is wrong: a hundred at most. */
  readonly problems: readonly OptionProblem[]

  /** @param count of all that are wrong, where not all are given. */
  constructor(problems: readonly OptionProblem[], count?: number) {
    const lines = problems.map(({ option, place, message }) => `${option}${place} ${message}`.trim())
    super(linesOf(lines, count))
    this.problems = problems
  }
}

const PORT = whole(0, 65_535)

/** One text, or several of them. */
const texts = (pattern: RegExp, what: string): Kind<readonly string[], string | readonly string[]> =>
  leaf(`${what}, or an array of such`, {}, (value) => {
    const given: readonly unknown[] = Array.isArray(value) ? value : [value]
    return given.every((one) => typeof one === 'string' && pattern.test(one)) ? (given as readonly string[]) : undefined
  })

const moment = leaf<Micros, string | Date>('an RFC 3339 time such as 2026-11-23T01:00:00Z', {}, (value) => {
  if (typeof value === 'string') return parseTime(value)?.micros
  const millis = dateMillis(value)
  return millis === undefined ? undefined : millis * 1e3
})

const isPath = (value: unknown): value is string | URL =>
  (typeof value === 'string' && value !== '') || value instanceof URL

const isConfig = (value: unknown): value is string | object => isPath(value) || isObject(value)

/** What each option takes; `seed` and `faults` are read by those who use them. */
const kinds = {
  port: PORT,
  publicPort: PORT,
  host: textLike(/^[^\s/]+$/, 'an address or a name'),
  seed: anything,
  config: leaf<string | object>(
    "the path of a configuration of Kratos', an object, or an array of these",
    {},
    (value) =>
      isConfig(value) || (Array.isArray(value) && value.length > 0 && value.every(isConfig)) ? value : undefined,
  ),
  profile,
  database: word(databaseNames),
  now: moment,
  randomSeed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'a whole number'),
  // What an HTTP header can carry (RFC 6750, section 2.1, and what else is printed without a space).
  token: texts(/^[!-~]+$/, 'a text of printable ASCII without spaces'),
  faults: anything,
  watch: flag,
  logLevel: word(logLevels),
  maxProjects: whole(1, 1_000_000),
  // As a browser writes it: scheme, host and port; a `*` stands for any part of it, as in Kratos' configuration.
  cors: texts(/^(?:\*|[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+)$/i, 'an origin such as http://localhost:3000, or *'),
} satisfies KindsOf<MockOptions>

const VOICE: Voice = {
  ...plainVoice(),
  member: (name, known) => told(`There is no option ${name}; ${suggestion(name, known)}`),
}

/** Every option there is. */
export const optionNames = Object.keys(kinds) as readonly (keyof MockOptions)[]

const problem = (option: string, message: string, place = ''): OptionProblem => ({ option, place, message })

const problemOf = (flaw: Flaw): OptionProblem => {
  const [option, ...place] = flaw.pointer
  if (flaw.whole === true || option === undefined)
    return problem('', flaw.whole === true ? reasonOf(flaw) : `The options ${reasonOf(flaw)}`)
  return problem(String(option), reasonOf(flaw), place.map((key) => `.${key}`).join(''))
}

/**
 * Checks options and fills in what they leave out. `seed` and `faults` are checked by those who read them.
 * @throws OptionError that names each option that is wrong, what it takes and what was found.
 */
export const parseOptions = (options: unknown = {}): Settings => {
  const reader = new Reader(VOICE)
  const { now, token = [], cors = [], ...read } = object(kinds).read(reader, options, []) ?? {}
  const problems = reader.flaws.map(problemOf)
  const { port = defaults.port, publicPort, seed, config, faults, host } = read
  if (publicPort !== undefined && publicPort === port && port !== 0) {
    problems.push(problem('publicPort', `must be another than port, ${port}`))
  }
  const { profile: named = defaults.profile, database } = read
  if (database !== undefined && !profileOf(named).hasDatabase) problems.push(problem('database', NO_DATABASE))
  const isWatched =
    [seed].flat().some((one) => typeof one === 'string' || one instanceof URL) || [config].flat().some(isPath)
  if (read.watch === true && !isWatched) {
    problems.push(problem('watch', 'needs a seed or a configuration that is a file'))
  }
  if (problems.length > 0) throw new OptionError(problems, problems.length + reader.total - reader.flaws.length)
  return {
    ...defaults,
    ...read,
    namesProfile: read.profile !== undefined,
    database,
    publicPort,
    seed,
    config,
    faults,
    host,
    frozenAt: now,
    tokens: token,
    cors,
  }
}
