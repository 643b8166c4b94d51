import type { Bytes } from '../model/bytes.ts'
import { unescapeBytes } from '../model/bytes.ts'
import { KratosError } from '../model/errors.ts'
import type { GoUrl } from '../model/go-url.ts'
import type { Operation } from '../model/operations.ts'
import { Query } from '../model/query.ts'
import type { World } from '../world/world.ts'
import type { Wire } from './wire.ts'

/** The most that a request body may hold, as Kratos limits it (cmd/daemon/serve.go:148): 5 MiB. */
const MAX_BODY = 5 * 1024 * 1024

/** The body was over the limit; each operation of Kratos says so in its own way. */
export class BodyTooLarge extends KratosError {
  constructor() {
    super(413, { reason: `The request body is larger than ${MAX_BODY} bytes.` })
  }
}

export interface ExchangeParts {
  readonly world: World
  readonly request: Request
  readonly url: GoUrl
  /** The path prefix of the project, or `''`. */
  readonly root: string
  readonly server: Wire['server']
  readonly wire: Wire | undefined
  /** Whether a bearer token of the project stood in for the admin token. */
  readonly authorized: boolean
}

/** One request on its way through the mock. */
export class Exchange {
  readonly world: World
  readonly request: Request
  readonly root: string
  readonly server: Wire['server']
  readonly wire: Wire | undefined
  readonly authorized: boolean
  /** As sent, without the project's root; routing may rewrite it. */
  readonly target: GoUrl
  /** The escaped path that routes match. */
  path: Bytes
  /** The path as links show it. */
  shown: Bytes
  /** Whether a route was found, be it a redirect. */
  routed = false
  /** Which of Kratos' servers answers: on a port that plays both, the path decides. */
  side: 'admin' | 'public'
  operation: Operation | undefined
  #query: Query | undefined

  constructor(parts: ExchangeParts) {
    this.world = parts.world
    this.request = parts.request
    this.root = parts.root
    this.server = parts.server
    this.wire = parts.wire
    this.authorized = parts.authorized
    this.target = parts.url
    this.path = parts.url.path
    this.shown = parts.url.path
    this.side = parts.server === 'public' ? 'public' : 'admin'
  }

  /** The status that the request got, 0 for none, once it is known. */
  answered(_status: number): void {}

  get method(): string {
    return this.request.method
  }

  get query(): Query {
    return (this.#query ??= new Query(this.target.query))
  }

  header(name: string): string | undefined {
    return this.request.headers.get(name) ?? undefined
  }

  /** Aborts when the client leaves. */
  get signal(): AbortSignal {
    return this.wire?.signal ?? this.request.signal
  }

  /** The path segment that the operation's `{name}` took, percent-decoded. */
  param(name: string): Bytes {
    const at = this.operation!.path.split('/').indexOf(`{${name}}`)
    const segment = this.path.split('/')[at] ?? ''
    return unescapeBytes(segment) ?? segment
  }

  /** The body's bytes. @throws BodyTooLarge past 5 MiB, having read no more than that. */
  async body(): Promise<Uint8Array> {
    if (this.request.body === null) return new Uint8Array()
    if (Number(this.header('content-length') ?? 0) > MAX_BODY) throw new BodyTooLarge()
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of this.request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > MAX_BODY) throw new BodyTooLarge()
      chunks.push(chunk)
    }
    const whole = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) {
      whole.set(chunk, at)
      at += chunk.length
    }
    return whole
  }
}
