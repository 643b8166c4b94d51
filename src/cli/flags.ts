import type { MockOptions } from '../options.ts'

/** An option of the command line. What it means and defaults to is shown by `--help` and by the README. */
export interface Flag {
  /** The long form, without its hyphens. */
  readonly name: string
  readonly short?: string
  /** What stands for its value in the usage; without one it is a switch. */
  readonly value?: string
  readonly meaning: string
  readonly default: string
  /** The option of `startMock` that it sets. */
  readonly option?: keyof MockOptions
  /** The environment variable that stands behind it. */
  readonly variable?: string
  readonly repeatable?: true
  /** Its value is a number. */
  readonly numeric?: true
}

/** Every option, in the order of the usage. */
export const flags: readonly Flag[] = [
  {
    name: 'port',
    short: 'p',
    value: 'N',
    meaning: 'admin port, and public port unless `--public-port`; 0 is any free one',
    default: '4434, and any free one with `exec`',
    option: 'port',
    variable: 'ORY_MOCK_PORT',
    numeric: true,
  },
  {
    name: 'public-port',
    value: 'N',
    meaning: 'a second port that serves the public API alone',
    default: 'none: one port serves both',
    option: 'publicPort',
    numeric: true,
  },
  {
    name: 'host',
    value: 'NAME',
    meaning: 'address to bind',
    default: 'loopback, both families',
    option: 'host',
    variable: 'ORY_MOCK_HOST',
  },
  {
    name: 'seed',
    short: 's',
    value: 'FILE',
    meaning: 'fixture, YAML or JSON, repeatable',
    default: 'a built-in team',
    option: 'seed',
    variable: 'ORY_MOCK_SEED',
    repeatable: true,
  },
  {
    name: 'config',
    short: 'c',
    value: 'FILE',
    meaning: "Kratos' own configuration, as `kratos serve -c` takes it, repeatable",
    default: 'none',
    option: 'config',
    repeatable: true,
  },
  {
    name: 'profile',
    value: 'NAME',
    meaning: '`documented`, `kratos-next`, `kratos-26.2`, `kratos-25.4`, `kratos-1.3`',
    default: '`documented`',
    option: 'profile',
    variable: 'ORY_MOCK_PROFILE',
  },
  {
    name: 'database',
    value: 'NAME',
    meaning: 'what a `kratos-…` profile stores in: `postgres`, `mysql`, `sqlite`',
    default: "the scheme of the configuration's `dsn`, else `postgres`",
    option: 'database',
  },
  {
    name: 'cors',
    value: 'ORIGIN',
    meaning: 'let this origin call the public API from a browser, cookies included, repeatable',
    default: 'none',
    option: 'cors',
    repeatable: true,
  },
  {
    name: 'now',
    value: 'TIME',
    meaning: 'freeze the clock at this RFC 3339 time',
    default: 'the real clock, running',
    option: 'now',
  },
  {
    name: 'random-seed',
    value: 'N',
    meaning: 'seed of all generated ids and data',
    default: '1',
    option: 'randomSeed',
    numeric: true,
  },
  {
    name: 'token',
    value: 'TOKEN',
    meaning: 'require `Authorization: Bearer TOKEN` on the admin API, repeatable',
    default: 'none required',
    option: 'token',
    repeatable: true,
  },
  {
    name: 'faults',
    value: 'FILE',
    meaning: 'fault rules to arm at the start, YAML or JSON',
    default: 'none',
    option: 'faults',
  },
  {
    name: 'watch',
    meaning: 'reload the fixture and the configuration when a file of theirs changes',
    default: 'off',
    option: 'watch',
  },
  { name: 'json', meaning: 'one JSON line when ready', default: 'off' },
  {
    name: 'log-level',
    value: 'L',
    meaning: '`silent`, `error`, `info`, `debug`; to stderr',
    default: '`info` in a terminal, else `error`',
    option: 'logLevel',
  },
]

/** `-p, --port N` */
export const formOf = ({ short, name, value }: Flag): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`

const plain = (text: string): string => text.replaceAll('`', '')

/** What `--help` prints. */
export const usage = (): string => {
  const rows = flags.map((flag): readonly [string, string] => [
    flag.short === undefined ? `    ${formOf(flag)}` : formOf(flag),
    `${plain(flag.meaning)} (${plain(flag.default)}${flag.variable === undefined ? '' : `; ${flag.variable}`})`,
  ])
  rows.push(['-v, --version', 'print the version'], ['-h, --help', 'print this'])
  const width = Math.max(...rows.map(([form]) => form.length))
  return [
    'An in-memory mock server of the Ory Identities (Kratos) admin API.',
    '',
    'ory-identities-mock [serve] [options]              serve until SIGINT or SIGTERM',
    'ory-identities-mock exec [options] -- CMD ARG...   start, run CMD with the URLs in its environment, stop',
    'ory-identities-mock check FILE...                  validate fixtures, fault rules, configurations',
    '',
    ...rows.map(([form, text]) => `  ${form.padEnd(width)}  ${text}`),
    '',
    'exec sets ORY_SDK_URL, ORY_MOCK_URL, KRATOS_ADMIN_URL and KRATOS_PUBLIC_URL.',
    "Exit status: 0 after SIGINT or SIGTERM, CMD's own after exec, 1 when it could not run,",
    '2 for wrong usage or a bad fixture.',
  ].join('\n')
}
