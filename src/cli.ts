#!/usr/bin/env node
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArguments, UsageError, type Command } from './cli/arguments.ts'

const run = async (command: Command): Promise<number> => {
  switch (command.command) {
    case 'help':
      console.log((await import('./cli/flags.ts')).usage())
      return 0
    case 'version':
      console.log((await import('./cli/version.ts')).version())
      return 0
    case 'check':
      return (await import('./cli/check.ts')).check(command.files)
    case 'exec':
      return (await import('./cli/exec.ts')).exec(command.given, command.program, command.args)
    case 'serve':
      return (await import('./cli/serve.ts')).serve(command.given)
  }
}

/** Runs a command line, without the program's own name. @returns the exit status. */
export const main = async (argv: readonly string[]): Promise<number> => {
  let command: Command | undefined
  try {
    command = parseArguments(argv, process.env)
    return await run(command)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`ory-identities-mock: ${error.message}`)
      return 2
    }
    const { explain } = await import('./cli/explain.ts')
    const { message, status } = explain(error, command)
    for (const line of message.split('\n')) console.error(`ory-identities-mock: ${line}`)
    return status
  }
}

/** Whether this is what Node was started with, be it by a link, and not something that was imported. */
const isProgram = (): boolean => {
  try {
    return realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url)
  } catch {
    return false
  }
}

if (isProgram()) {
  // A reader that left must not end the mock.
  process.stdout.on('error', () => {})
  const status = await main(process.argv.slice(2))
  process.stdout.write('', () => process.exit(status))
}
