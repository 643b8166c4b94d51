import type { OperationId } from '../model/operations.ts'
import type { PageFault } from './page-fault.ts'
import type { PresetName } from './presets.ts'

/** Milliseconds, or a text such as `250ms`, `10s`, `1h30m`. */
export type Span = number | string

/** What a request must be like. All that is given must hold; an empty match takes every request of the API. */
export interface FaultMatch {
  /** An operation by its id in Ory's OpenAPI. Its HEAD requests are of it, too. */
  readonly operation?: OperationId | undefined
  /** An HTTP method in capitals. */
  readonly method?: string | undefined
  /** The path as it was sent or as it was routed; `*` stands for what one segment holds, `**` for any number of segments. */
  readonly path?: string | undefined
  /** The identity in the path, or the owner of the session in the path or of the caller's own session. A UUID in any spelling. */
  readonly identity?: string | undefined
  /** The session in the path, or the caller's own. A UUID in any spelling. */
  readonly session?: string | undefined
  /** By parameter: one of its values, `true` for any value, `false` for a parameter that is not there. */
  readonly query?: Readonly<Record<string, string | number | boolean>> | undefined
  /** By header, in any casing: its value, `true` for any value, `false` for a header that is not there. */
  readonly header?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** Which of the matching requests it takes. Counts are of matching requests that came inside `after` and `for`. */
export interface FaultWhen {
  /** Lets this many pass first. Default 0. */
  readonly skip?: number | undefined
  /** Acts at most this often; of a sequence, this many steps. Default: no limit, and of a sequence its length. */
  readonly times?: number | undefined
  /** Then acts on each n-th only: `every: 2` on the second, the fourth … Default 1. */
  readonly every?: number | undefined
  /** Then acts with this chance, from the mock's random seed: more than 0, at most 1. Default 1. */
  readonly probability?: number | undefined
  /** Not before this much time of the mock's clock has passed since the rule was armed. Default 0. */
  readonly after?: Span | undefined
  /** And then for this long. Default: for ever. */
  readonly for?: Span | undefined
}

/** Milliseconds: fixed, evenly between two bounds, or lognormal with an optional cap. */
export type FaultDelay =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly median: number; readonly sigma: number; readonly max?: number | undefined }

type Headers = Readonly<Record<string, string | number>>

/** An answer with this status (200 to 599) and a whole `errorGeneric` body, in place of the API's. */
export interface StatusEffect {
  readonly status: number
  readonly error?:
    | {
        readonly id?: string | undefined
        readonly reason?: string | undefined
        readonly message?: string | undefined
        readonly details?: Readonly<Record<string, unknown>> | undefined
      }
    | undefined
  readonly headers?: Headers | undefined
}

/** 429 past `limit` requests in a `window` of the mock's clock, and the `X-RateLimit-` headers on every answer. */
export interface RateLimitEffect {
  readonly rateLimit: { readonly limit: number; readonly window: Span }
}

/** A TCP RST before a byte, a FIN before a byte, or no answer until the client leaves. The API does not see the request. */
export interface ConnectionEffect {
  readonly connection: 'reset' | 'close' | 'hang'
}

/** The head with the full `Content-Length`, the fraction `at` (from 0, below 1; default 0.5) of the body, then FIN or RST. */
export interface CutBodyEffect {
  readonly body: 'truncate' | 'reset'
  readonly at?: number | undefined
}

/** Broken JSON, no body, or a proxy's HTML page in place of the API's body. Default status 200. */
export interface FalseBodyEffect {
  readonly body: 'malformed' | 'empty' | 'html'
  readonly status?: number | undefined
  readonly headers?: Headers | undefined
}

/** The body in parts of `bytes`, one each `every` milliseconds. */
export interface SlowBodyEffect {
  readonly body: 'slow'
  readonly bytes: number
  readonly every: number
}

/** A lie about the pages of an operation that lists. */
export interface PageEffect {
  readonly page: PageFault
}

/** One of Ory's own failures, by name. */
export interface PresetEffect {
  readonly preset: PresetName
}

export type FaultEffect =
  | StatusEffect
  | RateLimitEffect
  | ConnectionEffect
  | CutBodyEffect
  | FalseBodyEffect
  | SlowBodyEffect
  | PageEffect
  | PresetEffect

/** `pass` lets a request through untouched; a delay may stand alone. */
export type FaultStep = 'pass' | (Partial<FaultEffect> & { readonly delay?: FaultDelay | undefined })

/**
 * A fault rule. It needs one of `effect`, `sequence` or `preset`, or a `delay` alone.
 * @example { match: { operation: 'listIdentitySessions' }, when: { times: 2 }, effect: { status: 503 } }
 */
export interface FaultRule {
  /** Printable ASCII without spaces and slashes, at most 100 characters. Default `fault-1`, `fault-2` … */
  readonly id?: string | undefined
  readonly match?: FaultMatch | undefined
  readonly when?: FaultWhen | undefined
  /** Real time that passes before the answer, or the end of the connection. */
  readonly delay?: FaultDelay | undefined
  readonly effect?: FaultEffect | undefined
  /** One step for each request that the rule takes. */
  readonly sequence?: readonly FaultStep[] | undefined
  readonly preset?: PresetName | undefined
}

/** A rule as it was given, and what became of it. */
export interface ArmedRule extends FaultRule {
  readonly id: string
  /** How many requests it faulted. */
  readonly hits: number
  /** How many requests it matched, whether it was due or not. */
  readonly matched: number
  /** For a rule that never fired: why, by the request that came closest. */
  readonly nearestMiss?: string
}

/** A rule that never fired, and why. */
export interface UnfiredRule {
  readonly id: string
  readonly reason: string
}
