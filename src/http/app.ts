import { HANDLE_HEADER } from '../journal/head.ts'
import { KratosError } from '../model/errors.ts'
import { parseTarget } from '../go/url.ts'
import type { Project, Projects } from '../world/projects.ts'
import type { Answer } from '../model/answer.ts'
import { bearerOf } from './authorize.ts'
import { createControl } from './control.ts'
import { deliver } from './deliver.ts'
import { errorAnswer } from '../api/errors.ts'
import { Exchange } from '../api/exchange.ts'
import { recallPage, type PlainRequest } from './pages.ts'
import { createRouter, type Router } from './routing.ts'
import type { Wire } from '../model/wire.ts'

export interface App {
  /** Serves a request, in-process or from a wire. Rejects only as `fetch` does: for a broken connection. */
  fetch(request: Request, wire?: Wire): Response | Promise<Response>
  /** The answer that a request got before, while nothing that it depends on has changed. */
  recall(request: PlainRequest, server: Wire['server']): Answer | undefined
}

/** A project's root, once or, as a client that sets the path of a link behind its base URL has it, over and over. */
const PROJECT = /^(\/_mock\/projects\/([^/?]+))(?:\/*\1)*(?=\/)/

const ORIGIN = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?]*)/

/** Scheme and host of a target in absolute form, and its path and query. */
const split = (target: string): { readonly origin: string; readonly target: string } => {
  if (target.startsWith('/')) return { origin: '', target }
  const [absolute = '', scheme = '', host = ''] = ORIGIN.exec(target) ?? []
  const rest = target.slice(absolute.length)
  return {
    origin: absolute === '' ? '' : `${scheme.toLowerCase()}://${host}`,
    target: rest.startsWith('/') ? rest : `/${rest}`,
  }
}

/** Which project a request is for, and what it asks there. */
interface Found {
  readonly project: Project
  /** Its path prefix, or `''`. */
  readonly root: string
  readonly path: string
  readonly authorized: boolean
}

/** What Go's net/http answers to `OPTIONS *` before any handler. */
const ALL_OPTIONS: Answer = { status: 200, headers: {}, body: '' }

export const createApp = (projects: Projects): App => {
  const routers = new Map<Wire['server'], Router>()
  const routerOf = (server: Wire['server']): Router => {
    const made = routers.get(server) ?? createRouter(server)
    routers.set(server, made)
    return made
  }
  const control = createControl(projects)

  const tokenOf = (request: Request): string | undefined => bearerOf(request.headers.get('authorization') ?? undefined)

  const find = (request: Request, target: string): Found => {
    const [roots = '', root = '', name] = PROJECT.exec(target) ?? []
    const path = target.slice(roots.length)
    if (name !== undefined) {
      const project = projects.get(name, request.headers.get(HANDLE_HEADER) ?? undefined)
      const authorized = project.world.tokens.length > 0 && tokenOf(request) === project.token
      return { project, root, path, authorized }
    }
    const token = projects.chosenByToken ? tokenOf(request) : undefined
    const chosen = token === undefined ? undefined : projects.byToken(token)
    return { project: chosen ?? projects.root, root, path, authorized: chosen !== undefined }
  }

  const serve: App['fetch'] = (request, wire) => {
    const { origin, target } = split(wire?.target ?? request.url)
    const server = wire?.server ?? projects.serverAt(request.url)
    const blank = {
      world: projects.root.world,
      request,
      root: '',
      // A request in this process is always a whole URL.
      origin: wire === undefined ? '' : origin,
      server,
      wire,
      authorized: false,
    }
    let found: Found
    try {
      found = find(request, target)
    } catch (error) {
      const exchange = new Exchange({ ...blank, url: { path: '/', query: '' } })
      exchange.recorded = false
      return deliver(exchange, errorAnswer(error, exchange))
    }
    const { project, root, path, authorized } = found
    const url = wire?.target === '*' ? { path: '*', query: '' } : parseTarget(path)
    const exchange = new Exchange({
      ...blank,
      world: project.world,
      url: url ?? { path: '/', query: '' },
      root,
      authorized,
    })
    if (url === undefined) return deliver(exchange, errorAnswer(badTarget(), exchange))
    if (url.path === '*' && request.method === 'OPTIONS') return deliver(exchange, ALL_OPTIONS)
    if (url.path === '/_mock' || url.path.startsWith('/_mock/')) return control(exchange, project)
    return routerOf(server)(exchange)
  }
  return { fetch: serve, recall: (request, server) => recallPage(projects, request, server) }
}

const badTarget = (): KratosError => new KratosError(400, { reason: 'The request target has a bad percent-escape.' })
