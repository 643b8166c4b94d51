import { HANDLE_HEADER } from '../journal/head.ts'
import { KratosError } from '../model/errors.ts'
import { parseTarget } from '../model/go-url.ts'
import type { Project, Projects } from '../world/projects.ts'
import type { Answer } from './answer.ts'
import { bearerOf } from './authorize.ts'
import { createControl } from './control.ts'
import { deliver } from './deliver.ts'
import { errorAnswer } from './errors.ts'
import { Exchange } from './exchange.ts'
import { recallPage, type PlainRequest } from './pages.ts'
import { createRouter, type Router } from './routing.ts'
import type { Wire } from './wire.ts'

export interface App {
  /** Serves a request, in-process or from a wire. Rejects only as `fetch` does: for a broken connection. */
  fetch(request: Request, wire?: Wire): Response | Promise<Response>
  /** The answer that a request got before, while nothing that it depends on has changed. */
  recall(request: PlainRequest, server: Wire['server']): Answer | undefined
}

const PROJECT = /^\/_mock\/projects\/([^/?]+)(?=\/)/

/** Path and query of a target that may be in absolute form. */
const relative = (target: string): string => {
  if (target.startsWith('/')) return target
  const rest = target.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?]*/, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}

export const createApp = (projects: Projects): App => {
  const routers = new Map<Wire['server'], Router>()
  const routerOf = (server: Wire['server']): Router => {
    const made = routers.get(server) ?? createRouter(server)
    routers.set(server, made)
    return made
  }
  const control = createControl(projects)

  const tokenOf = (request: Request): string | undefined => bearerOf(request.headers.get('authorization') ?? undefined)

  const find = (request: Request, target: string): { project: Project; root: string; authorized: boolean } => {
    const name = PROJECT.exec(target)?.[1]
    if (name !== undefined) {
      const project = projects.get(name, request.headers.get(HANDLE_HEADER) ?? undefined)
      const authorized = project.world.tokens.length > 0 && tokenOf(request) === project.token
      return { project, root: `/_mock/projects/${name}`, authorized }
    }
    const token = projects.chosenByToken ? tokenOf(request) : undefined
    const chosen = token === undefined ? undefined : projects.byToken(token)
    return { project: chosen ?? projects.root, root: '', authorized: chosen !== undefined }
  }

  const serve: App['fetch'] = (request, wire) => {
    const target = relative(wire?.target ?? request.url)
    const server = wire?.server ?? projects.serverAt(request.url)
    const blank = { world: projects.root.world, request, root: '', server, wire, authorized: false }
    let found: ReturnType<typeof find>
    try {
      found = find(request, target)
    } catch (error) {
      const exchange = new Exchange({ ...blank, url: { path: '/', query: '' } })
      exchange.recorded = false
      return deliver(exchange, errorAnswer(error, exchange))
    }
    const { project, root, authorized } = found
    const url = parseTarget(target.slice(root.length))
    const exchange = new Exchange({
      ...blank,
      world: project.world,
      url: url ?? { path: '/', query: '' },
      root,
      authorized,
    })
    if (url === undefined) return deliver(exchange, errorAnswer(badTarget(), exchange))
    if (url.path === '/_mock' || url.path.startsWith('/_mock/')) return control(exchange, project)
    return routerOf(server)(exchange)
  }
  return { fetch: serve, recall: (request, server) => recallPage(projects, request, server) }
}

const badTarget = (): KratosError => new KratosError(400, { reason: 'The request target has a bad percent-escape.' })
