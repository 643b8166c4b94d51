import { shown } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { platformFetch } from '../model/platform-fetch.ts'
import type { Spelling } from '../seed/spelling.ts'
import { ControlError } from './control-error.ts'
import { noted, NOTATION_HEADER, type Noted } from './notation.ts'

interface ErrorGeneric {
  readonly code?: number
  readonly reason?: string
  readonly message?: string
  readonly details?: Readonly<Record<string, unknown>>
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** How much of a foreign answer a message shows, in letters. */
const MOST_SHOWN = 80

/** As much of an answer as is read here. */
export type Answered = Pick<Response, 'ok' | 'status' | 'url' | 'text'>

const stranger = ({ url, status }: Answered, text: string): ControlError =>
  new ControlError(
    status,
    `${url} is no mock: it answered ${status} ${text === '' ? 'with nothing' : shown(text.slice(0, MOST_SHOWN), 100)}.`,
  )

const refusalOf = (response: Answered, text: string): ControlError => {
  const body = jsonOf(text)
  if (!isObject(body) || !isObject(body['error'])) return stranger(response, text)
  const { reason, message, details } = body['error'] as ErrorGeneric
  return new ControlError(response.status, reason ?? message ?? '', details)
}

/** Whether an answer has the form that a mock gives it. */
type Form = (value: unknown) => boolean

/** The forms of answers: nothing, an array, or an object with these properties, each a string or an array. */
export const nothing: Form = (value) => value === undefined
export const array: Form = Array.isArray
export const having =
  (...names: readonly string[]): Form =>
  (value) =>
    isObject(value) && names.every((name) => typeof value[name] === 'string' || Array.isArray(value[name]))

/** What a call of `/_mock` brings. */
interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** What the call is about, before it is JSON. */
  readonly value?: unknown
  /** How it was spelled, where the value says less. */
  readonly spelling?: Spelling | undefined
  /** The value as JSON, where it was made already. */
  readonly json?: Noted | undefined
}

/** A `fetch` for calls of `/_mock`, which turns values into JSON, or hands them over as they are. */
export type ControlFetch = (url: string, sent: Sent) => Promise<Answered>

const jsonText = ({ value, spelling, json }: Sent): Noted =>
  spelling === undefined ? (json ?? noted(value)) : { text: spelling.json() }

/** Calls `/_mock` with the platform's `fetch`: a GET has its value in the query, as a filter. */
export const overHttp: ControlFetch = async (url, sent) => {
  const { method } = sent
  if (!('value' in sent)) return await platformFetch(url, { method, headers: sent.headers })
  const { text: body, marks } = jsonText(sent)
  const headers = marks === undefined ? sent.headers : { ...sent.headers, [NOTATION_HEADER]: marks }
  const init =
    method === 'GET' ? { headers } : { method, body, headers: { 'Content-Type': 'application/json', ...headers } }
  return await platformFetch(method === 'GET' ? `${url}?filter=${encodeURIComponent(body)}` : url, init)
}

/** What a call may bring beside its value. */
interface More extends Partial<Pick<Sent, 'headers' | 'spelling'>> {
  /** Whether JSON is known to hold the value. */
  readonly isFit?: boolean
}

/** The calls of `/_mock` at one root. */
export class Remote {
  readonly #fetch: ControlFetch
  readonly #root: string
  readonly #own: Readonly<Record<string, string>>

  /** @param own headers of every call. */
  constructor(fetch: ControlFetch, root: string, own: Readonly<Record<string, string>> = {}) {
    this.#fetch = fetch
    this.#root = root
    this.#own = own
  }

  /** @throws ControlError for what was refused, with status 0 where nothing answers, and for what no mock answers. */
  async call<T = void>(
    method: string,
    path: string,
    form: Form,
    ...given: readonly [value?: unknown, more?: More]
  ): Promise<T> {
    const [value, more] = given
    const sent = { method, headers: { ...this.#own, ...more?.headers }, spelling: more?.spelling }
    const isNothing = given.length === 0 || (method === 'GET' && value === undefined)
    // What a caller's own value throws while it is read is the caller's, whatever the way.
    const json = isNothing || more?.isFit === true ? undefined : noted(value)
    let response: Answered
    let text: string
    try {
      response = await this.#fetch(`${this.#root}/_mock${path}`, isNothing ? sent : { ...sent, value, json })
      text = await response.text()
    } catch (error) {
      if (error instanceof ControlError) throw error
      throw new ControlError(0, `No mock answers at ${this.#root}.`, undefined, { cause: error })
    }
    if (!response.ok) throw refusalOf(response, text)
    const answered = response.status === 204 ? undefined : (jsonOf(text) ?? null)
    if (!form(answered)) throw stranger(response, text)
    return answered as T
  }
}
