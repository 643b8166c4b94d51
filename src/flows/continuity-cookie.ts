import { fromBase64Url, toBase64Url } from '../go/base64.ts'
import { cookieLine, cookiesNamed } from '../go/cookies.ts'
import type { Micros } from '../model/time.ts'
import { dateOf } from '../world/clock.ts'

const NAME = 'ory_kratos_continuity'
/** Thirty days, in seconds. */
const LIFESPAN = 2_592_000

/** By method, the flow that a browser is to go on with. */
type Held = Map<string, string>

const held = (header: string | undefined): Held => {
  const [sent = ''] = cookiesNamed(header, NAME)
  try {
    const found = Object.entries(JSON.parse(fromBase64Url(sent) ?? '') as Record<string, unknown>)
    return new Map(found.filter((one): one is [string, string] => typeof one[1] === 'string'))
  } catch {
    return new Map()
  }
}

/** What a browser keeps of submissions that wait for a login. Kratos signs it, and nobody else reads it. */
export class ContinuityCookie {
  readonly #header: string | undefined
  readonly #set: (line: string) => void
  #held: Held | undefined

  constructor(header: string | undefined, set: (line: string) => void) {
    this.#header = header
    this.#set = set
  }

  /** The flow of a method. Once one was asked for that is not there, what else there is counts no more (x/cookie.go SessionGetString). */
  get(method: string): string | undefined {
    if (this.#held?.has(method) !== true) this.#held = held(this.#header)
    const id = this.#held.get(method)
    if (id === undefined) this.#held = new Map()
    return id
  }

  keep(method: string, flowId: string, now: Micros): void {
    this.#held ??= held(this.#header)
    this.#held.set(method, flowId)
    this.#write(now)
  }

  forget(method: string, now: Micros): void {
    if (this.get(method) === undefined) return
    this.#held!.delete(method)
    this.#write(now)
  }

  #write(now: Micros): void {
    const expires = dateOf(now + LIFESPAN * 1e6).toUTCString()
    const value = toBase64Url(JSON.stringify(Object.fromEntries(this.#held!)))
    this.#set(cookieLine(NAME, value, { domain: '', path: '/', maxAge: LIFESPAN, expires, sameSite: 'Lax' }))
  }
}
