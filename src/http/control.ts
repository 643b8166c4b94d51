import { Hono } from 'hono/tiny'
import { Control } from '../control/control.ts'
import { KratosError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'
import { FixtureError } from '../seed/problem.ts'
import type { Project, Projects } from '../world/projects.ts'
import type { Call } from './control/answers.ts'
import { controlRoutes } from './control/routes.ts'
import { guard } from './control/guard.ts'
import { deliver } from './deliver.ts'
import { errorAnswer } from '../api/errors.ts'
import type { Exchange } from '../api/exchange.ts'

type Env = { Bindings: Omit<Call, 'param'> }

const PREFIX = '/_mock'

/** Path templates, and which methods each has. */
const allowed = new Map<string, string[]>()
for (const [method, path] of controlRoutes) allowed.set(path, [...(allowed.get(path) ?? []), method])

const unknownPath = ({ method, path }: Exchange): KratosError => {
  const near = nearest(
    path,
    [...allowed.keys()].map((known) => PREFIX + known.replaceAll(':param', '{id}')),
  )
  return new KratosError(404, {
    reason: `There is no ${method} ${path}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  })
}

/** A fixture that was refused, as an answer. */
const refusalOf = (error: Error): Error =>
  error instanceof FixtureError
    ? new KratosError(error.status, { reason: error.message, details: { problems: error.problems } })
    : error

/** Answers the calls of the control plane. None is faulted or recorded. */
export type ControlPlane = (exchange: Exchange, project: Project) => void

export const createControl = (projects: Projects): ControlPlane => {
  const app = new Hono<Env>({ getPath: (_request, options) => (options!.env as Env['Bindings']).exchange.path })
  for (const [method, path, handler] of controlRoutes) {
    app.on(method, PREFIX + path, async (c) => {
      const { control, exchange } = c.env
      const made = await handler({ control, exchange, param: c.req.param('param') ?? '' })
      if (made !== undefined) deliver(exchange, made)
      return new Response()
    })
  }
  for (const [path, methods] of allowed) {
    const Allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
    app.all(PREFIX + path, (c) => {
      throw new KratosError(405, {
        reason: `${c.env.exchange.method} is not served here: allowed are ${Allow}.`,
        headers: { Allow },
      })
    })
  }
  app.notFound((c) => {
    throw unknownPath(c.env.exchange)
  })
  app.onError((error, c) => {
    deliver(c.env.exchange, errorAnswer(refusalOf(error), c.env.exchange))
    return new Response()
  })
  return (exchange, project) => {
    exchange.recorded = false
    try {
      guard(exchange, projects.host)
      // Hono overlooks a slash too many.
      if (exchange.path.endsWith('/')) throw unknownPath(exchange)
    } catch (error) {
      return deliver(exchange, errorAnswer(error, exchange))
    }
    void app.fetch(new Request('http://mock/', { method: exchange.method }), {
      exchange,
      control: new Control(projects, project),
    })
  }
}
