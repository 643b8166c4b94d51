import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { files, Program, run, serve } from './program.ts'

const ADA =
  'identities: [{ id: 9f425a8d-7efc-4768-8f23-7647a74fdf13, traits: { email: ada@example.com }, sessions: [active] }]\n'
const BOTH = 'identities: [{ traits: { email: ada@example.com } }, { traits: { email: ben@example.com } }]\n'

const bodyOf = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json()

const statusOf = async (url: string, init?: RequestInit): Promise<number> => (await fetch(url, init)).status

test('the ready line is one line of JSON, and the port answers by then', async () => {
  const { ready, child, stdout } = await serve()
  expect(stdout).toBe(`${JSON.stringify(ready)}\n`)
  expect(ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    publicUrl: ready.url,
    controlUrl: `${ready.url}/_mock`,
    profile: 'documented',
    identities: expect.any(Number),
    sessions: expect.any(Number),
    version: '0.1.0',
    pid: child.pid,
  })
  expect(Object.keys(ready)).toEqual([
    'url',
    'publicUrl',
    'controlUrl',
    'profile',
    'identities',
    'sessions',
    'version',
    'pid',
  ])
  expect(await bodyOf(`${ready.url}/admin/identities`)).toHaveLength(ready.identities)
  expect(await statusOf(`${ready.controlUrl}/health`)).toBe(200)
})

test('without --json a person is told where it is', async () => {
  const program = new Program(['-p', '0'])
  await program.firstLine()
  await expect
    .poll(() => program.stdout)
    .toMatch(/API +http:\/\/127\.0\.0\.1:\d+\n +control +http:\/\/127\.0\.0\.1:\d+\/_mock\n$/)
  expect(program.stdout).toMatch(
    /^ory-identities-mock 0\.1\.0 is ready, with \d+ identities and \d+ sessions, as documented\n/,
  )
  expect(program.stderr).toBe('')
})

test.runIf(existsSync('/usr/bin/script'))('in a terminal it names the page', async () => {
  const command = `${process.execPath} ${fileURLToPath(new URL('../../dist/cli.js', import.meta.url))} -p 0`
  const terminal = spawn('/usr/bin/script', ['-qfec', command, '/dev/null'], { stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void terminal.kill())
  let printed = ''
  terminal.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  await expect.poll(() => printed).toMatch(/ {2}page +http:\/\/127\.0\.0\.1:\d+\/_mock\/ui\r?\n/)
  const url = /page +(\S+)/.exec(printed)![1]!
  expect(await statusOf(url)).toBe(200)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it with status 0 within a second, hung requests and all',
  async (signal) => {
    const { faults } = files({ faults: '[{ effect: { connection: hang } }]' })
    const program = await serve(['--faults', faults])
    const hung = fetch(`${program.ready.url}/admin/identities`).then(
      () => 'answered',
      () => 'cut',
    )
    await expect.poll(async () => bodyOf(`${program.ready.controlUrl}/faults`)).toMatchObject([{ hits: 1 }])
    const asked = performance.now()
    program.child.kill(signal)
    expect(await program.status()).toBe(0)
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(await hung).toBe('cut')
    expect(program.stderr).toBe('')
  },
)

/** Runs before the program, and signals it as soon as it listens for signals. */
const SIGNALLED = `
process.on('newListener', (event) => {
  if (event === 'SIGTERM') setImmediate(() => process.kill(process.pid, 'SIGTERM'))
})
`

test('SIGTERM in the first moments ends it with status 0, without a mock', async () => {
  const { hook } = files({ hook: SIGNALLED })
  const program = new Program(['--json', '-p', '0'], { NODE_OPTIONS: `--require ${hook}` })
  expect(await program.status()).toBe(0)
  expect(program.stdout + program.stderr).toBe('')
})

test('SIGTERM before the command of exec has begun is no success', async () => {
  const { hook } = files({ hook: SIGNALLED })
  const program = new Program(['exec', '-p', '0', '--', process.execPath, '-e', ''], {
    NODE_OPTIONS: `--require ${hook}`,
  })
  expect(await program.status()).toBe('SIGTERM')
})

test.each(['info', 'error'])('lives on at level %s when nobody reads what it prints any more', async (level) => {
  const { ada } = files({ ada: ADA })
  const program = await serve(['--seed', ada, '--log-level', level])
  program.child.stdout!.destroy()
  program.child.stderr!.destroy()
  for (const size of [1, 2, 1, 2]) {
    writeFileSync(ada, size === 1 ? ADA : BOTH)
    program.child.kill('SIGHUP')
    await expect.poll(async () => bodyOf(`${program.ready.controlUrl}/health`)).toMatchObject({ identities: size })
  }
  expect(await statusOf(`${program.ready.url}/admin/identities`)).toBe(200)
  program.child.kill('SIGTERM')
  expect(await program.status()).toBe(0)
})

test('a port in use is named in one line, with status 1', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  expect(await run(['--port', String(port)])).toEqual({
    status: 1,
    stdout: '',
    stderr: `ory-identities-mock: port ${port} is in use; --port 0 takes any free one\n`,
  })
})

test('a public port in use is named with the option that helps, and with the mock that answers there', async () => {
  const { ready } = await serve(['--profile', 'kratos-25.4'])
  const { port } = new URL(ready.url)
  expect(await run(['--port', '0', '--public-port', port])).toEqual({
    status: 1,
    stdout: '',
    stderr: `ory-identities-mock: port ${port} is in use (a mock answers there, as kratos-25.4); --public-port 0 takes any free one\n`,
  })
})

test('an address that the machine does not have is named in one line, with status 1', async () => {
  expect(await run(['--port=0', '--host=203.0.113.7'])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'ory-identities-mock: this machine has no address 203.0.113.7 to bind\n',
  })
})

