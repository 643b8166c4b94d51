import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import { Query } from '../go/query.ts'
import type { GoUrl } from '../go/url.ts'
import { BodyCapture, MOST_OF_BODY } from '../journal/body-capture.ts'
import type { KeptResponse, RequestFacts } from '../journal/entry.ts'
import { keptHeaders, keptTarget } from '../journal/head.ts'
import type { OpenEntry } from '../journal/journal.ts'
import type { Answer } from '../model/answer.ts'
import type { List } from '../model/list.ts'
import type { Operation } from '../model/operations.ts'
import type { ServerKind, Wire } from '../model/wire.ts'
import type { World } from '../world/world.ts'
import { isTooLong, readWhole } from './request-body.ts'
import { identityOf } from './subject.ts'

/** What an operation gives: an answer, or a page of a list, which becomes one when it is sent. */
export type Reply = Answer | List

/** An operation: parses the request, finds, changes, prints. Errors are thrown, never built. */
export type Route = (exchange: Exchange) => Reply | Promise<Reply>

/** Where a request leads: what routing makes of its method and target. Immutable. */
export interface Routing {
  /** As sent, without the project's root. */
  readonly target: GoUrl
  /** The escaped path that routes match. */
  readonly path: Bytes
  /** The path as links show it. */
  readonly shown: Bytes
  /** Which of Kratos' servers answers: on a port that plays both, the path decides. */
  readonly side: 'admin' | 'public'
  readonly operation: Operation | undefined
  /** The path of the route that was found, with its `{name}`s, or `''`. */
  readonly pattern: string
  /** Whether a route was found, be it a redirect. */
  readonly routed: boolean
  readonly route: Route
}

/** Where a request came in. */
export interface Arrival {
  readonly world: World
  readonly wire: Wire
  /** The path prefix of the project, or `''`. */
  readonly root: string
  /** Scheme and host of a target in absolute form, else `''`: Go keeps them in the URL, and so in links. */
  readonly origin: string
  /** Whether a bearer token of the project stood in for the admin token. */
  readonly authorized: boolean
}

/** Behind how many slashes each pattern has a name. */
const depths = new Map<string, Map<string, number>>()

const depthOf = (pattern: string, name: string): number => {
  let known = depths.get(pattern)
  if (known === undefined) depths.set(pattern, (known = new Map()))
  const depth = known.get(name) ?? pattern.split('/').indexOf(`{${name}}`)
  known.set(name, depth)
  return depth
}

const segmentOf = (path: Bytes, depth: number): Bytes => {
  let start = 0
  for (let n = 0; n < depth; n++) start = path.indexOf('/', start) + 1 || path.length
  const end = path.indexOf('/', start)
  return path.slice(start, end < 0 ? undefined : end)
}

/** One request on its way through the mock. */
export class Exchange implements Arrival {
  readonly world: World
  readonly wire: Wire
  readonly root: string
  readonly origin: string
  readonly authorized: boolean
  readonly method: string
  readonly routing: Routing
  /** The id of the fault rule that acted on it. */
  fault: string | undefined
  /** Whether the journal is told of it. */
  recorded = true
  /** What answers are kept by: the server and the target; `''` for a request that is never answered from memory. */
  readonly key: string
  readonly #started: number
  #isOverread = false
  #open: OpenEntry | undefined
  #sentQuery: Query | undefined
  #query: Query | undefined
  #body: Promise<Uint8Array> | undefined
  #capture: BodyCapture | undefined
  #identity: { readonly id: string | undefined } | undefined

  constructor({ world, wire, root, origin, authorized }: Arrival, routing: Routing, key = '', query?: Query) {
    this.#started = world.journal.stopwatch()
    this.world = world
    this.wire = wire
    this.root = root
    this.origin = origin
    this.authorized = authorized
    this.method = wire.method
    this.routing = routing
    this.key = key
    this.#sentQuery = query
  }

  /** Shows the journal a request that is not answered at once. */
  opened(): void {
    if (this.recorded && this.#open === undefined) this.#open = this.world.journal.open(this.#facts(null))
  }

  /** A fault holds the request back: its body is read already now, so that the journal can show it. */
  held(): void {
    if (this.method !== 'GET' && this.method !== 'HEAD') this.body().catch(() => {})
  }

  /** Tells the journal the status that the request got, 0 for none. Only the first time counts. */
  answered(status: number, response?: KeptResponse): void {
    if (!this.recorded) return
    this.recorded = false
    this.world.journal.record(this.#facts(status, response), this.#open)
  }

  #facts(status: number | null, response?: KeptResponse): RequestFacts {
    const { method, target, operation, wire, fault } = this
    return {
      method,
      target: keptTarget(target.query === '' ? target.path : `${target.path}?${target.query}`),
      operation: operation?.id,
      identity: this.identity,
      headers: keptHeaders(wire.rawHeaders),
      body: method === 'GET' || method === 'HEAD' ? undefined : this.#captured(status === null),
      status,
      started: this.#started,
      fault,
      response,
    }
  }

  /** The same request, routed alike, with another query. The journal is not told of it. */
  withQuery(query: Bytes): Exchange {
    const other = new Exchange(this, { ...this.routing, target: { path: this.target.path, query } })
    other.recorded = false
    return other
  }

  /** @param asItIs for one that somebody may still read: it is not begun here. */
  #captured(asItIs: boolean): BodyCapture | undefined {
    if (this.#body !== undefined) return (this.#capture ??= new BodyCapture(this.#body))
    if (asItIs || this.wire.body === undefined) return undefined
    return new BodyCapture(this.wire.inProcess ? this.body() : this.wire.unread(MOST_OF_BODY))
  }

  get target(): GoUrl {
    return this.routing.target
  }

  get path(): Bytes {
    return this.routing.path
  }

  get shown(): Bytes {
    return this.routing.shown
  }

  get side(): Routing['side'] {
    return this.routing.side
  }

  get operation(): Operation | undefined {
    return this.routing.operation
  }

  get server(): ServerKind {
    return this.wire.server
  }

  /** The query as it was sent. */
  get sentQuery(): Query {
    return (this.#sentQuery ??= new Query(this.target.query))
  }

  /** The query as operations read it. */
  get query(): Query {
    return (this.#query ??= this.world.profile.has.blanksCount ? this.sentQuery : this.sentQuery.withoutBlanks())
  }

  /** The identity that it is about, as it was when somebody first asked. */
  get identity(): string | undefined {
    if (this.operation === undefined) return undefined
    return (this.#identity ??= { id: identityOf(this) }).id
  }

  /** The answer says whom it is about, as that of a login does. */
  isAbout(id: string): void {
    this.#identity = { id }
  }

  /** @param name in lower case. */
  header(name: string): string | undefined {
    return this.wire.header(name)
  }

  /** Aborts when the client leaves. */
  get signal(): AbortSignal {
    return this.wire.signal
  }

  /** The path segment that the operation's `{name}` took, percent-decoded. */
  param(name: string): Bytes {
    const segment = segmentOf(this.path, depthOf(this.routing.pattern, name))
    return unescapeBytes(segment) ?? segment
  }

  /** Whether its body is larger than what is read of one, so that no other request can follow it. */
  get isTooLarge(): boolean {
    return this.#isOverread || isTooLong(Number(this.header('content-length') ?? 0))
  }

  /** The body's bytes. @throws BodyTooLarge past 5 MiB, having read no more than that. */
  body(): Promise<Uint8Array> {
    return (this.#body ??= readWhole(this, () => (this.#isOverread = true)))
  }
}
