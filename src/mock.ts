import { callSite } from './control/call-site.ts'
import { controlled } from './control/control-error.ts'
import { Control } from './control/control.ts'
import { clientOf, type Ways } from './control/client.ts'
import { asHandle, fetchOverHttp } from './control/handle.ts'
import type { ControlFetch } from './control/remote.ts'
import { createApp, type App } from './http/app.ts'
import { CallReader, FetchWire } from './http/in-process.ts'
import { onwardOf } from './http/onward.ts'
import type { Listening } from './sockets/listen.ts'
import type { Mock } from './mock-interface.ts'
import { KratosError } from './model/errors.ts'
import { createLog } from './journal/log.ts'
import { parseOptions, type MockOptions, type Settings } from './options.ts'
import { loadForProfile } from './api/identities/credential-types.ts'
import { profileOf } from './profiles/profile.ts'
import { configOf, configuredBy, createReseed, type Reseed } from './reseed.ts'
import { applyFixtures } from './seed/apply.ts'
import { stampsOf } from './seed/source.ts'
import { sourcesOf } from './seed/sources.ts'
import { Projects } from './world/projects.ts'
import { Turns } from './world/turns.ts'
import { World } from './world/world.ts'

interface MutableOrigins {
  admin: string
  public: string
}

/** One mock without a door: what it holds, and what answers for it. */
interface Composition {
  readonly app: App
  readonly projects: Projects
  readonly origins: MutableOrigins
  /** The root project's. */
  readonly control: Control
  readonly reseed: Reseed
}

const closed = (): KratosError => new KratosError(410, { reason: 'The mock is closed.' })