test('--public-port serves the public API alone, and the first port the admin API alone', async () => {
  const { ready } = await serve(['--public-port', '0'])
  expect(ready.publicUrl).not.toBe(ready.url)
  expect(await statusOf(`${ready.publicUrl}/sessions/whoami`)).toBe(401)
  expect(await statusOf(`${ready.url}/admin/identities`)).toBe(200)
  expect(await statusOf(`${ready.publicUrl}/admin/identities`)).not.toBe(200)
})

test('--host binds one address', async () => {
  const { ready } = await serve(['--host', '127.0.0.1'])
  expect(await statusOf(`${ready.url}/health/alive`)).toBe(200)
  expect(await statusOf(ready.url.replace('127.0.0.1', '[::1]')).catch(() => 'refused')).toBe('refused')
})

test('several --seed are one team, in either spelling of an option', async () => {
  const { ada, both } = files({ ada: ADA, both: BOTH.replace('ada@', 'eve@') })
  const { ready } = await serve([`--seed=${ada}`, '-s', both])
  expect(ready).toMatchObject({ identities: 3, sessions: 1 })
})

test('--now stands the clock still, and --random-seed repeats every byte', async () => {
  const { both } = files({ both: BOTH })
  const args = ['--seed', both, '--now', '2026-11-23T01:00:00Z', '--random-seed']
  const [first, again, other] = await Promise.all(['7', '7', '8'].map((seed) => serve([...args, seed])))
  const listed = async ({ ready } = first!): Promise<string> =>
    (await (await fetch(`${ready.url}/admin/identities`)).text()).replaceAll(ready.url, '')
  expect(await listed(again)).toBe(await listed())
  expect(await listed(other)).not.toBe(await listed())
  expect(await bodyOf(`${first!.ready.controlUrl}/clock`)).toEqual({ now: '2026-11-23T01:00:00Z', running: false })
})

test('--token closes the admin API to all others', async () => {
  const { ready } = await serve(['--token', 'one', '--token', 'two'])
  const bearing = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } })
  expect(await statusOf(`${ready.url}/admin/identities`)).toBe(401)
  for (const token of ['one', 'two']) expect(await statusOf(`${ready.url}/admin/identities`, bearing(token))).toBe(200)
})

