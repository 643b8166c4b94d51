import { spawn } from 'node:child_process'

/** How a program ended, and what it said on both of its outputs. */
export interface Ran {
  readonly code: number | null
  readonly output: string
}

/** Runs a program to its end; its code is null where there is no such program. */
export const run = async (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  cwd?: string,
): Promise<Ran> => {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  return { code, output }
}

/** Runs a program of Node's to its end. */
export const runNode = (args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): Promise<Ran> =>
  run(process.execPath, args, env, cwd)
