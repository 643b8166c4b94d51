import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { errorAnswer } from '../../api/errors.ts'
import type { Exchange } from '../../api/exchange.ts'
import { CALL_SITE_HEADER, readCallSite } from '../../control/call-site.ts'
import { readFields } from '../../control/inputs.ts'
import type { Answered } from '../../control/remote.ts'
import type { TextOf } from '../../go/json-places.ts'
import { HANDLE_HEADER } from '../../journal/head.ts'
import { JSON_TYPE } from '../../model/answer.ts'
import { platformHeaders } from '../../model/headers.ts'
import { DroppedConnection, KratosError } from '../../model/errors.ts'
import { nearest } from '../../model/nearest.ts'
import { formatTime } from '../../model/time.ts'
import { FixtureError } from '../../seed/problem.ts'
import type { Project } from '../../world/projects.ts'
import { guard } from './guard.ts'
import { given, readFilter } from './given.ts'
import type { ControlApp, ControlEnv } from './control-app.ts'
import { addPage } from './page.ts'

type Call = Context<ControlEnv>

/** As much of a `Response` as our own client reads in this process: a whole one costs more than most of what it asks. */
const answered = (status: number, body: string): Response =>
  ({ ok: true, status, url: '', text: async () => body }) satisfies Answered as Partial<Response> as Response

const isOurs = (c: Call): boolean => c.env.exchange.wire.given !== undefined

const json = (c: Call, value: unknown, status: 200 | 201 = 200): Response =>
  isOurs(c) ? answered(status, JSON.stringify(value)) : c.json(value as object, status, { 'Content-Type': JSON_TYPE })

/** 204, after something was done. */
const done = (c: Call, _what: void): Response => (isOurs(c) ? answered(204, '') : c.body(null, 204))

/** The clock, after it was set. */
const clock = (c: Call, _set?: void): Response => {
  const { now, running } = c.env.control.clock()
  return json(c, { now: formatTime(now), running })
}

const projectJson = ({ name, token, world: { origins } }: Project): object => ({
  name,
  url: origins.admin,
  publicUrl: origins.public,
  token,
})

/** Answers the calls of the control plane, which are neither faulted nor recorded. Paths are matched as they were sent. */
export const controlApp: ControlApp = new Hono<ControlEnv>({
  getPath: (_request, options) => (options!.env as ControlEnv['Bindings']).exchange.path,
})

controlApp.use(async (c, next) => {
  const { exchange, control } = c.env
  guard(exchange, control.projects.host)
  exchange.world.throwIfClosed()
  // This router overlooks a slash too many.
  if (exchange.path.endsWith('/')) throw unknownPath(exchange)
  if (!isOurs(c)) c.header('Cache-Control', 'no-store')
  await next()
})

const app = controlApp.basePath('/_mock')

app.get('/health', (c) => json(c, c.env.control.health()))
app.post('/reset', (c) => done(c, c.env.control.reset()))
app.post('/seed', (c) =>
  given(c.env.exchange, async (fixture, textOf) => json(c, await c.env.control.seed(fixture, textOf), 201)),
)
app.post('/sign-in', (c) => given(c.env.exchange, async (asked) => json(c, await c.env.control.signIn(asked), 201)))

app.get('/faults', (c) => json(c, c.env.control.faults()))
app.post('/faults', (c) => {
  const from = readCallSite(c.env.exchange.header(CALL_SITE_HEADER))
  return given(c.env.exchange, (rules) => json(c, c.env.control.addFaults(rules, from), 201))
})
app.delete('/faults', (c) => done(c, c.env.control.clearFaults()))
app.post('/faults/verify', (c) => done(c, c.env.control.verifyFaults()))
app.delete('/faults/:id', (c) => done(c, c.env.control.removeFault(c.req.param('id'))))

app.get('/requests', async (c) => json(c, await c.env.control.requests(readFilter(c.env.exchange))))
app.delete('/requests', (c) => done(c, c.env.control.clearRequests()))
app.post('/requests/wait', (c) => {
  const { exchange, control } = c.env
  const wait = async (asked: unknown): Promise<Response> => {
    const { filter, timeout } = readFields(asked, ['filter', 'timeout'])
    return json(c, await control.waitForRequest(filter, timeout, exchange.signal))
  }
  return given(exchange, wait, {})
})

app.get('/clock', (c) => clock(c))
app.put('/clock', (c) => given(c.env.exchange, (to) => clock(c, c.env.control.setClock(to))))
app.post('/clock/advance', (c) =>
  given(c.env.exchange, (asked) => clock(c, c.env.control.advanceClock(readFields(asked, ['by']).by))),
)

app.post('/snapshots', (c) => json(c, { id: c.env.control.snapshot() }, 201))
app.post('/snapshots/:id/restore', (c) => done(c, c.env.control.restore(c.req.param('id'))))

app.get('/projects', (c) => json(c, c.env.control.projects.list().map(projectJson)))
app.post('/projects', (c) => {
  const make = async (asked: unknown, textOf?: TextOf): Promise<Response> => {
    const options = readFields(asked, ['name', 'profile', 'database', 'seed', 'now'])
    return json(c, projectJson(await c.env.control.makeProject(options, textOf)), 201)
  }
  return given(c.env.exchange, make, {})
})
app.delete('/projects/:name', (c) =>
  done(c, c.env.control.projects.remove(c.req.param('name'), c.env.exchange.header(HANDLE_HEADER))),
)

addPage(app)

const unknownPath = ({ method, path }: Exchange): KratosError => {
  const known = controlApp.routes.filter((route) => route.method !== 'ALL').map((route) => route.path)
  const near = nearest(
    path,
    known.map((one) => one.replaceAll(/:(\w+)/g, '{$1}')),
  )
  return new KratosError(404, {
    reason: `There is no ${method} ${path}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  })
}

/** The methods that something is served by at a path. */
const methodsAt = (path: string): readonly string[] => {
  const served = ['DELETE', 'GET', 'POST', 'PUT'].filter((method) =>
    controlApp.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  return served.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

controlApp.notFound((c) => {
  const { exchange } = c.env
  const Allow = methodsAt(exchange.path).join(', ')
  if (Allow === '') throw unknownPath(exchange)
  const reason = `${exchange.method} is not served here: allowed are ${Allow}.`
  throw new KratosError(405, { reason, headers: ['Allow', Allow] })
})

controlApp.onError((error, c) => {
  if (error instanceof DroppedConnection) throw error
  const refusal =
    error instanceof FixtureError
      ? new KratosError(error.status, { reason: error.message, details: { problems: error.problems } })
      : error
  const { status, headers, body } = errorAnswer(refusal, c.env.exchange)
  // What is left of a body that is too large would be taken for the next request.
  const more = c.env.exchange.isTooLarge ? ['Connection', 'close'] : []
  return new Response(body, { status, headers: platformHeaders([...headers, ...more]) })
})
