import { controlled } from './control/control-error.ts'
import { Control } from './control/control.ts'
import { readTime } from './control/inputs.ts'
import { localMock } from './control/local-mock.ts'
import { createApp, type App } from './http/app.ts'
import type { Listening } from './listen.ts'
import type { Mock } from './mock-interface.ts'
import { KratosError } from './model/errors.ts'
import type { MockOptions } from './options.ts'
import { profileOf } from './profiles/profile.ts'
import { applyFixtures } from './seed/apply.ts'
import { sourcesOf } from './seed/sources.ts'
import { Projects } from './world/projects.ts'
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
}

const closed = (): KratosError => new KratosError(410, { reason: 'The mock is closed.' })

/** How the host of a URL is written: the brackets of IPv6, and a loopback address for one that means every address. */
const urlHost = (host = '127.0.0.1'): string => {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

const ruleFile = async (file: string): Promise<unknown> => (await (await import('./seed/read.ts')).readSource(file)).value

/** Builds a mock and seeds it. The one composition of all doors. */
const compose = async (options: MockOptions, origins: MutableOrigins): Promise<Composition> => {
  const { profile = 'documented', randomSeed = 1, now, token = [], faults, maxProjects: most, host } = options
  const frozenAt = now === undefined ? undefined : await controlled(() => readTime(now, 0))
  const tokens = typeof token === 'string' ? [token] : token
  const world = new World({ profile: profileOf(profile), randomSeed, frozenAt, origins, tokens })
  await applyFixtures(world, await sourcesOf(options.seed))
  const projects = new Projects(world, { most, randomSeed, host })
  if (faults !== undefined) {
    const rules = typeof faults === 'string' ? await ruleFile(faults) : faults
    await controlled(() => new Control(projects, projects.root).addFaults(rules))
  }
  world.rebase()
  return { app: createApp(projects), projects, origins }
}

/** What `fetch` takes, with a path counted from a URL. */
const absolute = (input: string | URL | Request, url: string): string | URL | Request =>
  typeof input !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(input) ? input : `${url}${input.startsWith('/') ? '' : '/'}${input}`

/** What `fetch` rejects with when no mock is there any more. */
const refused = (): TypeError =>
  new TypeError('fetch failed: the mock is closed', {
    cause: Object.assign(new Error('connect ECONNREFUSED: the mock is closed'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  })

/**
 * A mock in this process, without a port: its `fetch` is the server.
 * @example await using ory = await createMock({ seed }); const api = new IdentityApi(new Configuration({ basePath: ory.url, fetchApi: ory.fetch }))
 */
export const createMock = async (options: MockOptions = {}): Promise<Mock> => {
  // Zero stands for any free port; without a port any number does, as long as the two differ.
  const admin = `http://${urlHost(options.host)}:${options.port === undefined || options.port === 0 ? 4434 : options.port}`
  const open = options.publicPort === undefined ? admin : `http://${urlHost(options.host)}:${options.publicPort === 0 ? 4433 : options.publicPort}`
  const { app, projects } = await compose(options, { admin, public: open })
  return localMock({
    projects,
    fetchFrom: (url, closing) => async (input, init) => {
      if (closing.aborted && projects.root.world.closing.aborted) throw refused()
      const request = input instanceof Request && init === undefined ? input : new Request(absolute(input, url), init)
      request.signal.throwIfAborted()
      try {
        return await app.fetch(request)
      } catch (error) {
        throw closing.aborted && error === closing.reason ? refused() : error
      }
    },
    close: async () => projects.close(closed()),
  })
}

/**
 * A mock behind a port.
 * @throws the system's error, such as EADDRINUSE, when a port cannot be bound; then none is.
 */
export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  const { listen } = await import('./listen.ts')
  const { host, port = 4434, publicPort } = options
  const { app, projects, origins } = await compose(options, { admin: '', public: '' })
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
    throw error
  }
  origins.admin = `http://${urlHost(host)}:${bound[0]!.port}`
  origins.public = `http://${urlHost(host)}:${bound.at(-1)!.port}`
  return localMock({ projects, fetchFrom: (url) => (input, init) => fetch(absolute(input, url), init), close })
}
