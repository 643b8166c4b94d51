import { KratosError } from '../model/errors.ts'
import { formatTime } from '../model/time.ts'
import type { Flow } from '../model/flow.ts'
import type { Session } from '../model/session.ts'
import type { SelfService } from '../model/selfservice.ts'
import type { Bytes } from '../go/bytes.ts'
import { cookiesNamed } from '../go/cookies.ts'
import { Query } from '../go/query.ts'
import { errorJson } from '../api/errors.ts'
import { callerOf, type Caller } from '../api/sessions/caller.ts'
import { droppedCookie, issuedCookie } from '../api/sessions/session-cookie.ts'
import { storedJson, storedTime } from '../databases/database.ts'
import type { World } from '../world/world.ts'
import { ContinuityCookie } from './continuity-cookie.ts'
import { csrfCookieLine, csrfViolation, drawnToken, masked, matches, tokenOf } from './csrf.ts'
import { refused, seeOther, type FlowReply, type FlowRequest } from './reply.ts'
import { negotiated } from './negotiate.ts'

/** What Kratos offers, in this order (x/isjsonrequest.go). */
const OFFERS = ['text/html', 'text/*', '*/*', 'application/json']

/** One request to a flow: who makes it, what it may be answered with, and the cookies that go with the answer. */
export class Visit {
  readonly world: World
  readonly request: FlowRequest
  readonly csrfName: string
  readonly now: number
  readonly config: SelfService
  readonly publicUrl: string
  readonly is13: boolean
  readonly is254: boolean
  /** Whether a form says of an address or a number in words of its own that it is none. */
  readonly knowsFormats: boolean
  /** Whether it is answered as by the release that is to come, whose reference `documented` follows, too. */
  readonly isNext: boolean
  /** The identity that the answer is about, where it is about one. */
  about: string | undefined
  /** Of what was submitted before somebody had to sign in once more. */
  readonly continuity: ContinuityCookie
  readonly #cookies = new Map<string, string>()
  #csrf: string | undefined
  #masked: string | undefined
  #caller: Caller | undefined | null = null

