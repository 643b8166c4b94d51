import { ASYNC_DISPOSE } from './model/async-dispose.ts'
import { CALL_SITE_HEADER, callSite } from './control/call-site.ts'
import { controlled, ControlError } from './control/control-error.ts'
import { readSnapshotId, readTimeout, shown } from './control/inputs.ts'
import { resolveInput } from './control/resolve-input.ts'
import type { ArmedRule } from './faults/rule.ts'
import { asHandle } from './control/handle.ts'
import type { RecordedRequest } from './journal/entry.ts'
import { HANDLE_HEADER } from './journal/head.ts'
import type { Mock, MockClock, MockFaults, MockProject, MockRequests, SignedIn, Snapshot } from './mock-interface.ts'
import { parseTime } from './model/time.ts'
import { refuseUnread } from './seed/apply.ts'
import type { SeededJson } from './seed/seed.ts'
import { sourcesOf } from './seed/sources.ts'
import { dateOf } from './world/clock.ts'

interface ErrorGeneric {
  readonly error?: {
    readonly code?: number
    readonly reason?: string
    readonly message?: string
    readonly details?: Readonly<Record<string, unknown>>
  }
}

const refusalOf = async (response: Response): Promise<ControlError> => {
  const text = await response.text()
  let body: ErrorGeneric | undefined
  try {
    body = JSON.parse(text) as ErrorGeneric
  } catch {
    // Not one of our answers.
  }
  const error = body?.error
  if (error === undefined)
    return new ControlError(
      response.status,
      `${response.url} is no mock: it answered ${response.status} ${shown(text.slice(0, 80))}.`,
    )
  return new ControlError(response.status, error.reason ?? error.message ?? '', error.details)
}

/** The calls of `/_mock` at one root. */
class Remote {
  readonly #root: string
  readonly #own: Readonly<Record<string, string>>

  /** @param own headers of every call. */
  constructor(root: string, own: Readonly<Record<string, string>>) {
    this.#root = root
    this.#own = own
  }

