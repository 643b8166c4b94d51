import { Exchange, type Arrival, type Routing } from '../api/exchange.ts'
import { errorAnswer } from '../api/errors.ts'
import { Control } from '../control/control.ts'
import { parseRequestUri, type RequestUri } from '../go/request-uri.ts'
import { parseTarget, type GoUrl } from '../go/url.ts'
import { HANDLE_HEADER } from '../journal/head.ts'
import type { ServerKind, Wire } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Project, Projects } from '../world/projects.ts'
import { bearerOf } from './authorize.ts'
import type { ControlApp, ControlEnv } from './control/control-app.ts'
import { isPreflight, preflight } from './cors.ts'
import { deliver } from './deliver.ts'
import { badRequest } from './go-answers.ts'
import { targetsOf } from './recollection.ts'
import { respond } from './respond.ts'
import { Router, unrouted } from './routing.ts'

/** Serves a request, whatever it came on, and answers it there. */
export type App = (wire: Wire) => void

const PROJECTS = '/_mock/projects/'

/**
 * The root of the project that a target names, if it does, and what it asks there. The root stands there once or, as a
 * client that sets the path of a link behind its base URL has it, over and over.
 */
const rooted = (
  whole: string,
): { readonly name: string; readonly root: string; readonly target: string } | undefined => {
  if (!whole.startsWith(PROJECTS)) return undefined
  const end = whole.indexOf('/', PROJECTS.length)
  const name = whole.slice(PROJECTS.length, end)
  if (end < 0 || name === '' || name.includes('?')) return undefined
  const root = whole.slice(0, end)
  let target = whole.slice(end)
  for (let more = target.indexOf(root); more >= 0 && /^\/*$/.test(target.slice(0, more)); more = target.indexOf(root)) {
    if (target[more + root.length] !== '/') break
    target = target.slice(more + root.length)
  }
  return { name, root, target }
}
const CONTROL = /^\/_mock(?=[/?]|$)/
const NOWHERE: GoUrl = { path: '/', query: '' }
const AT_NOWHERE = { side: 'admin', path: '/', shown: '/' } as const

const badTarget: Routing = unrouted(NOWHERE, AT_NOWHERE, badRequest)

/** The target `*`, which is no path. */
const ALL = { path: '*', query: '' }

/** In place of a target that Go refuses: an escape that is none. */
const UNREADABLE: RequestUri = { origin: '', whole: '%' }

/** The routers of each profile, one a kind of server. */
class Routers {
  readonly #made = new WeakMap<Profile, Map<ServerKind, Router>>()

  of(profile: Profile, server: ServerKind): Router {
    const made = this.#made.get(profile) ?? new Map<ServerKind, Router>()
    this.#made.set(profile, made)
    const router = made.get(server) ?? new Router(server, profile)
    made.set(server, router)
    return router
  }
}

/** Answers `/_mock`; it is loaded, and hono with it, when that is first asked for. */
let controlApp: ControlApp | undefined

const passToControl = (wire: Wire, env: ControlEnv['Bindings']): void =>
  wire.passTo(async (request) => {
    controlApp ??= (await import('./control/app.ts')).controlApp
    return await controlApp.fetch(request, env)
  })

/** Which project a request is for, and what it asks there. */
interface Found extends Pick<Arrival, 'root' | 'authorized'> {
  readonly project: Project
  readonly target: string
}

export const createApp = (projects: Projects): App => {
  const routers = new Routers()
  const tokenOf = (wire: Wire): string | undefined => bearerOf(wire.header('authorization'))

  /** By its path, or by its bearer token. */
  const find = (wire: Wire, whole: string): Found => {
    const asked = rooted(whole)
    if (asked === undefined) {
      const token = projects.chosenByToken ? tokenOf(wire) : undefined
      const chosen = token === undefined ? undefined : projects.byToken(token)
      return { project: chosen ?? projects.root, root: '', target: whole, authorized: chosen !== undefined }
    }
    const { name, root, target } = asked
    const project = projects.get(name, wire.header(HANDLE_HEADER))
    const authorized = project.world.tokens.length > 0 && tokenOf(wire) === project.token
    return { project, root, target, authorized }
  }

  const routingOf = ({ world, wire }: Arrival, target: string): Routing => {
    // Go's net/http answers it before any handler.
    if (wire.target === '*' && wire.method === 'OPTIONS')
      return unrouted(ALL, AT_NOWHERE, () => ({ status: 200, headers: [], body: '' }))
    const url = wire.target === '*' ? ALL : parseTarget(target)
    if (url === undefined) return badTarget
    const router = routers.of(world.profile, wire.server)
    if (isPreflight(world, wire) && router.isPublic(url.path))
      return unrouted(url, { side: 'public', path: url.path, shown: url.path }, preflight)
    return router.route(wire.method, url)
  }

  const serve = (arrival: Arrival, target: string): void | Promise<void> => {
    const { wire } = arrival
    const key = wire.target.startsWith('/') ? (wire.server === 'both' ? target : `${wire.server} ${target}`) : ''
    const known = wire.method === 'GET' && key !== '' ? targetsOf(arrival).recall(key) : undefined
    if (known !== undefined) return respond(new Exchange(arrival, known.routing, key, known.query))
    return respond(new Exchange(arrival, routingOf(arrival, target), key))
  }

  const isNewGo = projects.root.world.profile.knows('v26.2.0')

  return (wire) => {
    const { origin, whole } = parseRequestUri(wire.method, wire.target, isNewGo) ?? UNREADABLE
    let found: Found
    try {
      found = find(wire, whole)
    } catch (error) {
      const lost = { world: projects.root.world, wire, root: '', origin, authorized: false }
      const exchange = new Exchange(lost, badTarget)
      exchange.recorded = false
      return deliver(exchange, errorAnswer(error, exchange))
    }
    const { project, root, target, authorized } = found
    const arrival: Arrival = { world: project.world, wire, root, origin, authorized }
    if (!CONTROL.test(target)) return void serve(arrival, target)
    const url = parseTarget(target)
    const routing = url === undefined ? badTarget : { ...badTarget, target: url, path: url.path }
    passToControl(wire, { exchange: new Exchange(arrival, routing), control: new Control(projects, project) })
  }
}
