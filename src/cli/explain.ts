import { ControlError } from '../control/control-error.ts'
import { OptionError } from '../options.ts'
import { FixtureError } from '../seed/problem.ts'
import type { Command } from './arguments.ts'

/** Why there is no mock, for a person to read, and with which status the program ends. */
export interface Explanation {
  readonly message: string
  readonly status: 1 | 2
}

const NO_ADDRESS: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

/** Why a port could not be bound, when that is what the system's error is about. */
const unbound = (
  { code, port }: NodeJS.ErrnoException & { readonly port?: number },
  host: unknown,
): string | undefined => {
  if (code === 'EADDRINUSE') return `port ${port} is in use; --port 0 takes any free one`
  if (code === 'EACCES' && port !== undefined) return `this user may not open port ${port}; --port 0 takes any free one`
  return NO_ADDRESS.has(code) ? `this machine has no address ${String(host)} to bind` : undefined
}

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
  if (!(error instanceof Error)) return { message: String(error), status: 1 }
  return { message: unbound(error, given?.options.host) ?? error.message, status: 1 }
}