  async call<T = undefined>(
    method: string,
    path: string,
    body?: unknown,
    more?: Readonly<Record<string, string>>,
  ): Promise<T> {
    const init =
      body === undefined
        ? { method, headers: { ...this.#own, ...more } }
        : {
            method,
            body: JSON.stringify(body),
            headers: { 'Content-Type': 'application/json', ...this.#own, ...more },
          }
    let response: Response
    try {
      response = await fetch(`${this.#root}/_mock${path}`, init)
    } catch (error) {
      throw new ControlError(0, `No mock answers at ${this.#root}.`, undefined, { cause: error })
    }
    if (!response.ok) throw await refusalOf(response)
    return (response.status === 204 ? undefined : await response.json()) as T
  }
}

class ConnectedMock implements Mock {
  readonly url: string
  readonly publicUrl: string
  readonly clock: MockClock
  readonly faults: MockFaults
  readonly requests: MockRequests
  readonly #remote: Remote

  /** @param token of the project that this is a handle of. */
  constructor(url: string, publicUrl: string, token?: string) {
    this.url = url
    this.publicUrl = publicUrl
    const remote = new Remote(url, token === undefined ? {} : { [HANDLE_HEADER]: token })
    this.#remote = remote
    const moved = async (method: string, path: string, body?: unknown): Promise<Date> => {
      const { now } = await remote.call<{ now: string }>(method, path, body)
      return dateOf(parseTime(now)!.micros)
    }
    this.clock = {
      now: () => moved('GET', '/clock'),
      set: (time) => moved('PUT', '/clock', { now: time }),
      advance: (by) => moved('POST', '/clock/advance', { by }),
      freeze: () => moved('PUT', '/clock', { running: false }),
      run: () => moved('PUT', '/clock', { running: true }),
    }
    const add = (rules: unknown): Promise<unknown> => {
      const from = callSite(add)
      return remote.call(
        'POST',
        '/faults',
        rules,
        from === undefined ? {} : { [CALL_SITE_HEADER]: encodeURIComponent(from) },
      )
    }
    this.faults = {
      add: add as MockFaults['add'],
      list: () => remote.call<readonly ArmedRule[]>('GET', '/faults'),
      remove: (rule) =>
        remote.call('DELETE', `/faults/${encodeURIComponent(typeof rule === 'string' ? rule : rule.id)}`),
      clear: () => remote.call('DELETE', '/faults'),
      verify: () => remote.call('POST', '/faults/verify'),
    }
    this.requests = {
      list: (filter) => {
        const query = filter === undefined ? '' : `?filter=${encodeURIComponent(JSON.stringify(filter))}`
        return remote.call<readonly RecordedRequest[]>('GET', `/requests${query}`)
      },
      wait: async (filter, options) => {
        const timeout = await controlled(() => readTimeout(options?.timeout))
        return await remote.call<RecordedRequest>('POST', '/requests/wait', { filter, timeout })
      },
      clear: () => remote.call('DELETE', '/requests'),
    }
  }

  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    return fetch(resolveInput(input, this.url), init)
  }

  async seed(fixture: unknown): Promise<SeededJson> {
    // Files are read here: the other process may run elsewhere.
    const sources = await sourcesOf(fixture)
    await refuseUnread(sources)
    const values = sources.map(({ value }) => value)
    return await this.#remote.call<SeededJson>(
      'POST',
      '/seed',
      fixture === undefined ? undefined : values.length === 1 ? values[0] : values,
    )
  }

  signIn(...[identity, options]: Parameters<Mock['signIn']>): Promise<SignedIn> {
    return this.#remote.call<SignedIn>('POST', '/sign-in', { ...options, identity })
  }

  reset(): Promise<void> {
    return this.#remote.call('POST', '/reset')
  }

  snapshot(): Promise<Snapshot> {
    return this.#remote.call<Snapshot>('POST', '/snapshots')
  }

  async restore(snapshot: Snapshot): Promise<void> {
    const id = await controlled(() => readSnapshotId(snapshot))
    await this.#remote.call('POST', `/snapshots/${encodeURIComponent(id)}/restore`)
  }

  async project(name?: string): Promise<MockProject> {
    const made = await this.#remote.call<{ name: string; url: string; publicUrl: string; token: string }>(
      'POST',
      '/projects',
      { name },
    )
    return new ConnectedProject(this.#remote, made)
  }

  async close(): Promise<void> {}

  [ASYNC_DISPOSE](): Promise<void> {
    return this.close()
  }
}

class ConnectedProject extends ConnectedMock implements MockProject {
  readonly name: string
  readonly token: string
  readonly #maker: Remote

  constructor(
    maker: Remote,
    made: { readonly name: string; readonly url: string; readonly publicUrl: string; readonly token: string },
  ) {
    super(made.url, made.publicUrl, made.token)
    this.name = made.name
    this.token = made.token
    this.#maker = maker
  }

  override fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    return fetch(...asHandle(this, resolveInput(input, this.url), init))
  }

  override async close(): Promise<void> {
    try {
      await this.#maker.call('DELETE', `/projects/${this.name}`, undefined, { [HANDLE_HEADER]: this.token })
    } catch (error) {
      if (!(error instanceof ControlError && [404, 410].includes(error.status))) throw error
    }
  }
}

export interface ConnectOptions {
  /** Where the public API is, when it has a port of its own. Default: the same URL. */
  readonly publicUrl?: string | undefined
}

const rootOf = (url: string | URL): string => {
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw new TypeError(`${parsed.href} is no http URL.`)
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}

/**
 * Controls a mock in another process. `close` leaves it running.
 * @param url of a mock or of one of its projects.
 * @throws TypeError for what is no URL. Whether a mock is there shows with the first call.
 * @example const ory = connect(process.env.ORY_MOCK_URL)
 */
export const connect = (url: string | URL, { publicUrl }: ConnectOptions = {}): Mock => {
  const root = rootOf(url)
  return new ConnectedMock(root, publicUrl === undefined ? root : rootOf(publicUrl))
}
