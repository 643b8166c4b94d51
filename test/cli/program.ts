import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The program as users get it. */
const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

type Environment = Readonly<Record<string, string>>

/** A process of the program, and what it has printed so far. */
export class Program {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly #ended: Promise<unknown[]>

  constructor(
    args: readonly string[],
    environment: Environment = {},
    stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
  ) {
    const { PATH = '' } = process.env
    this.child = spawn(process.execPath, [PROGRAM, ...args], { stdio, env: { PATH, ...environment } })
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.#ended = once(this.child, 'close')
    onTestFinished(() => {
      this.child.kill('SIGKILL')
    })
  }

  /** Its first line on stdout. */
  async firstLine(): Promise<string> {
    while (!this.stdout.includes('\n')) {
      const ended = await Promise.race([
        this.#ended.then(() => true),
        once(this.child.stdout!, 'data').then(() => false),
      ])
      if (ended && !this.stdout.includes('\n')) throw new Error(`it ended without a line: ${this.stderr}`)
    }
    return this.stdout.slice(0, this.stdout.indexOf('\n'))
  }

  /** Its exit status, once it has ended. */
  async status(): Promise<unknown> {
    const [code, signal] = await this.#ended
    return code ?? signal
  }
}

/** Runs the program to its end. */
export const run = async (
  args: readonly string[],
  environment?: Environment,
): Promise<Pick<Program, 'stdout' | 'stderr'> & { status: unknown }> => {
  const program = new Program(args, environment)
  const status = await program.status()
  return { status, stdout: program.stdout, stderr: program.stderr }
}

export interface ReadyLine {
  readonly url: string
  readonly publicUrl: string
  readonly controlUrl: string
  readonly identities: number
  readonly sessions: number
}

/** Starts a server on a free port. */
export const serve = async (
  args: readonly string[] = [],
  environment?: Environment,
): Promise<Program & { readonly ready: ReadyLine }> => {
  const program = new Program(['serve', '--json', '--port', '0', ...args], environment)
  return Object.assign(program, { ready: JSON.parse(await program.firstLine()) as ReadyLine })
}

/** Files in a folder of the test's own. @returns the path of each. */
export const files = <N extends string>(texts: Readonly<Record<N, string>>): Readonly<Record<N, string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const paths = {} as Record<N, string>
  for (const name of Object.keys(texts) as N[]) {
    paths[name] = join(folder, name)
    writeFileSync(paths[name], texts[name])
  }
  return paths
}
