import type { OperationId } from '../model/operations.ts'
import type { PageFault } from './page-fault.ts'
import type { PresetName } from './presets.ts'

/** Milliseconds, or a text such as `250ms`, `10s`, `1h30m`. */
export type Span = number | string

/** The methods that a rule can ask for, in capitals as HTTP has them. */
export const faultMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** An HTTP method, in capitals. */
export type FaultMethod = (typeof faultMethods)[number]

/** What a request must be like. All that is given must hold; an empty match takes every request of the API. */
export interface FaultMatch {
  /** An operation by its id in Ory's OpenAPI, or any of several. Its HEAD requests are of it, too. */
  readonly operation?: OperationId | readonly OperationId[] | undefined
  /** An HTTP method in capitals, or any of several. */
  readonly method?: FaultMethod | readonly FaultMethod[] | undefined
  /** The path as it was sent or as it was routed; `*` stands for what one segment holds, `**` for any number of segments. */
  readonly path?: string | undefined
  /** The identity in the path, or the owner of the session in the path or of the caller's own session. A UUID in any spelling. */
  readonly identity?: string | undefined
  /** The session in the path, or the caller's own. A UUID in any spelling. */
  readonly session?: string | undefined
  /** The self-service flow that is read or submitted. A UUID in any spelling. */
  readonly flow?: string | undefined
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

/** Evenly between two bounds. */
export interface EvenDelay {
  /** The shortest. */
  readonly min: Span
  /** The longest; not below `min`. */
  readonly max: Span
}

/** Lognormal, as the answers of real servers are. */
export interface LognormalDelay {
  /** Half of the delays are shorter. */
  readonly median: Span
  /** The width of the distribution, from 0 to 100; 0.4 is that of many a server. */
  readonly sigma: number
  /** No delay is longer. Default: none. */
  readonly max?: Span | undefined
}

/** Real time: milliseconds or a text such as `1s`, evenly between two bounds, or lognormal with an optional cap. */
export type FaultDelay = Span | EvenDelay | LognormalDelay

/** Headers by name. A number is sent as its decimal text. */
export type FaultHeaders = Readonly<Record<string, string | number>>

/** The parts of an `errorGeneric` that an effect sets; what it leaves out is the status' own. */
export interface FaultError {
  /** Ory's id of the error, such as `session_aal2_required`: printable ASCII without spaces. */
  readonly id?: string | undefined
  /** What went wrong here. */
  readonly reason?: string | undefined
  /** What the status means. */
  readonly message?: string | undefined
  /** What else there is to say. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
}

/** An answer with a whole `errorGeneric` body, in place of the API's. */
export interface StatusEffect {
  /** An HTTP status from 200 to 599. */
  readonly status: number
  /** Parts of the body. */
  readonly error?: FaultError | undefined
  /** Headers beside those of the body, such as `Retry-After`. */
  readonly headers?: FaultHeaders | undefined
}

/** How many requests pass in which time. */
export interface RateLimit {
  /** How many pass in a window: a whole number from 0. */
  readonly limit: number
  /** How long a window is on the mock's clock. */
  readonly window: Span
}

/** 429 past `limit` requests in a `window` of the mock's clock, and the `X-RateLimit-` headers on every answer. */
export interface RateLimitEffect {
  /** The limit and its window. */
  readonly rateLimit: RateLimit
}

/** The API does not see the request. */
export interface ConnectionEffect {
  /** A TCP RST before a byte, a FIN before a byte, or no answer until the client leaves. */
  readonly connection: 'reset' | 'close' | 'hang'
}

/** The head with the full `Content-Length`, a part of the body, and then the end of the connection. */
export interface CutBodyEffect {
  /** `truncate` ends with a FIN, `reset` with an RST. */
  readonly body: 'truncate' | 'reset'
  /** After which fraction of the body: from 0, below 1. Default 0.5. */
  readonly at?: number | undefined
}

/** Something else in place of the API's body. */
export interface FalseBodyEffect {
  /** Broken JSON, no body, or a proxy's HTML page. */
  readonly body: 'malformed' | 'empty' | 'html'
  /** An HTTP status from 200 to 599. Default 200. */
  readonly status?: number | undefined
  /** Headers beside those of the body. */
  readonly headers?: FaultHeaders | undefined
}

/** The body in parts. */
export interface SlowBodyEffect {
  /** The API's body, but slowly. */
  readonly body: 'slow'
  /** How many bytes come at a time. */
  readonly bytes: number
  /** One part each so often, in real time. */
  readonly every: Span
}

/** A lie about the pages of an operation that lists. */
export interface PageEffect {
  /** Which lie. */
  readonly page: PageFault
}

/** One of Ory's own failures, by name. */
export interface PresetEffect {
  /** Its name, with hyphens or underscores as it is listed. */
  readonly preset: PresetName
}

type KeyOf<T> = T extends unknown ? keyof T : never

type AnyEffect =
  | StatusEffect
  | RateLimitEffect
  | ConnectionEffect
  | CutBodyEffect
  | FalseBodyEffect
  | SlowBodyEffect
  | PageEffect
  | PresetEffect

/** An effect without a key of another one. */
type Alone<T extends AnyEffect> = T extends unknown
  ? T & { readonly [Other in Exclude<KeyOf<AnyEffect>, keyof T>]?: undefined }
  : never

/** What is done to an answer or to its connection: one of these. */
export type FaultEffect = Alone<AnyEffect>

/** A delay alone. */
type NoEffect = { readonly [K in KeyOf<AnyEffect>]?: undefined }

/** A step of a sequence: `pass` lets a request through untouched; an effect may have a delay, and a delay may stand alone. */
export type FaultStep =
  | 'pass'
  | (Alone<Exclude<AnyEffect, RateLimitEffect>> & { readonly delay?: FaultDelay | undefined })
  | (NoEffect & { readonly delay: FaultDelay })

/** Which requests a rule takes, and how many of them. */
interface RuleTerms {
  /** Printable ASCII without spaces and slashes, at most 100 characters. Default `fault-1`, `fault-2` … */
  readonly id?: string | undefined
  /** What a request must be like. Default: any request of the API. */
  readonly match?: FaultMatch | undefined
  /** Which of the matching requests it takes. Default: all. */
  readonly when?: FaultWhen | undefined
}

/** What a rule may do to a request. */
interface RuleActs {
  /** Real time that passes before the answer, or the end of the connection. */
  readonly delay?: FaultDelay | undefined
  /** What happens to each request that the rule takes. */
  readonly effect?: FaultEffect | undefined
  /** One step for each request that the rule takes. */
  readonly sequence?: readonly FaultStep[] | undefined
  /** One of Ory's own failures, by name. */
  readonly preset?: PresetName | undefined
}

type Acts = Exclude<keyof RuleActs, 'delay'>

/** A rule that does one of these, and none of the others. */
type Doing<K extends Acts> = RuleTerms &
  Pick<RuleActs, 'delay'> & { readonly [Done in K]: NonNullable<RuleActs[Done]> } & {
    readonly [Other in Exclude<Acts, K>]?: undefined
  }

/** A rule with a delay alone. It is no `Doing`, so that of a rule that does nothing the compiler says that `effect` is missing. */
type Waiting = RuleTerms & { readonly delay: FaultDelay } & { readonly [Other in Acts]?: undefined }

/**
 * A fault rule. It needs one of `effect`, `sequence` or `preset`, or a `delay` alone.
 * @example { match: { operation: 'listIdentitySessions' }, when: { times: 2 }, effect: { status: 503 } }
 */
export type FaultRule = Doing<'effect'> | Doing<'sequence'> | Doing<'preset'> | Waiting

/** Every key that a rule can have. */
export type FaultRuleKey = KeyOf<FaultRule>

/** Several rules. An array has no key of a rule, which the compiler has to know to name the one that is wrong in a rule. */
export type SeveralRules = readonly FaultRule[] & RuleTerms & { readonly [Act in keyof RuleActs]?: undefined }

/** Fault rules as options take them: the path of a file, a rule, or several. */
export type FaultRules = string | URL | FaultRule | readonly FaultRule[]

/** A rule as it was given, and what became of it. */
export interface ArmedRule extends RuleTerms, RuleActs {
  /** Its own id, or the one that it was given. */
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
  /** Its id. */
  readonly id: string
  /** Which request came closest, and what kept it from being faulted. */
  readonly reason: string
}
