import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runNode, type Ran } from '../run.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const app = fileURLToPath(new URL('app', import.meta.url))

/** Runs projects of the app beside this file, as a user's project would be: at once, since a start takes long. */
const run = async (...projects: readonly string[]): Promise<Ran> => {
  const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...own } = process.env
  const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', app, '--no-color']
  return await runNode([...vitest, ...projects.map((name) => `--project=${name}`)], { ...own, NO_COLOR: '1' })
}

const onceOnly = (act: () => Promise<Ran>): (() => Promise<Ran>) => {
  let ran: Promise<Ran> | undefined
  return () => (ran ??= act())
}

/** A project for each pool that Vitest has, and those whose tests fail: several tests look at each of these runs. */
const pools = onceOnly(() => run('forks', 'threads', 'vmThreads'))
const failures = onceOnly(() => run('failing', 'without setup'))

const projectsLeft = (output: string): string[] => output.match(/projects left: \d+/g) ?? []

describe('The fixture `ory`', () => {
  test.each([
    ['forks', ['isolation', 'other-worker']],
    ['threads', ['isolation', 'other-worker']],
    ['vmThreads', ['isolation']],
  ])('gives each test a project of its own, in the workers of the pool %s', async (pool, files) => {
    const { code, output } = await pools()
    for (const file of files) expect(output).toContain(`✓ |${pool}| ${file}.case.ts (37 tests)`)
    expect(projectsLeft(output)).toEqual(Array.from({ length: 3 }, () => 'projects left: 0'))
    expect(code).toBe(0)
  })

  test('shows what the mock saw when a test failed, verifies its rules, and removes its project', async () => {
    const { code, output } = await failures()
    expect(code).toBe(1)
    expect(output).toContain('The mock of "fails after requests" saw 2 requests:')
    expect(output).toMatch(/1\. GET \/admin\/identities\/[\w-]+\/sessions\?page_size=2 -> 500, fault flaky/)
    expect(output).toMatch(/2\. GET \/admin\/sessions -> 503, fault armed/)
    expect(output).toMatch(/ControlError: A fault rule never fired\. idle: /)
    expect(output).toMatch(/ControlError: A fault rule never fired\. armed: .*\/of-the-test/)
    expect(output).toContain('|failing| failing.case.ts (2 tests | 2 failed)')
    expect(output).toContain('|failing| verdicts.case.ts (9 tests | 6 failed)')
    expect(projectsLeft(output)).toEqual(['projects left: 0'])
  })

  test('puts what the mock saw into the own error of each test, and fails one that met what is not modelled', async () => {
    const { code, output } = await failures()
    expect(code).toBe(1)
    expect(output).toMatch(/POST \/admin\/identities -> 400 \([\d.]+ ms\): \S+/)
    expect(output).toMatch(/1\. GET \/admin\/sessions -> in flight, held by fault stuck/)
    for (const name of ['a', 'b']) {
      // The error of each test shows its own requests, whatever else runs at the same time.
      const error = output
        .split(/FAIL /)
        .find((part) => part.includes(`fails at once ${name}`) && part.includes('Error'))
      expect(error).toContain(`The mock of "fails at once ${name}" saw 1 request:`)
      expect(error).toContain(`GET /admin/identities?only=${name} -> 200`)
    }
    expect(output).toContain('Error: The test met what this mock does not model:')
    expect(output).toMatch(/GET \/admin\/oauth2\/clients -> 501 \([\d.]+ ms\): \S+/)
  })

  test('starts in-process without a global setup', async () => {
    const { output } = await failures()
    expect(output).toContain('✓ |without setup| without-setup.case.ts (5 tests)')
  })

  test('says that its mock has no port to a test whose client looked for one, and to no other', async () => {
    const { code, output } = await failures()
    expect(code).toBe(1)
    expect(output).toContain('|without setup| unreached.case.ts (4 tests | 4 failed)')
    const saidTo = (name: string): boolean =>
      output
        .split(/FAIL /)
        .some((part) => part.includes(name) && part.includes("Name 'ory-identities-mock/vitest/setup' in globalSetup"))
    expect(saidTo('asks without a port')).toBe(true)
    expect(saidTo('asks in-process, then without a port')).toBe(true)
    expect(saidTo('asks in-process, and is wrong otherwise')).toBe(false)
    expect(saidTo('arms a rule that is wrong')).toBe(false)
    expect(output).toContain('The mock of "asks without a port" saw no request.\nThis mock has no port')
  })
})
