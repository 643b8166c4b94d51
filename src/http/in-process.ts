import { homeward, type Handle } from '../control/handle.ts'
import { isBodiless, type Head, type Parcel } from '../model/answer.ts'
import { DroppedConnection } from '../model/errors.ts'
import { platformHeaders } from '../model/headers.ts'
import type { RawHeaders, ServerKind, Wire } from '../model/wire.ts'

/** What `fetch` rejects with when a connection ends before an answer. */
const connectionError = (how: 'reset' | 'close'): TypeError =>
  new TypeError('fetch failed', {
    cause:
      how === 'reset'
        ? Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' })
        : Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' }),
  })

/** What reading a body rejects with in `fetch` when its connection ends. */
const terminated = (how: 'reset' | 'close'): TypeError =>
  new TypeError('terminated', { cause: connectionError(how).cause })

const NEVER: AbortSignal = new AbortController().signal

type Write = (controller: ReadableStreamDefaultController<Uint8Array>) => void

/** A body whose parts are handed over one by one as the reader asks for them, so that none is lost to an error behind it. */
class WrittenBody {
  readonly stream: ReadableStream<Uint8Array>
  readonly #writes: Write[] = []
  #wake: (() => void) | undefined
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined

  /** @param left hears that the reader wants no more of it. */
  constructor(left: () => void) {
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      while (this.#writes.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#writes.shift()!(controller)
    }
    const start = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
      void (this.#controller = controller)
    this.stream = new ReadableStream<Uint8Array>({ start, pull, cancel: left }, { highWaterMark: 0 })
  }

  add(write: Write): void {
    this.#writes.push(write)
    this.#wake?.()
  }

  /** Fails at once, whatever was not read yet. */
  fail(reason: unknown): void {
    this.#controller?.error(reason)
    this.add(() => {})
  }
}

/** What a call of `fetch` asks for. */
export interface Call {
  readonly method: string
  readonly url: string
  readonly target: string
  readonly server: ServerKind
  readonly headers: Headers | undefined
  readonly signal: AbortSignal | undefined
  /** An answer that sends elsewhere is given as it is, unless a call asks otherwise: tests look at it. */
  readonly redirect: RequestRedirect
  /** Absent where nothing needed it yet. */
  readonly request: Request | undefined
  readonly given?: Wire['given']
}

/** As much of a `Request` without a body as a server asks of one: a whole one brings an AbortController along. */
class BareRequest implements Pick<Request, 'method' | 'url' | 'headers' | 'signal' | 'body'> {
  readonly method: string
  readonly url: string
  readonly signal: AbortSignal
  readonly body = null
  readonly #headers: Headers | undefined

  constructor({ method, url, headers, signal = NEVER }: Call) {
    this.method = method
    this.url = url
    this.signal = signal
    this.#headers = headers
  }

  get headers(): Headers {
    return this.#headers ?? new Headers()
  }
}

const bareRequest = (call: Call): Request => new BareRequest(call) as Partial<Request> as Request

/** A call of `fetch` in this process. */
export class FetchWire implements Wire {
  readonly method: string
  readonly target: string
  readonly server: ServerKind
  readonly inProcess = true
  readonly #call: Call
  #response: Response | Promise<Response> | undefined
  #settle: { resolve: (response: Response) => void; reject: (reason: unknown) => void } | undefined
  #failure: { readonly reason: unknown } | undefined
  #written: WrittenBody | undefined
  #gone: AbortController | undefined
  /** Why the body that came with the call could not be read. */
  #broken: TypeError | undefined

  constructor(call: Call) {
    this.#call = call
    this.method = call.method
    this.target = call.target
    this.server = call.server
  }

  /** What `fetch` gives. Rejects as `fetch` does for a connection that ended without an answer. */
  get response(): Response | Promise<Response> {
    if (this.#failure !== undefined) throw this.#failure.reason
    return (this.#response ??= new Promise((resolve, reject) => (this.#settle = { resolve, reject })))
  }

  #answer(response: Response): void {
    if (this.#settle === undefined) this.#response = response
    else this.#settle.resolve(response)
  }

  #fail(reason: unknown): void {
    if (this.#settle === undefined) this.#failure = { reason }
    else this.#settle.reject(reason)
  }

  get rawHeaders(): RawHeaders {
    return this.#call.headers ?? []
  }

  get host(): string {
    return this.header('host') ?? new URL(this.#call.url).host
  }

  header(name: string): string | undefined {
    return this.#call.headers?.get(name) ?? undefined
  }

  get signal(): AbortSignal {
    return this.#gone?.signal ?? this.#call.signal ?? NEVER
  }

  get body(): AsyncIterable<Uint8Array> | undefined {
    const stream = this.#call.request?.body as ReadableStream<Uint8Array> | null | undefined
    return stream ? { [Symbol.asyncIterator]: () => this.#partsOf(stream) } : undefined
  }

  /** The parts of a body. Who wants no more of it need not wait for the next one. */
  #partsOf(stream: ReadableStream<Uint8Array>): AsyncIterator<Uint8Array> {
    const reader = stream.getReader()
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      try {
        return (await reader.read()) as IteratorResult<Uint8Array, undefined>
      } catch (cause) {
        this.#broken = new TypeError('fetch failed', { cause })
        throw new DroppedConnection('reset')
      }
    }
    const leave = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      reader.cancel().catch(() => {})
      return { done: true, value: undefined }
    }
    return { next, return: leave }
  }

  get given(): Wire['given'] {
    return this.#call.given
  }

  unread(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array())
  }

