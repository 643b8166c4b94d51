import type { FirstView } from '../../control/first-view.ts'
import type { Mock } from '../../mock-interface.ts'
import { known } from './known.ts'
import { Store } from './store.ts'

/** The root of the mock or project that this page belongs to. */
export const root: string = location.origin + location.pathname.replace(/\/_mock\/ui\/?$/, '')

/** The root of the whole mock. */
export const wholeRoot: string = root.replace(/\/_mock\/projects\/[^/]+$/, '')

/** The project as a test controls it; loaded when something is first done, since what only shows needs none of it. */
export const mock = async (): Promise<Mock> => (await import('../../connect.ts')).connect(root)

/** What the project is. */
export const card: Store<FirstView['project']> = new Store<FirstView['project']>(known.project)

/** What a mock answered instead of doing what it was asked to. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

interface ErrorGeneric {
  readonly error?: { readonly reason?: string; readonly message?: string }
}

const reasonOf = async (response: Response): Promise<string> => {
  const text = await response.text()
  const rule = response.headers.get('ory-mock-fault')
  const by = rule === null ? '' : ` The fault rule ${rule} acted.`
  try {
    const { error } = JSON.parse(text) as ErrorGeneric
    const said = error?.reason ?? error?.message
    if (said !== undefined) return `${said}${by}`
  } catch {
    // A fault may have sent anything.
  }
  return `The answer was ${response.status}.${by}`
}

/** @throws Refusal in the mock's own words, also for a connection that ended without an answer. */
const ask = async (url: string, init: RequestInit): Promise<Response> => {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    throw new Refusal(0, 'The connection ended without an answer.')
  }
  if (!response.ok) throw new Refusal(response.status, await reasonOf(response))
  return response
}

interface ControlInit extends RequestInit {
  /** The root of what is asked. Default: that of this page. */
  readonly at?: string
}

/** Asks the control plane. */
export const control = async <T>(path: string, { at = root, ...init }: ControlInit = {}): Promise<T> => {
  const response = await ask(`${at}/_mock${path}`, init)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** The headers that the admin API asks for. */
export const authorization = (): Readonly<Record<string, string>> => {
  const { token } = card.value
  return token === '' ? {} : { Authorization: `Bearer ${token}` }
}

/** Asks the API of the project, as an application would: it is in the journal, and fault rules act on it. */
export const api = async (method: string, path: string, body?: unknown): Promise<Response> =>
  ask(root + path, {
    method,
    headers: { ...authorization(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
