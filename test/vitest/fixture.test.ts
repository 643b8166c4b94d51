import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runNode, type Ran } from '../run.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const app = fileURLToPath(new URL('app', import.meta.url))

/** Runs Vitest on the app beside this file, as a user's project would. */
const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...own } = process.env
  const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', app, '--no-color', ...args]
  return await runNode(vitest, { ...own, ...env, NO_COLOR: '1' })
}

const onceOnly = (act: () => Promise<Ran>): (() => Promise<Ran>) => {
  let ran: Promise<Ran> | undefined
  return () => (ran ??= act())
}

/** What fails, and what has no global setup: each of these runs is looked at by two tests. */
const failures = onceOnly(() => run(['failing', 'verdicts']))
const withoutSetup = onceOnly(() => run(['without-setup', 'unreached'], { WITHOUT_SETUP: '1' }))

describe('The fixture `ory`', () => {
  test.each([
    ['forks', 74, ['isolation', 'other-worker']],
    ['threads', 74, ['isolation', 'other-worker']],
    // A realm of its own, in which Node 20 lacks what `await using` asks for.
    ['vmThreads', 37, ['isolation']],
  ])(
    'gives each test a project of its own, in the workers of the pool %s',
    async (pool, count, files) => {
      const { code, output } = await run([...files, `--pool=${pool}`])
      expect(output).toContain('projects left: 0')
      expect(output).toContain(`Tests  ${count} passed (${count})`)
      expect(code).toBe(0)
    },
    60_000,
  )

  test('shows what the mock saw when a test failed, verifies its rules, and removes its project', async () => {
    const { code, output } = await failures()
    expect(code).toBe(1)
    expect(output).toContain('The mock of "fails after requests" saw 2 requests:')
    expect(output).toMatch(/1\. GET \/admin\/identities\/[\w-]+\/sessions\?page_size=2 -> 500, fault flaky/)
    expect(output).toMatch(/2\. GET \/admin\/sessions -> 503, fault armed/)
    expect(output).toMatch(/ControlError: A fault rule never fired\. idle: /)
    expect(output).toContain('Tests  7 failed | 2 passed (9)')
    expect(output).toContain('projects left: 0')
  }, 60_000)

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
  }, 60_000)

  test('starts in-process without a global setup', async () => {
    const { output } = await withoutSetup()
    expect(output).toMatch(/✓ without-setup\.case\.ts \(2 tests\)/)
  }, 60_000)

  test('says that its mock has no port to a test whose client looked for one, and to no other', async () => {
    const { code, output } = await withoutSetup()
    expect(code).toBe(1)
    expect(output).toContain('Tests  3 failed | 2 passed (5)')
    const saidTo = (name: string): boolean =>
      output
        .split(/FAIL /)
        .some((part) => part.includes(name) && part.includes("Name 'ory-identities-mock/vitest/setup' in globalSetup"))
    expect(saidTo('asks without a port')).toBe(true)
    expect(saidTo('asks in-process, then without a port')).toBe(true)
    expect(saidTo('asks in-process, and is wrong otherwise')).toBe(false)
    expect(output).toContain('The mock of "asks without a port" saw no request.\nThis mock has no port')
  }, 60_000)
})