test('--profile answers as that Kratos does', async () => {
  const nobody = '/admin/identities/00000000-0000-4000-8000-000000000000/sessions'
  const [documented, kratos] = await Promise.all([serve(), serve(['--profile', 'kratos-26.2'])])
  expect(await statusOf(documented.ready.url + nobody)).toBe(404)
  expect(await bodyOf(kratos.ready.url + nobody)).toEqual([])
  expect(kratos.ready).toMatchObject({ profile: 'kratos-26.2' })
})

test('the environment stands behind the flags', async () => {
  const { ada, both } = files({ ada: ADA, both: BOTH })
  const environment = {
    ORY_MOCK_PORT: '0',
    ORY_MOCK_HOST: '127.0.0.1',
    ORY_MOCK_SEED: ada,
    ORY_MOCK_PROFILE: 'kratos-1.3',
  }
  const all = new Program(['--json'], environment)
  expect(JSON.parse(await all.firstLine())).toMatchObject({ identities: 1, profile: 'kratos-1.3' })
  const { ready } = await serve(['--seed', both], { ...environment, ORY_MOCK_PORT: 'none' })
  expect(ready).toMatchObject({ identities: 2, profile: 'kratos-1.3' })
})

test('a log level says what goes to stderr', async () => {
  const [silent, error, info, debug] = await Promise.all([
    serve(['--log-level', 'silent']),
    serve(),
    serve(['--log-level=info']),
    serve(['--log-level=debug']),
  ])
  for (const { ready } of [silent, error, info, debug]) {
    await fetch(`${ready.url}/admin/identities?page_size=1`, {
      headers: { 'x-trace': 'abc', authorization: 'Bearer secret' },
    })
  }
  await expect.poll(() => info.stderr).toMatch(/^GET \/admin\/identities\?page_size=1 200 \d+\.\d ms\n$/)
  await expect.poll(() => debug.stderr).toMatch(/^GET .* operation=listIdentities headers=\{.*"x-trace":"abc".*\}\n$/)
  expect(debug.stderr).not.toContain('secret')
  expect(silent.stderr + error.stderr).toBe('')
})

test('--watch seeds anew when the file changes, and keeps what it has when the file becomes a bad one', async () => {
  const { ada } = files({ ada: ADA })
  const program = await serve(['--seed', ada, '--watch'])
  const held = async (): Promise<unknown> =>
    ((await bodyOf(`${program.ready.controlUrl}/health`)) as { identities: number }).identities
  expect(await held()).toBe(1)
  writeFileSync(ada, BOTH)
  await expect.poll(held).toBe(2)
  writeFileSync(ada, JSON.stringify({ identities: [{ create: { traits: {} } }], next_page_token: '' }))
  await expect.poll(held).toBe(1)
  writeFileSync(ada, BOTH)
  await expect.poll(held).toBe(2)
  writeFileSync(ada, 'identities: [{ trait: {} }]')
  await expect.poll(() => program.stderr).toContain(`${ada}:1:16 /identities/0/trait`)
  expect(program.stderr).toContain(`Seeded anew, since ${ada} changed.\n`)
  expect(await held()).toBe(2)
})

test('SIGHUP seeds anew, and keeps what it has when the file became a bad one', async () => {
  const { ada } = files({ ada: ADA })
  const program = await serve(['--seed', ada])
  const held = async (): Promise<unknown> =>
    ((await bodyOf(`${program.ready.controlUrl}/health`)) as { identities: number }).identities
  writeFileSync(ada, BOTH)
  program.child.kill('SIGHUP')
  await expect.poll(() => program.stderr).toBe('Seeded anew, since it got SIGHUP.\n')
  expect(await held()).toBe(2)
  writeFileSync(ada, 'identities: [{ trait: {} }]')
  program.child.kill('SIGHUP')
  await expect.poll(() => program.stderr).toContain('The mock keeps what it had before it got SIGHUP.')
  expect(await held()).toBe(2)
})
