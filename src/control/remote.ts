import { shown } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { ControlError } from './control-error.ts'

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

const stranger = ({ url, status }: Response, text: string): ControlError =>
  new ControlError(
    status,
    `${url} is no mock: it answered ${status} ${text === '' ? 'with nothing' : shown(text.slice(0, MOST_SHOWN), 100)}.`,
  )

const refusalOf = (response: Response, text: string): ControlError => {
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

/** The calls of `/_mock` at one root. */
export class Remote {
  readonly #root: string
  readonly #own: Readonly<Record<string, string>>

  /** @param own headers of every call. */
  constructor(root: string, own: Readonly<Record<string, string>> = {}) {
    this.#root = root
    this.#own = own
  }

  /** @throws ControlError for what was refused, with status 0 where nothing answers, and for what no mock answers. */
  async call<T = void>(
    method: string,
    path: string,
    form: Form,
    body?: unknown,
    more?: Readonly<Record<string, string>>,
  ): Promise<T> {
    const headers = { ...this.#own, ...more }
    const init =
      body === undefined
        ? { method, headers }
        : { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } }
    let response: Response
    let text: string
    try {
      response = await fetch(`${this.#root}/_mock${path}`, init)
      text = await response.text()
    } catch (error) {
      throw new ControlError(0, `No mock answers at ${this.#root}.`, undefined, { cause: error })
    }
    if (!response.ok) throw refusalOf(response, text)
    const value = response.status === 204 ? undefined : (jsonOf(text) ?? null)
    if (!form(value)) throw stranger(response, text)
    return value as T
  }
}
