import { loadForProfile } from '../../src/api/identities/credential-types.ts'
import { parseTarget } from '../../src/go/url.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { createApp, type App } from '../../src/http/app.ts'
import { Router } from '../../src/http/routing.ts'
import type { Operation } from '../../src/model/operations.ts'
import { profileOf, type ProfileName } from '../../src/profiles/profile.ts'
import type { QuirkName } from '../../src/profiles/quirks.ts'
import { applyFixtures } from '../../src/seed/apply.ts'
import { sourcesOf } from '../../src/seed/sources.ts'
import { Projects } from '../../src/world/projects.ts'
import { World, type WorldState } from '../../src/world/world.ts'
import { configuration } from './flows/configuration.ts'
import { RecordedCall, type Answered } from './recorded-call.ts'
import type { RecordedExchange, Recording } from './recording.ts'

const ORIGINS = { admin: 'http://127.0.0.1:24434', public: 'http://127.0.0.1:24433' }

const texts = new WeakMap<object, string>()

/** A row as text; rows never change. */
const textOf = (row: object): string => {
  const text = texts.get(row) ?? JSON.stringify(row)
  texts.set(row, text)
  return text
}

/** A mock of two ports that can be put into the state of another one. */
export class Switched {
  readonly #world: World
  readonly #app: App
  readonly #routers: Readonly<Record<'admin' | 'public', Router>>

  private constructor(world: World) {
    const { profile } = world
    this.#world = world
    this.#app = createApp(new Projects(world))
    this.#routers = { admin: new Router('admin', profile), public: new Router('public', profile) }
  }

  /** @param quirks that are switched; the others are those of the profile. */
  static async start(base: ProfileName, quirks: { readonly [Name in QuirkName]?: boolean }): Promise<Switched> {
    const profile = profileOf({ base, quirks })
    await loadForProfile(profile)
    const { selfServiceOf: selfService } = await readConfig(configuration(true), profile)
    return new Switched(new World({ profile, database: 'sqlite', randomSeed: 1, origins: ORIGINS, selfService }))
  }

  /** Puts it into the state that a recording began in. */
  async begin({ state }: Recording): Promise<void> {
    this.#world.reset()
    this.#world.clock.restore({ base: Date.parse(state.now) * 1000, since: null })
    await applyFixtures(this.#world, await sourcesOf(state))
  }

  get state(): WorldState {
    return this.#world.snapshot()
  }

  set state(state: WorldState) {
    this.#world.restore(state)
  }

  /** Identities, sessions, flows and messages, a line each. */
  get rows(): readonly string[] {
    const { identities, sessions, flows, messages } = this.#world.store.tables
    return [identities, sessions, flows, messages].flatMap((rows) => rows.slice(0, rows.size).map(textOf))
  }

  operationOf({ server, method, path }: RecordedExchange['request']): Operation | undefined {
    const target = parseTarget(path)
    return target === undefined ? undefined : this.#routers[server].route(method, target).operation
  }

  send(request: RecordedExchange['request']): Promise<Answered> {
    const call = new RecordedCall(request, new URL(ORIGINS[request.server]).host)
    this.#app(call)
    return call.answered
  }
}
