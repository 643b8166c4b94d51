import type { Kept } from './entry.ts'
import { headersOf } from './head.ts'

export const logLevels = ['silent', 'error', 'info', 'debug'] as const

/** What is logged: nothing; what went wrong, and a seeding that was asked for; also what it was started with, and a line for each request; also its headers. */
export type LogLevel = (typeof logLevels)[number]

/** Where a mock says what happens in it. */
export interface Log {
  /** Hears of each answered request; undefined when nobody listens. */
  readonly request: ((kept: Kept) => void) | undefined
  /** Hears of what keeps the mock from doing what it was asked to. */
  readonly failure: (error: unknown) => void
  /** Hears of what the mock did after its start, such as a seeding. */
  readonly notice: (text: string) => void
  /** Hears of how the mock was started. */
  readonly start: (text: string) => void
}

const nothing = (): void => {}

/** `GET /admin/identities?page_size=10 200 0.4 ms`, and the fault that acted on it. */
const lineOf = ({ durationMs, facts }: Kept, detailed: boolean): string => {
  const { method, target, status, fault, operation, headers } = facts
  const line = `${method} ${target} ${status === 0 ? 'dropped' : status} ${durationMs.toFixed(1)} ms`
  const faulted = fault === undefined ? line : `${line} fault=${fault}`
  return detailed
    ? `${faulted} operation=${operation ?? 'none'} headers=${JSON.stringify(headersOf(headers))}`
    : faulted
}

/** @param write puts a line on stderr. */
export const createLog = (level: LogLevel, write: (line: string) => void): Log => {
  const rank = logLevels.indexOf(level)
  return {
    request: rank < 2 ? undefined : (kept) => write(lineOf(kept, rank > 2)),
    failure:
      rank < 1 ? nothing : (error) => write(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    notice: rank < 1 ? nothing : write,
    start: rank < 2 ? nothing : write,
  }
}

/** Says nothing. */
export const silence: Log = createLog('silent', nothing)
