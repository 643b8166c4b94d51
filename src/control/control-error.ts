import { KratosError } from '../model/errors.ts'

/** What a mock refused to do, or could not do. The message says why, and what would be right. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  /** The HTTP status that `/_mock` answers for it; 0 where nothing answers. */
  readonly status: number
  /** What the answer of `/_mock` has as `details`: the problems of a rule, the rules that never fired. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(
    status: number,
    message: string,
    details?: Readonly<Record<string, unknown>>,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
    this.status = status
    this.details = details
  }
}

/** Gives what `act` gives, or rejects with a ControlError for what it refused. */
export const controlled = async <T>(act: () => T | Promise<T>): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof KratosError)) throw error
    throw new ControlError(error.code, error.parts.reason ?? error.message, error.parts.details)
  }
}
