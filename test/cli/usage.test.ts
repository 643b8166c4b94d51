import { expect, test, vi } from 'vitest'
import { parseArguments } from '../../src/cli/arguments.ts'
import { flags, formOf, usage } from '../../src/cli/flags.ts'
import { main } from '../../src/cli/main.ts'
import { optionNames } from '../../src/options.ts'
import { files, run } from './program.ts'

const said = async (argv: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> => {
  using log = vi.spyOn(console, 'log').mockImplementation(() => {})
  using error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const status = await main(argv, { asked: new AbortController().signal, letGo: () => {} })
  const linesOf = ({ mock }: typeof log): string => mock.calls.map(([line]) => `${line}\n`).join('')
  return { status, stdout: linesOf(log), stderr: linesOf(error) }
}

test.each([
  [['--prot', '1'], 'There is no option --prot; did you mean --port?'],
  [['--versio'], 'There is no option --versio; did you mean --version?'],
  [['-x'], 'There is no option -x; see --help'],
  [['srve'], 'There is no command srve; did you mean serve?'],
  [['team.yaml'], 'There is no command team.yaml; a fixture is given as --seed team.yaml'],
  [['serve', 'now'], 'serve takes no argument, and "now" is one'],
  [['--', 'npm', 'test'], 'serve runs no command; did you mean exec -- npm?'],
  [['exec'], 'exec needs a command: exec [options] -- CMD ARG...'],
  [['exec', 'npm', 'test'], 'exec takes no argument, and "npm" is one; the command stands after --: exec -- npm test'],
  [
    ['exec', '-p', '0', 'node', '-e', '1'],
    'exec takes no argument, and "node" is one; the command stands after --: exec -- node -e 1',
  ],
  [
    ['--cors', 'localhost'],
    '--cors must be an origin such as http://localhost:3000, or *, or an array of such, not ["localhost"]',
  ],
  [['check'], 'check needs a file: check FILE...'],
  [['check', '--port', '1', 'a.yaml'], 'check takes no --port'],
  [['--port'], '--port needs a value: --port N'],
  [['--seed', '--json'], '--seed needs a value; if --json is meant to be it, write --seed=--json'],
  [['--watch=yes'], '--watch takes no value, and "yes" is one'],
  [['--watch'], '--watch needs a seed or a configuration that is a file'],
  [['--port', '65536'], '--port must be a whole number from 0 to 65535, not 65536'],
  [['--port', ''], '--port must be a whole number from 0 to 65535, not ""'],
  [['--port', '5', '--public-port=5'], '--public-port must be another than port, 5'],
  [['--profile', 'kratos-26'], '--profile knows no "kratos-26"; did you mean kratos-26.2?'],
  [['--now', 'yesterday'], '--now must be an RFC 3339 time such as 2026-11-23T01:00:00Z, not "yesterday"'],
  [['--random-seed', '1.5'], '--random-seed must be a whole number, not "1.5"'],
  [['--log-level', 'inf'], '--log-level knows no "inf"; did you mean info?'],
  [['--host', ''], '--host must be an address or a name, not ""'],
  [['--seed', '/no/such/file.yaml'], '/no/such/file.yaml: expected a file that can be read, found no such file'],
  [['--faults', '/no/such/file.yaml'], '/no/such/file.yaml: expected a file that can be read, found no such file'],
])('%j is refused in one line', async (argv, line) => {
  expect(await said(argv)).toEqual({ status: 2, stdout: '', stderr: `ory-identities-mock: ${line}\n` })
})

test('every option that is wrong has a line, by the name that it was given', async () => {
  vi.stubEnv('ORY_MOCK_PORT', 'x')
  const { status, stderr } = await said(['--log-level', 'loud', '--token', 'a b'])
  vi.unstubAllEnvs()
  expect(status).toBe(2)
  expect(stderr.trimEnd().split('\n').toSorted()).toEqual([
    expect.stringMatching(/^ory-identities-mock: --log-level knows no "loud"; known are silent, error, info, debug$/),
    expect.stringMatching(/^ory-identities-mock: --token must be /),
    expect.stringMatching(/^ory-identities-mock: ORY_MOCK_PORT must be .*, not "x"$/),
  ])
})

test('fault rules that are refused name their file and place', async () => {
  const { faults } = files({ faults: '[{ match: { operation: listSession }, effect: { status: 503 } }]' })
  const { status, stderr } = await said(['-p', '0', '--faults', faults])
  expect(status).toBe(2)
  expect(stderr).toContain(`ory-identities-mock: ${faults}:1:13 /0/match/operation: `)
  expect(stderr).toContain('/match/operation')
  expect(stderr).toContain('listSessions')
})

test('a number may be negative, and a value may look like an option when it is joined', () => {
  expect(parseArguments(['--random-seed', '-5', '--token=--x'], {})).toMatchObject({
    command: 'serve',
    given: { options: { randomSeed: -5, token: ['--x'] } },
  })
})

test('an empty variable of the environment is none', () => {
  expect(parseArguments([], { ORY_MOCK_SEED: '', ORY_MOCK_PORT: '' })).toMatchObject({ given: { options: {} } })
})

test.each([[['--version']], [['-v']], [['exec', '-v']]])('%j prints the version', async (argv) => {
  expect(await said(argv)).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' })
})

test.each([[['--help']], [['-h']], [['check', '--help']]])('%j prints the usage', async (argv) => {
  expect(await said(argv)).toEqual({ status: 0, stdout: `${usage()}\n`, stderr: '' })
  for (const flag of flags) expect(usage()).toContain(formOf(flag))
})

test('every flag but --json sets an option of startMock', () => {
  const set = flags.flatMap(({ option }) => option ?? [])
  expect(optionNames.filter((name) => !set.includes(name))).toEqual(['maxProjects'])
  for (const { name, option } of flags) {
    if (option !== undefined) expect(option).toBe(name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()))
  }
})

test('the program as it is installed says the same', async () => {
  expect(await run(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' })
  expect((await run(['--prot', '1'])).status).toBe(2)
})
