import { ControlError } from '../control/control-error.ts'
import { OptionError } from '../options.ts'
import { FixtureError } from '../seed/problem.ts'
import { UnboundError } from '../sockets/unbound.ts'
import type { Command } from './arguments.ts'

/** Why there is no mock, for a person to read, and with which status the program ends. */
export interface Explanation {
  readonly message: string
  readonly status: 1 | 2
}

const FREE_PORT = { port: '--port 0', publicPort: '--public-port 0' } as const

/** Explains what a command ended with. */
export const explain = (error: unknown, command: Command | undefined): Explanation => {
  const given = command !== undefined && 'given' in command ? command.given : undefined
  if (error instanceof OptionError) {
    const lines = error.problems.map(
      ({ option, place, message }) => `${(given?.names.get(option) ?? option) + place} ${message}`,
    )
    return { message: lines.join('\n'), status: 2 }
  }
  if (error instanceof FixtureError || error instanceof ControlError) return { message: error.message, status: 2 }
  if (error instanceof UnboundError) return { message: error.inWords((option) => FREE_PORT[option]), status: 1 }
  return { message: error instanceof Error ? error.message : String(error), status: 1 }
}
