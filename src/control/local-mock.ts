import { ASYNC_DISPOSE } from '../model/async-dispose.ts'
import type { ArmedRule, FaultRule } from '../faults/rule.ts'
import type { RecordedRequest } from '../journal/entry.ts'
import type { RequestFilter } from '../journal/filter.ts'
import type {
  Mock,
  MockClock,
  MockFaults,
  MockProject,
  MockRequests,
  ProjectOptions,
  Snapshot,
} from '../mock-interface.ts'
import type { Seed } from '../seed/fixture.ts'
import type { SeededJson } from '../seed/seed.ts'
import { dateOf } from '../world/clock.ts'
import type { Project, Projects } from '../world/projects.ts'
import type { Turns } from '../world/turns.ts'
import { callSite } from './call-site.ts'
import { controlled } from './control-error.ts'
import { Control } from './control.ts'
import { readSnapshotId } from './inputs.ts'

/** What a mock in this process is made of. */
export interface LocalParts {
  readonly projects: Projects
  readonly turns: Turns
  /** A `fetch` that takes paths from `url` on. */
  readonly fetchFrom: (project: Project) => Mock['fetch']
  /** Ends the whole mock. */
  readonly close: () => Promise<void>
}

/** The `Mock` interface over a project of this process. */
class LocalMock implements Mock {
  readonly fetch: Mock['fetch']
  readonly clock: MockClock
  readonly faults: MockFaults
  readonly requests: MockRequests
  readonly #parts: LocalParts
  readonly #control: Control
  readonly #project: Project

  constructor(parts: LocalParts, project: Project) {
    this.#parts = parts
    this.#project = project
    this.#control = new Control(parts.projects, project)
    this.fetch = parts.fetchFrom(project)
    const control = this.#control
    const moved = (move: () => void): Promise<Date> =>
      this.#run(() => {
        move()
        return dateOf(control.clock().now)
      })
    this.clock = {
      now: () => moved(() => {}),
      set: (time) => moved(() => control.setClock({ now: time })),
      advance: (by) => moved(() => control.advanceClock(by)),
      freeze: () => moved(() => control.setClock({ running: false })),
      run: () => moved(() => control.setClock({ running: true })),
    }
    const add = (rules: FaultRule | readonly FaultRule[]): Promise<ArmedRule | readonly ArmedRule[]> => {
      const from = callSite(add)
      return this.#run(() => control.addFaults(rules, from))
    }
    this.faults = {
      add: add as MockFaults['add'],
      list: (): Promise<readonly ArmedRule[]> => this.#run(() => control.faults()),
      remove: (rule) => this.#run(() => control.removeFault(typeof rule === 'string' ? rule : rule.id)),
      clear: () => this.#run(() => control.clearFaults()),
      verify: () => this.#run(() => control.verifyFaults()),
    }
    this.requests = {
      list: (filter?: RequestFilter): Promise<RecordedRequest[]> => this.#run(() => control.requests(filter)),
      wait: (filter, options) => this.#run(() => control.waitForRequest(filter, options?.timeout)),
      clear: () => this.#run(() => control.clearRequests()),
    }
  }

  async #run<T>(act: () => T | Promise<T>): Promise<T> {
    try {
      return await controlled(() => {
        this.#project.world.throwIfClosed()
        this.#parts.projects.use(this.#project)
        return act()
      })
    } finally {
      await this.#parts.turns.due()
    }
  }

  get url(): string {
    return this.#project.world.origins.admin
  }

  get publicUrl(): string {
    return this.#project.world.origins.public
  }

  seed(fixture: Seed): Promise<SeededJson> {
    return this.#run(() => this.#control.seed(fixture, 'here'))
  }

  reset(): Promise<void> {
    return this.#run(() => this.#control.reset())
  }

  snapshot(): Promise<Snapshot> {
    return this.#run(() => ({ id: this.#control.snapshot() }))
  }

  restore(snapshot: Snapshot): Promise<void> {
    return this.#run(() => this.#control.restore(readSnapshotId(snapshot)))
  }

  project(options?: string | ProjectOptions): Promise<MockProject> {
    return this.#run(async () => new LocalProject(this.#parts, await this.#control.makeProject(options, 'here')))
  }

  close(): Promise<void> {
    return this.#parts.close()
  }

  [ASYNC_DISPOSE](): Promise<void> {
    return this.close()
  }
}

class LocalProject extends LocalMock implements MockProject {
  readonly name: string
  readonly token: string

  constructor(parts: LocalParts, project: Project) {
    const close = async (): Promise<void> => {
      if (project.world.closed === undefined) parts.projects.remove(project.name)
    }
    super({ ...parts, close }, project)
    this.name = project.name
    this.token = project.token
  }
}

export const localMock = (parts: LocalParts): Mock => new LocalMock(parts, parts.projects.root)
