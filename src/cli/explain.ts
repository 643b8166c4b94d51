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

/** Flags are the names of options, in the manner of a command line. */
const freePort = (option: string): string =>
  `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} 0`

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
  if (error instanceof UnboundError) return { message: error.inWords(freePort), status: 1 }
  return { message: error instanceof Error ? error.message : String(error), status: 1 }
}
