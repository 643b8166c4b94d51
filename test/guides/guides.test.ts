import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run as runIn, type Ran } from '../run.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))
const guides = [
  'vitest',
  'other-languages',
  'local-development',
  'other-runners',
  'page',
  'profiles',
  'databases',
  'configuration',
  'sign-in',
]

/** What stands between `#region` and `#endregion` in the files beside this one, and in the application for Playwright. */
const regions = (): Set<string> => {
  const found = new Set<string>()
  const entries = [here, `${root}test/playwright/app`].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }),
  )
  for (const entry of entries) {
    if (!entry.isFile() || entry.name === 'guides.test.ts') continue
    const text = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8')
    for (const [, body] of text.matchAll(/(?:\/\/|#) #region [\w-]+\n([^]*?)(?:\/\/|#) #endregion/g))
      found.add(body!.trim())
  }
  return found
}

const blocks = (guide: string): { readonly language: string; readonly code: string }[] =>
  [...readFileSync(`${root}docs/${guide}.md`, 'utf8').matchAll(/```(\w+)\n([^]*?)```/g)].map(([, language, code]) => ({
    language: language!,
    code: code!.trim(),
  }))

/** Commands that start a server, from the shell examples: continued lines joined, comments gone. */
const serveCommands = (guide: string): string[] =>
  blocks(guide)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter(
      (line) => line.startsWith('npx ory-identities-mock') && !line.includes(' exec ') && !line.includes(' check '),
    )

const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const { VITEST: _, VITEST_MODE: __, VITEST_POOL_ID: ___, VITEST_WORKER_ID: ____, ...own } = process.env
  return runIn(program, args, { ...own, NO_COLOR: '1', ...env }, here)
}

/** Runs a program under `ory-identities-mock exec`. */
const exec = (program: string, ...args: readonly string[]): Promise<Ran> =>
  run(process.execPath, [
    `${root}dist/cli.js`,
    'exec',
    '--port',
    '0',
    '--seed',
    'people.yaml',
    '--now',
    '2026-11-23T01:00:00Z',
    '--',
    program,
    ...args,
  ])

const there = (program: string): boolean => spawnSync(program, ['version']).error === undefined

describe('The guides', () => {
  test.each(guides)('%s shows code that runs', (guide) => {
    const running = regions()
    const shown = blocks(guide).filter(({ language, code }) =>
      language === 'sh' ? code.includes('curl') : language !== 'text',
    )
    expect(shown.length).toBeGreaterThan(0)
    for (const { code } of shown) expect(running).toContain(code)
  })

  test('show commands that start', async () => {
    const commands = guides.flatMap(serveCommands)
    expect(commands.length).toBeGreaterThan(3)
    await Promise.all(
      commands.map(async (command) => {
        const args = command.split(/\s+/).slice(2)
        const free = args.map((arg, n) => (/^--(?:public-)?port$/.test(args[n - 1] ?? '') ? '0' : arg))
        const child = spawn(
          process.execPath,
          [`${root}dist/cli.js`, ...free, ...(free.includes('--port') ? [] : ['--port', '0']), '--json'],
          { cwd: here },
        )
        const ready = await new Promise<string>((resolve, reject) => {
          child.on('error', reject)
          child.stdout.on('data', (chunk) => resolve(String(chunk)))
          child.on('close', (code) => reject(new Error(`${command} ended with ${code}`)))
        })
        expect(JSON.parse(ready)).toMatchObject({ url: expect.stringContaining('http://') as string })
        child.removeAllListeners('close')
        const ended = new Promise((resolve) => {
          child.on('close', resolve)
        })
        child.kill('SIGTERM')
        expect([command, await ended]).toEqual([command, 0])
      }),
    )
  })

  test('for Vitest, Jest and Playwright have examples that pass', async () => {
    const vitest = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', here, '--no-color']
    const { code, output } = await run(process.execPath, [...vitest, '--config', `${here}vitest/own.config.ts`])
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(?:case\.ts|test\.js|spec\.mjs)$/.test(file),
    )
    expect(files.length).toBeGreaterThan(9)
    for (const file of files) expect(output).toMatch(new RegExp(`✓ \\|\\w+\\| ${file} \\(\\d+ tests?\\)`))
    expect([code, output]).toEqual([0, expect.not.stringContaining('failed')])
  })

  test('for node:test has examples that pass', async () => {
    const { code, output } = await run(process.execPath, ['--test', 'runners/node.test.mjs'])
    expect([code, output]).toEqual([0, expect.stringMatching(/pass 2\b/)])
  })

  test('for CommonJS has an example that passes', async () => {
    const { code, output } = await run(process.execPath, ['--test', 'runners/commonjs.test.cjs'])
    expect([code, output]).toEqual([0, expect.stringMatching(/pass 1\b/)])
  })

  test('for curl has examples that work', async () => {
    const { code, output } = await exec('bash', 'shell/control.sh')
    expect([code, output]).toEqual([0, expect.stringContaining('all of it ran')])
  })

  test.runIf(there('python3'))('for Python has examples that pass', async () => {
    const { code, output } = await exec('python3', '-B', '-m', 'unittest', 'discover', '-s', 'python')
    expect([code, output]).toEqual([0, expect.stringMatching(/Ran 4 tests[^]*OK/)])
  })

  test.runIf(there('go'))(
    'for Go has examples that pass',
    async () => {
      const { code, output } = await exec('go', 'test', '-C', 'go', '-count=1', './...')
      expect([code, output]).toEqual([0, expect.stringMatching(/^ok/m)])
    },
    180_000,
  )
})
