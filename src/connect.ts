import { ASYNC_DISPOSE } from './model/async-dispose.ts'
import { CALL_SITE_HEADER, callSite } from './control/call-site.ts'
import { controlled, ControlError } from './control/control-error.ts'
import { readProjectOptions, readSnapshotId, readTimeout } from './control/inputs.ts'
import { array, having, nothing, Remote } from './control/remote.ts'
import { resolveInput } from './control/resolve-input.ts'
import type { ArmedRule } from './faults/rule.ts'
import { asHandle } from './control/handle.ts'
import type { RecordedRequest } from './journal/entry.ts'
import { HANDLE_HEADER } from './journal/head.ts'
import type {
  Mock,
  MockClock,
  MockFaults,
  MockProject,
  MockRequests,
  ProjectOptions,
  Snapshot,
} from './mock-interface.ts'
import { shown } from './model/flaw.ts'
import { parseTime } from './model/time.ts'
import { refuseUnread } from './seed/apply.ts'
import type { Seed } from './seed/fixture.ts'
import { refuseAsElsewhere } from './seed/relocate.ts'
import type { SeededJson } from './seed/seed.ts'
import { sourcesOf } from './seed/sources.ts'
import { dateOf } from './world/clock.ts'

/** What `/_mock/projects` says of a project that it made. */
interface MadeProject extends Pick<MockProject, 'name' | 'url' | 'publicUrl' | 'token'> {}

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
      const { now } = await remote.call<{ now: string }>(method, path, having('now'), body)
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
        Array.isArray(rules) ? array : having('id'),
        rules,
        from === undefined ? {} : { [CALL_SITE_HEADER]: encodeURIComponent(from) },
      )
    }
    this.faults = {
      add: add as MockFaults['add'],
      list: () => remote.call<readonly ArmedRule[]>('GET', '/faults', array),
      remove: (rule) =>
        remote.call('DELETE', `/faults/${encodeURIComponent(typeof rule === 'string' ? rule : rule.id)}`, nothing),
      clear: () => remote.call('DELETE', '/faults', nothing),
      verify: () => remote.call('POST', '/faults/verify', nothing),
    }
    this.requests = {
      list: (filter) => {
        const query = filter === undefined ? '' : `?filter=${encodeURIComponent(JSON.stringify(filter))}`
        return remote.call<readonly RecordedRequest[]>('GET', `/requests${query}`, array)
      },
      wait: async (filter, options) => {
        const timeout = await controlled(() => readTimeout(options?.timeout))
        return await remote.call<RecordedRequest>('POST', '/requests/wait', having('method', 'path'), {
          filter,
          timeout,
        })
      },
      clear: () => remote.call('DELETE', '/requests', nothing),
    }
  }

  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    return fetch(resolveInput(input, this.url), init)
  }

  /** Sends what files hold, which are read here: the other process may run elsewhere. */
  async #sending<T>(seed: Seed | undefined, send: (value: unknown) => Promise<T>): Promise<T> {
    if (seed === undefined) return await send(undefined)
    const sources = await sourcesOf(seed)
    await refuseUnread(sources)
    const values = sources.map(({ value }) => value)
    try {
      return await send(values.length === 1 ? values[0] : values)
    } catch (error) {
      if (error instanceof ControlError) await refuseAsElsewhere(sources, error.details?.['problems'])
      throw error
    }
  }

  seed(fixture: Seed): Promise<SeededJson> {
    return this.#sending(fixture, (value) =>
      this.#remote.call<SeededJson>('POST', '/seed', having('identities', 'sessions'), value),
    )
  }

  reset(): Promise<void> {
    return this.#remote.call('POST', '/reset', nothing)
  }

  snapshot(): Promise<Snapshot> {
    return this.#remote.call<Snapshot>('POST', '/snapshots', having('id'))
  }

  async restore(snapshot: Snapshot): Promise<void> {
    const id = await controlled(() => readSnapshotId(snapshot))
    await this.#remote.call('POST', `/snapshots/${encodeURIComponent(id)}/restore`, nothing)
  }

  async project(options?: string | ProjectOptions): Promise<MockProject> {
    const { seed, ...rest } = await controlled(() => readProjectOptions(options))
    const made = await this.#sending(seed as Seed | undefined, (value) =>
      this.#remote.call<MadeProject>('POST', '/projects', having('name', 'url', 'publicUrl', 'token'), {
        ...rest,
        seed: value,
      }),
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

  constructor(maker: Remote, made: MadeProject) {
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
      await this.#maker.call('DELETE', `/projects/${this.name}`, nothing, undefined, { [HANDLE_HEADER]: this.token })
    } catch (error) {
      if (!(error instanceof ControlError && [404, 410].includes(error.status))) throw error
    }
  }
}

export interface ConnectOptions {
  /** Where the public API is, when it has a port of its own. Default: the same URL. */
  readonly publicUrl?: string | undefined
}

const rootOf = (url: string | URL | undefined): string => {
  if (url === undefined || url === '') {
    throw new TypeError(
      `connect needs the URL of a mock, such as http://127.0.0.1:4434, and got ${url === '' ? 'an empty text' : 'undefined'}. ` +
        'Is the variable of the environment set, and the mock started before?',
    )
  }
  if (!URL.canParse(url)) throw new TypeError(`${shown(url)} is no URL of a mock, such as http://127.0.0.1:4434.`)
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw new TypeError(`${parsed.href} is no http URL.`)
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`
}

/**
 * Controls a mock in another process. `close` leaves it running.
 * @param url of a mock or of one of its projects.
 * @throws TypeError for what is no URL, such as a variable that is not set. Whether a mock is there shows with the first call.
 * @example const ory = connect(process.env.ORY_MOCK_URL)
 */
export const connect = (url: string | URL | undefined, { publicUrl }: ConnectOptions = {}): Mock => {
  const root = rootOf(url)
  return new ConnectedMock(root, publicUrl === undefined ? root : rootOf(publicUrl))
}
