import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { runNode, type Ran } from '../run.ts'
import { executable } from '../ui/chromium.ts'

const program = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url))
const app = fileURLToPath(new URL('app', import.meta.url))

/** Runs Playwright on the app beside this file, as a user's project would: once, since its start is what takes long. */
const run = async (env: Readonly<Record<string, string>>): Promise<Ran> => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-playwright-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { VITEST: _, VITEST_MODE: __, FORCE_COLOR: ___, CI: ____, ...own } = process.env
  const given = { ...own, CHROMIUM: executable!, OUTPUT_DIR: folder, NO_COLOR: '1', ...env }
  return await runNode([program, 'test'], given, app)
}

if (executable === undefined) console.log('There is no Chromium on this machine: the tests of Playwright did not run.')

describe.runIf(executable !== undefined)('The fixtures for Playwright', () => {
  test('give each test a project, of a mock of its worker or of one that runs, sign in its browser, and fail one with rules left over or what is not modelled', async () => {
    await using ory = await startMock({
      port: 0,
      logLevel: 'silent',
      seed: [{ traits: { email: 'seeded@example.com' } }],
    })
    const { code, output } = await run({ ORY_MOCK_URL: ory.url })
    expect([code, output]).toEqual([1, expect.stringMatching(/\b3 failed\n[^]*\b9 passed\b/)])
    for (const name of ['fails after a request', 'leaves a rule that never fires', 'meets what is not modelled'])
      expect(output).toMatch(new RegExp(`^ {4}\\[own mock\\] › verdicts\\.case\\.ts:\\d+:\\d+ › ${name}`, 'm'))
    expect(output).toContain('The mock of "fails after a request" saw 1 request:')
    expect(output).toMatch(/1\. GET \/admin\/sessions -> 503, fault flaky/)
    expect(output).toMatch(/ControlError: A fault rule never fired\. idle: /)
    expect(output).toContain('Error: The test met what this mock does not model:')
    // Nothing stays behind in the mock that runs.
    expect(await (await fetch(`${ory.url}/_mock/projects`)).json()).toEqual([])
  })
})
