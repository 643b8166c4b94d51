import type { ArmedRule } from '../faults/rule.ts'
import type { RecordedRequest } from '../journal/entry.ts'
import { HANDLE_HEADER } from '../journal/head.ts'
import type {
  Mock,
  MockClock,
  MockFaults,
  MockProject,
  MockRequests,
  ProjectOptions,
  SignedIn,
  Snapshot,
} from '../mock-interface.ts'
import { ASYNC_DISPOSE } from '../model/async-dispose.ts'
import { parseTime } from '../model/time.ts'
import { refuseUnsendable } from '../seed/apply.ts'
import type { Seed } from '../seed/fixture.ts'
import { refuseAsElsewhere } from '../seed/relocate.ts'
import type { SeededJson } from '../seed/seed.ts'
import { spelledWithin, spellingOfSources, type Spelling } from '../seed/spelling.ts'
import { sourcesOf } from '../seed/sources.ts'
import { dateOf } from '../world/clock.ts'
import { CALL_SITE_HEADER, callSite } from './call-site.ts'
import { controlled, ControlError } from './control-error.ts'
import type { Handle } from './handle.ts'
import { readFields, readProjectOptions, readRuleId, readSnapshotId, readTimeout } from './inputs.ts'
import { noted } from './notation.ts'
import { array, having, nothing, Remote, type ControlFetch } from './remote.ts'

/** The ways to a mock: what a client of it is made of. */
export interface Ways {
  /** To `/_mock`. */
  readonly control: ControlFetch
  /** To the API of the whole mock or of a project: a `fetch` that counts paths from `url`. */
  readonly api: (to: Handle) => Mock['fetch']
  /** Ends the whole mock, where it is the client's to end. */
  readonly close: () => Promise<void>
}

/** An id as a segment of a path. */
const segment = (id: unknown): string => encodeURIComponent(String(id).replaceAll(/\p{Surrogate}/gu, '\ufffd'))

/** The methods that stand on the prototype: each instance has its own, so that it can be taken off. */
const VERBS = ['seed', 'signIn', 'reset', 'snapshot', 'restore', 'project', 'close'] as const
const TAKEN_OFF = { writable: true, configurable: true } as const

/** The `Mock` interface over any way to a mock: every verb is a call of `/_mock`. */
class Client implements Mock {
  readonly url: string
  readonly publicUrl: string
  readonly fetch: Mock['fetch']
  readonly clock: MockClock
  readonly faults: MockFaults
  readonly requests: MockRequests
  readonly #ways: Ways
  readonly #remote: Remote

  constructor(ways: Ways, to: Handle) {
    const { url, publicUrl, token } = to
    for (const verb of VERBS) Object.defineProperty(this, verb, { value: this[verb].bind(this), ...TAKEN_OFF })
    this.url = url
    this.publicUrl = publicUrl
    this.fetch = ways.api(to)
    this.#ways = ways
    const remote = new Remote(ways.control, url, token === undefined ? {} : { [HANDLE_HEADER]: token })
    this.#remote = remote
    const moved = async (method: string, path: string, time?: unknown): Promise<Date> => {
      const { now } = await remote.call<{ now: string }>(method, path, having('now'), time)
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
      const headers: Record<string, string> = from === undefined ? {} : { [CALL_SITE_HEADER]: encodeURIComponent(from) }
      return remote.call('POST', '/faults', Array.isArray(rules) ? array : having('id'), rules, { headers })
    }
    this.faults = {
      add: add as MockFaults['add'],
      list: () => remote.call<readonly ArmedRule[]>('GET', '/faults', array),
      remove: async (rule) => {
        const id = await controlled(() => readRuleId(rule))
        await remote.call('DELETE', `/faults/${segment(id)}`, nothing)
      },
      clear: () => remote.call('DELETE', '/faults', nothing),
      verify: () => remote.call('POST', '/faults/verify', nothing),
    }
    this.requests = {
      list: (filter) => remote.call<readonly RecordedRequest[]>('GET', '/requests', array, filter),
      wait: async (filter, options) => {
        const timeout = await controlled(() => readTimeout(readFields(options ?? {}, ['timeout']).timeout))
        const form = having('method', 'path')
        return await remote.call<RecordedRequest>('POST', '/requests/wait', form, { filter, timeout })
      },
      clear: () => remote.call('DELETE', '/requests', nothing),
    }
  }

  /** Sends what files hold, which are read here: the mock may run elsewhere. */
  async #sending<T>(seed: Seed | undefined, send: (value: unknown, spelling?: Spelling) => Promise<T>): Promise<T> {
    if (seed === undefined) return await send(undefined)
    const sources = await sourcesOf(seed)
    await refuseUnsendable(sources)
    const values = sources.map(({ value }) => value)
    try {
      return await send(values.length === 1 ? values[0] : values, spellingOfSources(sources))
    } catch (error) {
      if (error instanceof ControlError) await refuseAsElsewhere(sources, error.details?.['problems'])
      throw error
    }
  }

  seed(fixture: Seed): Promise<SeededJson> {
    return this.#sending(fixture, (value, spelling) =>
      this.#remote.call<SeededJson>('POST', '/seed', having('identities', 'sessions'), value, {
        spelling,
        isFit: true,
      }),
    )
  }

  signIn(...[identity, options]: Parameters<Mock['signIn']>): Promise<SignedIn> {
    return this.#remote.call<SignedIn>('POST', '/sign-in', having('token', 'cookie'), { ...options, identity })
  }

  reset(): Promise<void> {
    return this.#remote.call('POST', '/reset', nothing)
  }

  snapshot(): Promise<Snapshot> {
    return this.#remote.call<Snapshot>('POST', '/snapshots', having('id'))
  }

  async restore(snapshot: Snapshot): Promise<void> {
    const id = await controlled(() => readSnapshotId(snapshot))
    await this.#remote.call('POST', `/snapshots/${segment(id)}/restore`, nothing)
  }

  async project(options?: string | ProjectOptions): Promise<MockProject> {
    const { seed, ...rest } = await controlled(() => readProjectOptions(options))
    const form = having('name', 'url', 'publicUrl', 'token')
    const made = await this.#sending(seed as Seed | undefined, (value, spelling) => {
      const within = spelling && noted(rest).marks === undefined ? spelledWithin(rest, 'seed', spelling) : undefined
      return this.#remote.call<Made>(
        'POST',
        '/projects',
        form,
        { ...rest, seed: value },
        {
          spelling: within,
          isFit: true,
        },
      )
    })
    return new ProjectClient(this.#ways, made)
  }

  close(): Promise<void> {
    return this.#ways.close()
  }

  [ASYNC_DISPOSE](): Promise<void> {
    return this.close()
  }
}

/** What `/_mock/projects` says of a project that it made. */
interface Made extends Pick<MockProject, 'name' | 'url' | 'publicUrl' | 'token'> {}

class ProjectClient extends Client implements MockProject {
  readonly name: string
  readonly token: string

  constructor(ways: Ways, made: Made) {
    const { name, token, url } = made
    const own = new Remote(ways.control, url, { [HANDLE_HEADER]: token })
    const close = async (): Promise<void> => {
      try {
        await own.call('DELETE', `/projects/${name}`, nothing)
      } catch (error) {
        if (!(error instanceof ControlError && [404, 410].includes(error.status))) throw error
      }
    }
    super({ ...ways, close }, made)
    this.name = name
    this.token = token
  }
}

/** A mock that is controlled in these ways. */
export const clientOf = (ways: Ways, to: Handle): Mock => new Client(ways, to)
