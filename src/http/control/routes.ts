import { CALL_SITE_HEADER, readCallSite } from '../../control/call-site.ts'
import type { Control } from '../../control/control.ts'
import { readFields } from '../../control/inputs.ts'
import { HANDLE_HEADER } from '../../journal/head.ts'
import { formatTime } from '../../model/time.ts'
import type { Project } from '../../world/projects.ts'
import type { Answer } from '../../model/answer.ts'
import type { Exchange } from '../../api/exchange.ts'
import { jsonAnswer } from '../../api/json.ts'
import { jsonBody, parseJson } from './json-body.ts'

/** A call of the control plane. `param` is the path's, decoded. */
export interface Call {
  readonly control: Control
  readonly exchange: Exchange
  readonly param: string
}

type Handler = (call: Call) => Answer | Promise<Answer>

const NO_STORE = { 'Cache-Control': 'no-store' }

const json = (value: unknown, status = 200): Answer => jsonAnswer(JSON.stringify(value), NO_STORE, status)
const done: Answer = { status: 204, headers: NO_STORE, body: '' }

const clock = ({ control }: Call): Answer => {
  const { now, running } = control.clock()
  return json({ now: formatTime(now), running })
}

const projectJson = ({ name, token, world }: Project): unknown => ({
  name,
  url: world.origins.admin,
  publicUrl: world.origins.public,
  token,
})

/** A filter in a query: as JSON in `filter`, or a parameter each, where `status` is a number and `fault` may be true or false. */
const queryFilter = (exchange: Exchange): unknown => {
  const params = new URLSearchParams(exchange.target.query)
  const whole = params.get('filter')
  if (whole !== null && params.size === 1) return parseJson(whole, 'The filter')
  return Object.fromEntries(
    [...params].map(([name, value]) => {
      if (name === 'status' && /^(?:\d+|null)$/.test(value)) return [name, JSON.parse(value) as unknown]
      return [name, name === 'fault' && (value === 'true' || value === 'false') ? value === 'true' : value]
    }),
  )
}

/** Every call by method and path, without the `/_mock` before it. */
export const controlRoutes: readonly (readonly [method: string, path: string, handler: Handler])[] = [
  ['GET', '/health', ({ control }) => json(control.health())],
  [
    'POST',
    '/reset',
    ({ control }) => {
      control.reset()
      return done
    },
  ],
  ['POST', '/seed', async ({ control, exchange }) => json(await control.seed(await jsonBody(exchange), 'afar'), 201)],
  ['GET', '/faults', ({ control }) => json(control.faults())],
  [
    'POST',
    '/faults',
    async ({ control, exchange }) =>
      json(control.addFaults(await jsonBody(exchange), readCallSite(exchange.header(CALL_SITE_HEADER))), 201),
  ],
  [
    'DELETE',
    '/faults',
    ({ control }) => {
      control.clearFaults()
      return done
    },
  ],
  [
    'POST',
    '/faults/verify',
    ({ control }) => {
      control.verifyFaults()
      return done
    },
  ],
  [
    'DELETE',
    '/faults/:param',
    ({ control, param }) => {
      control.removeFault(param)
      return done
    },
  ],
  ['GET', '/requests', async ({ control, exchange }) => json(await control.requests(queryFilter(exchange)))],
  [
    'DELETE',
    '/requests',
    ({ control }) => {
      control.clearRequests()
      return done
    },
  ],
  [
    'POST',
    '/requests/wait',
    async ({ control, exchange }) => {
      const { filter, timeout } = readFields(await jsonBody(exchange, {}), ['filter', 'timeout'])
      return json(await control.waitForRequest(filter, timeout, exchange.signal))
    },
  ],
  ['GET', '/clock', clock],
  [
    'PUT',
    '/clock',
    async (call) => {
      call.control.setClock(await jsonBody(call.exchange))
      return clock(call)
    },
  ],
  [
    'POST',
    '/clock/advance',
    async (call) => {
      call.control.advanceClock(readFields(await jsonBody(call.exchange), ['by']).by)
      return clock(call)
    },
  ],
  ['POST', '/snapshots', ({ control }) => json({ id: control.snapshot() }, 201)],
  [
    'POST',
    '/snapshots/:param/restore',
    ({ control, param }) => {
      control.restore(param)
      return done
    },
  ],
  ['GET', '/projects', ({ control }) => json(control.projects.list().map(projectJson))],
  [
    'POST',
    '/projects',
    async ({ control, exchange }) => {
      const options = readFields(await jsonBody(exchange, {}), ['name', 'profile', 'database', 'seed', 'now'])
      return json(projectJson(await control.makeProject(options, 'afar')), 201)
    },
  ],
  [
    'DELETE',
    '/projects/:param',
    ({ control, param, exchange }) => {
      control.projects.remove(param, exchange.header(HANDLE_HEADER))
      return done
    },
  ],
]
