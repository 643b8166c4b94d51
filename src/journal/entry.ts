import { textOf } from '../go/bytes.ts'
import type { HeaderList } from '../model/headers.ts'
import type { OperationId } from '../model/operations.ts'
import type { Placed } from '../model/slab.ts'
import { formatTime, type Micros } from '../model/time.ts'
import { bodyValue, type BodyCapture } from './body-capture.ts'
import { headersOf, keptHeaders } from './head.ts'

/** What a request was answered. */
export interface RecordedResponse {
  /** By name in lower case. Those that the connection itself asks for, such as `date`, are not among them. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * JSON where it is JSON, otherwise text; the first 64 kB of it; null for an answer without one, and for one that is
   * older than the newest 4 MB of bodies.
   */
  readonly body: unknown
}

/** One request that came to a project, and how it was answered. */
export interface RecordedRequest {
  /** Counts from 1, in the order in which requests came. */
  readonly seq: number
  /** When it came, by the mock's clock: RFC 3339. */
  readonly at: string
  /** The operation's id in Ory's OpenAPI, or null for a request that no operation serves. */
  readonly operation: OperationId | null
  /** The HTTP method, in capitals. */
  readonly method: string
  /** As it was sent, percent-escapes included, without the root of its project. */
  readonly path: string
  /** A parameter that came more than once has all its values. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /**
   * By name in lower case; the values of `authorization`, `cookie` and `x-session-token` are `[redacted]`. Of a head
   * longer than 16 kB the first 16 kB.
   */
  readonly headers: Readonly<Record<string, string>>
  /**
   * JSON where it is JSON, otherwise text, as is JSON of more than 1,000 levels; the first 64 kB of it; null for a
   * request without one.
   */
  readonly body: unknown
  /** 0 where the connection ended without an answer; null while the request is in flight. */
  readonly status: number | null
  /** Real time from its coming to its answer, or so far, in milliseconds. */
  readonly durationMs: number
  /** The id of the fault rule that acted on it, or that holds it, or null. */
  readonly fault: string | null
  /** Null while the request is in flight, and where the connection ended without an answer. */
  readonly response: RecordedResponse | null
}

/** An answer as an entry keeps it. */
export interface KeptResponse {
  readonly headers: HeaderList
  /** As much of its body as is kept; undefined once it no longer is. */
  readonly placed: Placed | undefined
}

/** What is known of a request when it is answered: by reference, to be read when somebody asks. */
export interface RequestFacts {
  readonly method: string
  /** Path and query as they were sent, without the root of the project. */
  readonly target: string
  readonly operation: OperationId | undefined
  /** The canonical id of the identity that it is about. */
  readonly identity?: string | undefined
  readonly headers: readonly string[]
  readonly body?: BodyCapture | undefined
  /** Null while it is in flight. */
  readonly status: number | null
  /** The journal's stopwatch when the request came. */
  readonly started: number
  readonly fault?: string | undefined
  readonly response?: KeptResponse | undefined
}

/** An entry before anybody reads it. */
export interface Kept {
  readonly seq: number
  /** The mock's time when the entry was made. */
  readonly made: Micros
  /** How long before that the request came, as far as the mock's clock went on; in milliseconds. */
  readonly before: number
  durationMs: number
  facts: RequestFacts
  /** Of the changes of the journal the one that made it what it is. */
  change: number
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

/**
 * The entry as a tester reads it.
 * @param stopwatch the journal's, now. @param mostOfBody how many letters of a body are read.
 */
export const entryOf = (
  { seq, made, before, durationMs, facts }: Kept,
  stopwatch: number,
  mostOfBody: number,
): RecordedRequest => {
  const [path, query] = splitTarget(facts.target)
  const { status, response } = facts
  const lasted = status === null ? stopwatch - facts.started : durationMs
  return {
    seq,
    at: formatTime(Math.round(made - before * 1e3)),
    operation: facts.operation ?? null,
    method: facts.method,
    path: textOf(path),
    query: queryOf(textOf(query)),
    headers: headersOf(facts.headers),
    body: bodyValue(facts.body?.bytes, mostOfBody),
    status,
    durationMs: Math.round(lasted * 1e3) / 1e3,
    fault: facts.fault ?? null,
    response:
      response === undefined
        ? null
        : {
            headers: headersOf(keptHeaders(response.headers)),
            body: bodyValue(response.placed?.text(mostOfBody), mostOfBody),
          },
  }
}

/** How many bytes of bodies an entry holds. */
export const weightOf = ({ facts: { body, response } }: Kept): number =>
  (body?.bytes?.length ?? 0) + (response?.placed?.size ?? 0)

/** A request in a word, for a message: `GET /admin/identities 200`. */
export const briefOf = ({ facts: { method, target, status } }: Kept): string =>
  `${method} ${textOf(splitTarget(target)[0])} ${status ?? 'in flight'}`