  constructor(world: World, request: FlowRequest, csrfName: string) {
    this.world = world
    this.request = request
    this.csrfName = csrfName
    this.now = world.clock.now()
    this.config = world.selfService
    this.publicUrl = world.origins.public
    const { knows } = world.profile
    this.is13 = !knows('v25.4.0')
    this.knowsFormats = knows('v26.2.0')
    this.is254 = !this.is13 && !this.knowsFormats
    this.isNext = knows('next')
    // Each change of it is a line of its own.
    const write = (line: string): unknown => this.#cookies.set(`continuity ${this.#cookies.size}`, line)
    this.continuity = new ContinuityCookie(request.header('cookie'), write)
    this.#csrf = tokenOf(cookiesNamed(request.header('cookie'), csrfName)[0] ?? '')
    if (this.#csrf === undefined && !request.keepsCsrfCookie) this.renewCsrf()
  }

  get url(): string {
    return this.publicUrl + this.request.target
  }

  /** `Set-Cookie`, a line each. */
  get cookies(): readonly string[] {
    return [...this.#cookies.values()]
  }

  /** Whether a script is answered, with JSON (x/isjsonrequest.go). */
  get isJson(): boolean {
    return (
      negotiated(this.request.header('accept'), OFFERS) === 'application/json' ||
      this.request.header('content-type') === 'application/json'
    )
  }

  /** Whether a page would be shown, which a request without an Accept header also gets. */
  get isBrowser(): boolean {
    return negotiated(this.request.header('accept'), OFFERS) === 'text/html'
  }

  /** Who makes the request, when a session proves it. */
  get caller(): Caller | undefined {
    if (this.#caller !== null) return this.#caller
    try {
      this.#caller = callerOf(this.world, this.request.token, { reason: '', mayBeInactive: false })
    } catch (error) {
      if (!(error instanceof KratosError)) throw error
      this.#caller = undefined
    }
    return this.#caller
  }

  /** From here on the request is somebody's who has just signed in, or has changed. */
  becomes(caller: Caller): void {
    this.#caller = caller
  }

  /** The token that all forms of this request get; none without a cookie, as native flows come. */
  csrfToken(): string {
    return this.#csrf === undefined ? '' : (this.#masked ??= masked(this.#csrf, this.world.random))
  }

  /** Draws another anti-CSRF token, as when somebody signs in or out: once, so that all forms of an answer have it. */
  renewCsrf(): void {
    if (this.#cookies.has(this.csrfName)) return
    this.#csrf = drawnToken(this.world.random)
    this.#masked = undefined
    this.#cookies.set(this.csrfName, csrfCookieLine(this.csrfName, this.#csrf, this.config.cookies))
  }

  /** Whether a flow's token is this browser's. */
  owns(flow: Flow): boolean {
    return flow.type === 'api' || matches(this.#csrf, flow.csrf)
  }

  /** Lets a submission pass whose token is the browser's; native ones must come from no browser (flow/request.go). */
  checkCsrf(flow: Flow, sent: string): void {
    if (flow.type === 'browser') {
      if (!matches(this.#csrf, sent)) throw this.csrfError(sent)
      return
    }
    const because = (what: string): string =>
      `The HTTP Request Header included the "${what}" key, indicating that this request was made ${what === 'Origin' ? 'as part of an AJAX request in a Browser' : 'by a Browser'}. The flow however was initiated as an API request. To prevent potential misuse and mitigate several attack vectors including CSRF, the request has been blocked. Please consult the documentation.`
    if (this.request.header('origin')) throw new KratosError(400, { reason: because('Origin') })
    const cookies = (this.request.header('cookie') ?? '').split(';').map((pair) => pair.trim().split('=')[0]!)
    if (cookies.some((name) => name !== '' && !/^(?:__cf|_cf|cf_)/.test(name)))
      throw new KratosError(400, { reason: because('Cookie') })
  }

  csrfError(sent = ''): KratosError {
    return csrfViolation((name) => this.request.header(name), this.csrfName, sent, this.world.profile)
  }

  /** Gives a browser the cookie of a session, and another anti-CSRF token where it was signed in as nobody or another. */
  issueCookie(session: Session): void {
    if (this.caller?.identity.id !== session.identity_id) this.renewCsrf()
    this.#cookies.set(this.config.cookieName, issuedCookie(this.world, session))
  }

  dropCookie(session: Session): void {
    this.#cookies.set(this.config.cookieName, droppedCookie(this.world, session))
  }

  /**
   * Sends a browser where an error says, or to the page for errors, and tells everybody else
   * (selfservice/errorx/manager.go Forward).
   */
  forward(error: KratosError, type: Flow['type'] = 'browser'): FlowReply {
    if (type === 'api' || this.isJson) return refused(error)
    const elsewhere = error.parts.beside?.['redirect_browser_to']
    if (typeof elsewhere === 'string') return seeOther(elsewhere)
    const id = this.world.random.uuid()
    const text = storedJson(this.world.database, errorJson(error))
    if (text === undefined) return refused(error)
    const created_at = storedTime(this.world.database, formatTime(this.now))
    this.world.store.write((draft) => draft.putFlowError({ id, error: text, created_at }))
    return seeOther(withParams(this.config.errorUiUrl, { id }))
  }
}

/** A URL with parameters set in its query, before its fragment, and some taken out of it, as Go prints them: sorted. */
export const withParams = (
  url: string,
  params: Readonly<Record<string, Bytes>>,
  without: readonly string[] = [],
): string => {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url)!
  const encoded = new Query(query).encodeWith(params, without)
  return `${base}${encoded === '' ? '' : `?${encoded}`}${fragment}`
}
