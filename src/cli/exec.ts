import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Given } from './arguments.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** How a child ended, as a shell tells it: its code, or 128 and the number of the signal that ended it. */
const ended = (child: ChildProcess, program: string): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'there is no such command' : (error.code ?? error.message)
      reject(new Error(`${program} could not be run: ${why}`))
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]))
  })

/** Runs a program beside a mock, on any free port unless one is given, with the mock's URLs in its environment. @returns its exit status. */
export const exec = async (given: Given, program: string, args: readonly string[]): Promise<number> => {
  const { start } = await import('./start.ts')
  const { mock, ready } = await start({ ...given, options: { port: 0, ...given.options } })
  if (given.json) console.log(JSON.stringify(ready))
  const { url, publicUrl } = ready
  const urls = { ORY_SDK_URL: url, ORY_MOCK_URL: url, KRATOS_ADMIN_URL: url, KRATOS_PUBLIC_URL: publicUrl }
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...urls } })
  const forward = (signal: NodeJS.Signals): void => {
    // A terminal sends Ctrl-C to the program itself, too; a second one would mean something else to it.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, forward)
  try {
    return await ended(child, program)
  } finally {
    for (const signal of SIGNALS) process.off(signal, forward)
    await mock.close()
  }
}