/** How the host of a URL is written: the brackets of IPv6, and a loopback address for one that means every address. */
const urlHost = (host = '127.0.0.1'): string => {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

/** Builds a mock and seeds it. The one composition of all doors. */
const compose = async (settings: Settings, origins: MutableOrigins, from?: string): Promise<Composition> => {
  const { randomSeed, frozenAt, tokens, faults, maxProjects: most, host, seed } = settings
  const log = createLog(settings.logLevel, (line) => console.error(line))
  const profile = profileOf(settings.profile)
  await loadForProfile(profile)
  const sources = await sourcesOf(seed)
  const files = stampsOf(sources)
  const config = await configOf(settings, profile, sources, files)
  const database = settings.database ?? config?.database
  const configured = configuredBy(settings, config)
  const world = new World({ profile, database, ...configured, randomSeed, frozenAt, origins, tokens, log })
  for (const line of config?.words ?? []) log.start(line)
  await applyFixtures(world, sources)
  const projects = new Projects(world, { most, randomSeed, host })
  const control = new Control(projects, projects.root)
  if (faults !== undefined) {
    const isFile = typeof faults === 'string' || faults instanceof URL
    const source = isFile ? await (await import('./seed/read.ts')).readSource(faults) : { value: faults }
    await controlled(() => control.armFaults(source, source.file ?? from))
  }
  world.rebase()
  const reseed = await createReseed(control, settings, config, files)
  return { app: createApp(projects), projects, origins, control, reseed }
}

/**
 * Where a mock without a port is: a name that no network resolves (RFC 6761, 6.4), so that a client that was not given
 * its `fetch` fails at once instead of reaching a real server. It is as long as `127.0.0.1`, so that an answer with a
 * URL in it is as long as that of a server on loopback.
 */
const NOWHERE = 'http://o.invalid'

/** What `fetch` rejects with when no mock is there any more. */
const refused = (): TypeError =>
  new TypeError('fetch failed: the mock is closed', {
    cause: Object.assign(new Error('connect ECONNREFUSED: the mock is closed'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    }),
  })

/** Calls `/_mock` in this process, where values need not become JSON and a body has no limit. */
const controlInProcess =
  (app: App, { admin }: Pick<MutableOrigins, 'admin'>, turns: Turns): ControlFetch =>
  async (url, { method, headers, value, spelling }) => {
    const target = url.slice(admin.length)
    const own = Object.keys(headers).length === 0 ? undefined : new Headers(headers)
    const call = {
      method,
      url,
      target,
      headers: own,
      signal: undefined,
      redirect: 'manual',
      request: undefined,
    } as const
    const wire = new FetchWire({ ...call, server: 'admin', given: { value, textOf: spelling?.textOf } })
    app(wire)
    const response = await wire.response
    await turns.due()
    return response
  }

/** A `fetch` that is the server. */
const fetchInProcess = (app: App, projects: Projects, turns: Turns): Ways['api'] => {
  return (to) => {
    const calls = new CallReader(to, (at) => projects.serverAt(at))
    const ask = async (
      given: string | URL | Request,
      how: RequestInit | undefined,
      count: number,
    ): Promise<Response> => {
      try {
        if (projects.root.world.closed !== undefined) throw refused()
        // A project that is gone says which it was.
        const isGone = to.token !== undefined && !projects.hasToken(to.token)
        const call = isGone ? calls.read(...asHandle(to, given, how)) : calls.read(given, how)
        const wire = new FetchWire(call)
        app(wire)
        const response = await wire.response
        const turn = turns.due()
        if (turn !== undefined) {
          await turn
          call.signal?.throwIfAborted()
        }
        const onward = onwardOf(call, response, { to, how, count })
        if (onward === undefined) return response
        const last = await ask(onward.url, onward.init, count + 1)
        return last.redirected
          ? last
          : Object.defineProperties(last, { redirected: { value: true }, url: { value: onward.url } })
      } catch (error) {
        await turns.due()
        throw error instanceof KratosError ? refused() : error
      }
    }
    return (given, how) => ask(given, how, 0)
  }
}

/**
 * A mock in this process, without a port: its `fetch` is the server.
 * @example await using ory = await createMock({ seed }); const api = new IdentityApi(new Configuration({ basePath: ory.url, fetchApi: ory.fetch }))
 */
export const createMock = async (options: MockOptions = {}): Promise<Mock> => {
  const settings = parseOptions(options)
  const from = settings.faults === undefined ? undefined : callSite(createMock)
  const { port, publicPort } = settings
  // Zero stands for any free port; where nothing listens any number does, as long as the two differ.
  const admin = `${NOWHERE}:${port === 0 ? 4434 : port}`
  const open = publicPort === undefined ? admin : `${NOWHERE}:${publicPort === 0 ? 4433 : publicPort}`
  const { app, projects } = await compose(settings, { admin, public: open }, from)
  const turns = new Turns()
  const ways: Ways = {
    control: controlInProcess(app, { admin }, turns),
    api: fetchInProcess(app, projects, turns),
    close: async () => projects.close(closed()),
  }
  return clientOf(ways, { url: admin, publicUrl: open })
}

/** A mock behind a port, and what it holds. */
export interface Started {
  readonly mock: Mock
  readonly control: Control
  readonly reseed: Reseed
}

/** What `startMock` does, for the command line, which says what it started. */
export const serveMock = async (options: MockOptions, from?: string): Promise<Started> => {
  const settings = parseOptions(options)
  const { host, port, publicPort } = settings
  const { listen } = await import('./sockets/listen.ts')
  const { app, projects, origins, control, reseed } = await compose(settings, { admin: '', public: '' }, from)
  const bound: Listening[] = []
  const close = async (): Promise<void> => {
    projects.close(closed())
    await Promise.all(bound.map((one) => one.close()))
  }
  try {
    bound.push(await listen({ app, server: publicPort === undefined ? 'both' : 'admin', port, host }))
    if (publicPort !== undefined) bound.push(await listen({ app, server: 'public', port: publicPort, host }))
  } catch (error) {
    await close()
    const { unbound } = await import('./sockets/unbound.ts')
    throw await unbound(error, { host: urlHost(host), option: bound.length === 0 ? 'port' : 'publicPort' })
  }
  origins.admin = `http://${urlHost(host)}:${bound[0]!.port}`
  origins.public = `http://${urlHost(host)}:${bound.at(-1)!.port}`
  const ways: Ways = { control: controlInProcess(app, origins, new Turns()), api: fetchOverHttp, close }
  const mock = clientOf(ways, { url: origins.admin, publicUrl: origins.public })
  return { mock, control, reseed }
}

/**
 * A mock behind a port.
 * @throws an error with the system's `code`, such as EADDRINUSE, when a port cannot be bound; then none is.
 */
export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  const from = options.faults === undefined ? undefined : callSite(startMock)
  return (await serveMock(options, from)).mock
}
