import { textOf } from '../go/bytes.ts'
import { notLocated } from '../model/errors.ts'
import type { Flow, FlowKind } from '../model/flow.ts'
import type { OperationId } from '../model/operations.ts'
import { parseUuid } from '../go/uuid.ts'
import { flowJson } from './flow-json.ts'
import { goneError, loadFlow } from './flow-store.ts'
import { createBrowserLogin, createNativeLogin, updateLogin } from './login.ts'
import { createBrowserLogout, performNativeLogout, updateLogout } from './logout.ts'
import { createBrowserRecovery, createNativeRecovery, getRecovery, updateRecovery } from './recovery.ts'
import { createBrowserRegistration, createNativeRegistration, updateRegistration } from './registration.ts'
import { json, type FlowReply } from './reply.ts'
import { createBrowserSettings, createNativeSettings, getSettings, updateSettings } from './settings.ts'
import { createBrowserVerification, createNativeVerification, updateVerification } from './verification.ts'
import type { Visit } from './visit.ts'

/** Answers one operation. @throws KratosError */
export type FlowOperation = (visit: Visit) => FlowReply | Promise<FlowReply>

/** A flow as somebody sees it who may: a browser its own, as long as it lasts. @throws KratosError 403, 410. */
const shown = (visit: Visit, flow: Flow, identity?: string): FlowReply => {
  if (flow.kind !== 'settings' && !flow.skip_csrf && !visit.owns(flow)) throw visit.csrfError()
  if (flow.expires < visit.now) throw goneError(visit, flow)
  return json(flowJson(visit.world, flow, identity === undefined ? {} : { identity }))
}

const get =
  (kind: FlowKind): FlowOperation =>
  (visit) =>
    shown(visit, loadFlow(visit, kind, visit.request.query.get('id')))

/** `GET /self-service/errors?id=`. */
const getFlowError: FlowOperation = ({ world, request }) => {
  const id = parseUuid(textOf(request.query.get('error') || request.query.get('id')))
  const found = typeof id === 'string' ? world.store.tables.flowErrors.get({ id }) : undefined
  if (found === undefined) throw notLocated()
  const { error, created_at } = found
  return json(`{"id":"${found.id}","error":${error},"created_at":"${created_at}","updated_at":"${created_at}"}`)
}

/** Every operation of the self-service flows. */
export const flowOperations: Readonly<Partial<Record<OperationId, FlowOperation>>> = {
  createNativeLoginFlow: createNativeLogin,
  createBrowserLoginFlow: createBrowserLogin,
  getLoginFlow: get('login'),
  updateLoginFlow: updateLogin,
  createNativeRegistrationFlow: createNativeRegistration,
  createBrowserRegistrationFlow: createBrowserRegistration,
  getRegistrationFlow: get('registration'),
  updateRegistrationFlow: updateRegistration,
  createNativeRecoveryFlow: createNativeRecovery,
  createBrowserRecoveryFlow: createBrowserRecovery,
  getRecoveryFlow: (visit) => shown(visit, getRecovery(visit)),
  updateRecoveryFlow: updateRecovery,
  createNativeVerificationFlow: createNativeVerification,
  createBrowserVerificationFlow: createBrowserVerification,
  getVerificationFlow: get('verification'),
  updateVerificationFlow: updateVerification,
  createNativeSettingsFlow: createNativeSettings,
  createBrowserSettingsFlow: createBrowserSettings,
  getSettingsFlow: (visit) => {
    const found = getSettings(visit)
    return 'flow' in found ? shown(visit, found.flow, found.identity) : found
  },
  updateSettingsFlow: updateSettings,
  createBrowserLogoutFlow: createBrowserLogout,
  updateLogoutFlow: updateLogout,
  performNativeLogout,
  getFlowError,
}
