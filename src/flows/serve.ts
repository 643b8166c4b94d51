import { errorJson } from '../api/errors.ts'
import { textOf } from '../go/bytes.ts'
import { KratosError, notLocated } from '../model/errors.ts'
import { escapeHtml } from '../model/json.ts'
import type { OperationId } from '../model/operations.ts'
import { parseUuid } from '../go/uuid.ts'
import type { Kind } from './kind.ts'
import { login } from './login.ts'
import { createBrowserLogout, performNativeLogout, updateLogout } from './logout.ts'
import type { Method } from './methods/method.ts'
import { recovery } from './recovery.ts'
import { registration } from './registration.ts'
import { json, type FlowReply } from './reply.ts'
import { settings } from './settings.ts'
import { verification } from './verification.ts'
import type { Visit } from './visit.ts'
import { Walk } from './walk.ts'

/** Answers one operation. @throws KratosError */
type FlowOperation = (visit: Visit) => FlowReply | Promise<FlowReply>

type Named<Name extends string> = Readonly<
  Record<`createNative${Name}Flow` | `createBrowser${Name}Flow` | `get${Name}Flow` | `update${Name}Flow`, FlowOperation>
>

/** The operations of a kind of flow, by the names of the reference. */
const operationsOf = <Name extends string, R, M extends Method<R, M>>(name: Name, kind: Kind<R, M>): Named<Name> => {
  const walk = new Walk(kind)
  const operations: Readonly<Record<string, FlowOperation>> = {
    [`createNative${name}Flow`]: (visit) => walk.begin(visit, 'api'),
    [`createBrowser${name}Flow`]: (visit) => walk.begin(visit, 'browser'),
    [`get${name}Flow`]: (visit) => walk.show(visit),
    [`update${name}Flow`]: (visit) => walk.submit(visit),
  }
  return operations as Named<Name>
}

/** Sends a browser that is refused to the page for errors. */
const forwarding =
  (operation: FlowOperation): FlowOperation =>
  (visit) => {
    try {
      return operation(visit)
    } catch (error) {
      if (error instanceof KratosError) return visit.forward(error)
      throw error
    }
  }

const shownError = (id: string, error: string, time: string): FlowReply =>
  json(`{"id":"${id}","error":${error},"created_at":"${time}","updated_at":"${time}"}`)

/** What `stub:500` shows to whoever builds a page for errors: an error that no row holds. */
const STUB = errorJson(new KratosError(500, { reason: 'This is a stub error.' }))

/** `GET /self-service/errors?id=`. */
const getFlowError: FlowOperation = ({ world, request }) => {
  const asked = textOf(request.query.get('error') || request.query.get('id'))
  if (asked === 'stub:500') return shownError(world.random.uuid(), STUB, '0001-01-01T00:00:00Z')
  const id = parseUuid(asked)
  const found = typeof id === 'string' ? world.store.tables.flowErrors.get({ id }) : undefined
  if (found === undefined) throw notLocated()
  return shownError(found.id, escapeHtml(found.error), found.created_at)
}

/** Every operation of the self-service flows. */
export const flowOperations: Readonly<Partial<Record<OperationId, FlowOperation>>> = {
  ...operationsOf('Login', login),
  ...operationsOf('Registration', registration),
  ...operationsOf('Recovery', recovery),
  ...operationsOf('Verification', verification),
  ...operationsOf('Settings', settings),
  createBrowserLogoutFlow: forwarding(createBrowserLogout),
  updateLogoutFlow: forwarding(updateLogout),
  performNativeLogout,
  getFlowError,
}
