import { expect, test } from 'vitest'
import { files, Program, run } from './program.ts'

const node = (code: string): string[] => [process.execPath, '-e', code]

test('exec gives a command the URLs, its own output, and its exit status', async () => {
  const urls = 'const { ORY_SDK_URL, ORY_MOCK_URL, KRATOS_ADMIN_URL, KRATOS_PUBLIC_URL } = process.env'
  const code = `${urls}; fetch(KRATOS_ADMIN_URL + '/admin/identities').then(({ status }) => {
    console.log(JSON.stringify({ ORY_SDK_URL, ORY_MOCK_URL, KRATOS_ADMIN_URL, KRATOS_PUBLIC_URL, status })); process.exitCode = 7 })`
  const { status, stdout, stderr } = await run(['exec', '--port', '0', '--public-port', '0', '--', ...node(code)])
  const found = JSON.parse(stdout) as Record<string, string>
  expect(found).toMatchObject({
    status: 200,
    ORY_SDK_URL: found['KRATOS_ADMIN_URL'],
    ORY_MOCK_URL: found['KRATOS_ADMIN_URL'],
  })
  expect(found['KRATOS_PUBLIC_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(found['KRATOS_PUBLIC_URL']).not.toBe(found['KRATOS_ADMIN_URL'])
  expect({ status, stderr }).toEqual({ status: 7, stderr: '' })
})

test('exec hands every argument after -- to the command as it is', async () => {
  const { stdout } = await run([
    'exec',
    '-p',
    '0',
    '--',
    ...node('console.log(process.argv.slice(1).join())'),
    '--',
    '--port',
    '-v',
    '--',
  ])
  expect(stdout).toBe('--port,-v,--\n')
})

test('exec takes any free port, also beside another one', async () => {
  const code = "process.stdout.write(process.env.ORY_SDK_URL + '\\n')"
  const urls = await Promise.all([run(['exec', '--', ...node(code)]), run(['exec', '--', ...node(code)])])
  for (const { status, stdout } of urls) {
    expect(status).toBe(0)
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(stdout).not.toContain(':4434')
  }
})

test('exec hands its input to the command, and stops the mock after it', async () => {
  const program = new Program(
    [
      'exec',
      '-p',
      '0',
      '--',
      ...node("console.log(process.env.ORY_SDK_URL); process.stdin.on('data', () => process.exit(3))"),
    ],
    {},
    'pipe',
  )
  const url = await program.firstLine()
  expect((await fetch(`${url}/health/alive`)).status).toBe(200)
  program.child.stdin!.write('end\n')
  expect(await program.status()).toBe(3)
  await expect(fetch(`${url}/health/alive`)).rejects.toThrow('fetch failed')
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'exec hands %s on, and ends as the command does',
  async (signal) => {
    const code = `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')`
    const program = new Program(['exec', '-p', '0', '--', ...node(code)])
    await program.firstLine()
    program.child.kill(signal)
    expect(await program.status()).toBe(5)
  },
)

test('a command that a signal ended gives 128 and its number, as in a shell', async () => {
  expect((await run(['exec', '-p', '0', '--', ...node("process.kill(process.pid, 'SIGTERM')")])).status).toBe(143)
})

test('a command that is not there is named in one line, with status 1', async () => {
  expect(await run(['exec', '-p', '0', '--', 'no-such-command-here'])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'ory-identities-mock: no-such-command-here could not be run: there is no such command\n',
  })
})

test('a bad fixture keeps the command from running', async () => {
  const { bad } = files({ bad: 'identities: [{ trait: {} }]' })
  const { status, stdout, stderr } = await run(['exec', '-p', '0', '-s', bad, '--', ...node("console.log('ran')")])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(`${bad}:1:16 /identities/0/trait`)
})
