import { parseArguments, UsageError, type Command } from './arguments.ts'
import type { Ending } from './ending.ts'
import { usage } from './flags.ts'
import { serve } from './serve.ts'
import { version } from './version.ts'

type Asking = Pick<Ending, 'asked' | 'letGo'>

const run = async (command: Command, ending: Asking): Promise<number> => {
  // A server that is asked to end has done what it was for; any other command has not.
  if (command.command !== 'serve') ending.letGo()
  switch (command.command) {
    case 'help':
      console.log(usage())
      return 0
    case 'version':
      console.log(version())
      return 0
    case 'check':
      return (await import('./check.ts')).check(command.files)
    case 'exec':
      return (await import('./exec.ts')).exec(command.given, command.program, command.args)
    case 'serve':
      return serve(command.given, ending)
  }
}

/** Runs a command line, without the program's own name. @returns the exit status. */
export const main = async (argv: readonly string[], ending: Asking): Promise<number> => {
  let command: Command | undefined
  try {
    command = parseArguments(argv, process.env)
    return await run(command, ending)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`ory-identities-mock: ${error.message}`)
      return 2
    }
    const { explain } = await import('./explain.ts')
    const { message, status } = explain(error, command)
    for (const line of message.split('\n')) console.error(`ory-identities-mock: ${line}`)
    return status
  }
}