  send(parcel: Parcel): void {
    const { status, headers, placed, text } = parcel
    const isBare = placed.size === 0 || this.method === 'HEAD' || isBodiless(status)
    const body = isBare ? null : (text ?? placed.bytes)
    this.#answer(new Response(body as BodyInit | null, { status, headers: platformHeaders(headers) }))
  }

  cut(how: 'reset' | 'close'): void {
    const { signal } = this.#call
    if (this.#broken !== undefined) return this.#fail(this.#broken)
    if (this.#written === undefined) return this.#fail(signal?.aborted === true ? signal.reason : connectionError(how))
    if (signal?.aborted === true) this.#written.fail(signal.reason)
    else this.#written.add((controller) => controller.error(terminated(how)))
  }

  async head(head: Head): Promise<void> {
    const { status } = head
    const headers = platformHeaders(head.headers)
    if (isBodiless(status)) return this.#answer(new Response(null, { status, headers }))
    const gone = new AbortController()
    const { signal } = this.#call
    signal?.addEventListener('abort', () => gone.abort(signal.reason), { once: true })
    this.#gone = gone
    this.#written = new WrittenBody(() => gone.abort())
    this.#answer(new Response(this.#written.stream, { status, headers }))
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#written?.add((controller) => controller.enqueue(new Uint8Array(chunk)))
  }

  end(): void {
    this.#written?.add((controller) => controller.close())
  }

  passTo(handle: (request: Request) => Response | Promise<Response>): void {
    const { request, signal } = this.#call
    void (async () => {
      try {
        const response = await handle(request ?? bareRequest(this.#call))
        signal?.throwIfAborted()
        this.#answer(response)
      } catch (error) {
        if (error instanceof DroppedConnection) this.cut(error.how)
        else this.#fail(error)
      }
    })()
  }
}

/** What a URL parser may change behind an origin, and dots that it surely does. */
const UNPLAIN = /[^\w.~!$&()*+,;=:@/?-]/
const isPlain = (path: string): boolean =>
  path.startsWith('/') && !path.startsWith('//') && !path.includes('/.') && !UNPLAIN.test(path)

/** Methods that `fetch` sends as they are, asked for without a body. */
const BARE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS'])

/** Reads what the `fetch` of a handle is given. */
export class CallReader {
  readonly #to: Handle
  readonly #path: string
  readonly #serverAt: (url: string) => ServerKind

  constructor(to: Handle, serverAt: (url: string) => ServerKind) {
    this.#to = to
    this.#path = new URL(to.url).pathname.replace(/\/$/, '')
    this.#serverAt = serverAt
  }

  /** No `Request` is made where a URL is asked for without a body: one costs several times what the mock does. */
  read(input: string | URL | Request, init: RequestInit | undefined): Call {
    const method = init?.method ?? 'GET'
    const isBare = (init?.body ?? null) === null && BARE.has(method)
    if (typeof input === 'string' && isBare) return this.#bare(input, method, init)
    const request =
      init === undefined && input instanceof Request
        ? input
        : new Request(typeof input === 'string' ? homeward(this.#to, input) : input, init)
    const { url, headers, signal } = request
    // A `Request` says `follow` where nobody said anything.
    const redirect = init?.redirect ?? (request.redirect === 'error' ? 'error' : 'manual')
    signal.throwIfAborted()
    return { method: request.method, headers, signal, redirect, request, ...this.#place(url) }
  }

  #bare(text: string, method: string, init: RequestInit | undefined): Call {
    const headers = init?.headers === undefined ? undefined : new Headers(init.headers)
    const signal = init?.signal ?? undefined
    signal?.throwIfAborted()
    const call = { method, headers, signal, redirect: init?.redirect ?? 'manual', request: undefined } as const
    const base = this.#to.url
    const rest = text.startsWith(base) ? text.slice(base.length) : text
    if (!isPlain(rest)) return { ...call, ...this.#place(text) }
    const url = base + rest
    return { ...call, url, target: this.#path + rest, server: this.#serverAt(url) }
  }

  #place(given: string): Pick<Call, 'url' | 'target' | 'server'> {
    const { href, pathname, search } = new URL(homeward(this.#to, given))
    return { url: href, target: pathname + search, server: this.#serverAt(href) }
  }
}
