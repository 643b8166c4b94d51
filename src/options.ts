import * as v from 'valibot'
import { logLevels, type LogLevel } from './journal/log.ts'
import { nearest } from './model/nearest.ts'
import { parseTime, type Micros } from './model/time.ts'
import type { FaultRules } from './faults/rule.ts'
import type { ProfileOption } from './profiles/profile.ts'
import { isProfileFlaw, readProfile } from './profiles/read-profile.ts'
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
  /** Default `documented`. */
  readonly profile?: ProfileOption | undefined
  /** Freezes the clock at this RFC 3339 time. Default: the real clock, running. */
  readonly now?: string | Date | undefined
  /** Seed of all generated ids and data: a whole number. Default 1. */
  readonly randomSeed?: number | undefined
  /** Requires `Authorization: Bearer` with this token, or one of these, on the admin API. Default: none. */
  readonly token?: string | readonly string[] | undefined
  /** Fault rules to arm at the start: a file's path, a rule or an array of rules. Default: none. */
  readonly faults?: FaultRules | undefined
  /** Seeds anew when a file of `seed` changes, unless it has become a bad one. Default false. */
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
  readonly profile: ProfileOption
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
  /** Each option that is wrong. */
  readonly problems: readonly OptionProblem[]

  constructor(problems: readonly OptionProblem[]) {
    super(problems.map(({ option, place, message }) => `${option}${place} ${message}`.trim()).join('\n'))
    this.problems = problems
  }
}

/** A value as a message shows it. */
const shown = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch {
    // Nested too deeply, or in itself.
  }
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const must = (what: string) => (issue: v.BaseIssue<unknown>) => `must be ${what}, not ${shown(issue.input)}`

/** The nearest known word, or all of them when none is near. */
const suggestion = (word: string, words: readonly string[]): string => {
  const near = nearest(word, words)
  return near === undefined ? `known are ${words.join(', ')}` : `did you mean ${near}?`
}

const word = <const W extends string>(words: readonly W[]) =>
  v.picklist(words, ({ input }) =>
    typeof input === 'string'
      ? `knows no ${shown(input)}; ${suggestion(input, words)}`
      : `must be one of ${words.join(', ')}, not ${shown(input)}`,
  )

const whole = (min: number, max: number, what: string) => {
  const message = must(what)
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message))
}

const PORT = whole(0, 65_535, 'a whole number from 0 to 65535')

/** What an HTTP header can carry (RFC 6750, section 2.1, and what else is printed without a space). */
const TOKEN_TEXT = 'a text of printable ASCII without spaces'
const TOKEN = v.pipe(v.string(must(TOKEN_TEXT)), v.regex(/^[!-~]+$/, must(TOKEN_TEXT)))

const ORIGIN_TEXT = 'an origin such as http://localhost:3000, or *'
/** As a browser writes it: scheme, host and port alone; a `*` stands for any part of it, as in Kratos' configuration. */
const ORIGIN = v.pipe(
  v.string(must(ORIGIN_TEXT)),
  v.regex(/^(?:\*|[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+)$/i, must(ORIGIN_TEXT)),
)

const PROFILE = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = readProfile(dataset.value)
    if (!isProfileFlaw(read)) return read
    const { path, message } = read
    const items = path.map(
      (key) => ({ type: 'unknown', origin: 'value', input: dataset.value, key, value: undefined }) as const,
    )
    const [first, ...rest] = items
    addIssue(first === undefined ? { message } : { message, path: [first, ...rest] })
    return NEVER
  }),
)

const NOW = 'an RFC 3339 time such as 2026-11-23T01:00:00Z'

const momentOf = (value: string | Date): Micros | undefined =>
  typeof value === 'string' ? parseTime(value)?.micros : value.getTime() * 1e3

const schemas = {
  port: PORT,
  publicPort: PORT,
  host: v.pipe(v.string(must('an address or a name')), v.regex(/^[^\s/]+$/, must('an address or a name'))),
  seed: v.unknown(),
  profile: PROFILE,
  now: v.pipe(
    v.union([v.string(), v.date()], must(NOW)),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const micros = momentOf(dataset.value)
      if (micros !== undefined && Number.isFinite(micros)) return micros
      addIssue({ message: `must be ${NOW}, not ${shown(dataset.value)}` })
      return NEVER
    }),
  ),
  randomSeed: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'a whole number'),
  token: v.union([TOKEN, v.array(TOKEN)], must(`${TOKEN_TEXT}, or an array of such`)),
  faults: v.unknown(),
  watch: v.boolean(must('true or false')),
  logLevel: word(logLevels),
  maxProjects: whole(1, 1_000_000, 'a whole number from 1 to 1000000'),
  cors: v.union([ORIGIN, v.array(ORIGIN)], must(`${ORIGIN_TEXT}, or an array of such`)),
} as const satisfies Readonly<Record<keyof MockOptions, v.GenericSchema>>

type Checked = { [K in keyof typeof schemas]?: v.InferOutput<(typeof schemas)[K]> }

/** Every option there is. */
export const optionNames = Object.keys(schemas) as readonly (keyof MockOptions)[]

const problem = (option: string, message: string, place = ''): OptionProblem => ({ option, place, message })

const check = (options: object, problems: OptionProblem[]): Checked => {
  const checked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name as keyof MockOptions] : undefined
    if (schema === undefined) {
      problems.push(problem('', `There is no option ${name}; ${suggestion(name, optionNames)}`))
      continue
    }
    if (value === undefined) continue
    const result = v.safeParse(schema, value, { abortEarly: true })
    if (result.success) checked[name] = result.output
    else {
      const [{ message, path = [] }] = result.issues
      problems.push(problem(name, message, path.map(({ key }) => `.${String(key)}`).join('')))
    }
  }
  return checked
}

/**
 * Checks options and fills in what they leave out. `seed` and `faults` are checked by those who read them.
 * @throws OptionError that names each option that is wrong, what it takes and what was found.
 */
export const parseOptions = (options: unknown = {}): Settings => {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OptionError([problem('', `The options must be an object, not ${shown(options)}`)])
  }
  const problems: OptionProblem[] = []
  const { now, token = [], cors = [], ...checked } = check(options, problems)
  const { port = defaults.port, publicPort, seed, faults, host } = checked
  if (publicPort !== undefined && publicPort === port && port !== 0) {
    problems.push(problem('publicPort', `must be another than port, ${port}`))
  }
  const files = Array.isArray(seed) ? seed : [seed]
  if (checked.watch === true && !files.some((one) => typeof one === 'string')) {
    problems.push(problem('watch', 'needs a seed that is a file'))
  }
  if (problems.length > 0) throw new OptionError(problems)
  return {
    ...defaults,
    ...checked,
    publicPort,
    seed,
    faults,
    host,
    frozenAt: now,
    tokens: typeof token === 'string' ? [token] : token,
    cors: typeof cors === 'string' ? [cors] : cors,
  }
}
