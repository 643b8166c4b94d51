import { textOf } from '../go/bytes.ts'
import type { OperationId } from '../model/operations.ts'
import { formatTime, type Micros } from '../model/time.ts'
import type { BodyCapture } from './body-capture.ts'

/** One request that a project answered, and how. */
export interface RecordedRequest {
  /** Counts from 1, in the order in which requests were answered. */
  readonly seq: number
  /** When it came, by the mock's clock: RFC 3339. */
  readonly at: string
  /** The operation's id in Ory's OpenAPI, or null for a request that no operation serves. */
  readonly operation: OperationId | null
  readonly method: string
  /** As it was sent, percent-escapes included, without the root of its project. */
  readonly path: string
  /** A parameter that came more than once has all its values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** By name in lower case; the values of `authorization`, `cookie` and `x-session-token` are `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON where it is JSON, otherwise text; the first 64 kB of it; null for a request without one. */
  readonly body: unknown
  /** 0 where the connection ended without an answer. */
  readonly status: number
  /** Real time from its coming to its answer, in milliseconds. */
  readonly durationMs: number
  /** The id of the fault rule that acted on it, or null. */
  readonly fault: string | null
}

/** Header names and values in turn, as Node's `rawHeaders`, or a `Headers`. */
export type RawHeaders = readonly string[] | Headers

/** What is known of a request when it is answered: all by reference, to be read when somebody asks. */
export interface RequestFacts {
  readonly method: string
  /** Path and query as they were sent, without the root of the project. */
  readonly target: string
  readonly operation: OperationId | undefined
  /** The canonical id of the identity that it is about. */
  readonly identity?: string | undefined
  readonly headers: RawHeaders
  readonly body?: BodyCapture | undefined
  readonly status: number
  /** The journal's stopwatch when the request came. */
  readonly started: number
  readonly fault?: string | undefined
}

/** An entry before anybody reads it. */
export interface Kept {
  readonly seq: number
  /** The mock's time when it was answered. */
  readonly ended: Micros
  readonly running: boolean
  readonly durationMs: number
  readonly facts: RequestFacts
}

const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie', 'x-session-token'])

const pairsOf = (raw: RawHeaders): (readonly [name: string, value: string])[] => {
  if (raw instanceof Headers) return [...raw]
  return Array.from({ length: raw.length >> 1 }, (_, at) => [raw[at * 2]!.toLowerCase(), raw[at * 2 + 1]!] as const)
}

const headersOf = (raw: RawHeaders): Record<string, string> => {
  const joined = new Map<string, string>()
  for (const [name, value] of pairsOf(raw)) {
    const former = joined.get(name)
    joined.set(name, SECRET.has(name) ? '[redacted]' : former === undefined ? value : `${former}, ${value}`)
  }
  return Object.fromEntries(joined)
}

const queryOf = (raw: string): Record<string, string | string[]> => {
  const params = new URLSearchParams(raw)
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

/** Path and raw query of a target. */
export const splitTarget = (target: string): readonly [path: string, query: string] => {
  const mark = target.indexOf('?')
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)]
}

/** The entry as a tester reads it. */
export const entryOf = ({ seq, ended, running, durationMs, facts }: Kept): RecordedRequest => {
  const [path, query] = splitTarget(facts.target)
  return {
    seq,
    at: formatTime(running ? Math.round(ended - durationMs * 1e3) : ended),
    operation: facts.operation ?? null,
    method: facts.method,
    path: textOf(path),
    query: queryOf(textOf(query)),
    headers: headersOf(facts.headers),
    body: facts.body?.value ?? null,
    status: facts.status,
    durationMs: Math.round(durationMs * 1e3) / 1e3,
    fault: facts.fault ?? null,
  }
}
