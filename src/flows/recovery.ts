import type { PlantedRecovery } from '../api/recovery/recovery.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { failed, showAgain } from './failure.ts'
import { flowJson } from './flow-json.ts'
import { loadFlow, newFlow, pageOf, saveFlow, submittedFlow, takenFlow, type FlowType } from './flow-store.ts'
import { codeRecovery, showRecoveryCodeForm } from './methods/code/recovery.ts'
import { linkRecovery } from './methods/link.ts'
import { firstResult, type RecoveryMethod } from './methods/method.ts'
import { FormProblem } from './problems.ts'
import { newRecovery } from './recovery-flow.ts'
import { json, refused, type FlowReply } from './reply.ts'
import { Submission } from './submission.ts'
import { noStrategy } from './texts.ts'
import type { Visit } from './visit.ts'

const methods: readonly RecoveryMethod[] = [codeRecovery, linkRecovery]

const off = (): KratosError => new KratosError(400, { reason: 'Recovery is not allowed because it was disabled.' })

const alreadySignedIn = ({ is13 }: Visit): KratosError =>
  new KratosError(400, {
    id: 'session_already_available',
    ...(is13 ? {} : { message: 'you are already logged in' }),
    reason: 'A valid session was detected and thus recovery is not possible.',
  })

const create = (visit: Visit, type: FlowType): FlowReply => {
  if (!visit.config.recovery.enabled) return visit.forward(off())
  if (visit.caller !== undefined) {
    if (type === 'api' || visit.isJson) return refused(alreadySignedIn(visit))
    return { kind: 'redirect', status: 302, location: visit.config.defaultReturnUrl }
  }
  try {
    const flow = newRecovery(visit, type)
    const body = flowJson(visit.world, flow)
    return type === 'api' ? json(body) : visit.complete(body, pageOf(visit, flow))
  } catch (error) {
    if (!(error instanceof KratosError)) throw error
    return type === 'api' ? refused(error) : visit.forward(error)
  }
}

export const createNativeRecovery = (visit: Visit): FlowReply => create(visit, 'api')
export const createBrowserRecovery = (visit: Visit): FlowReply => create(visit, 'browser')

/** `GET /self-service/recovery/flows?id=`: what an administrator made is bound to no browser. */
export const getRecovery = (visit: Visit): Flow => {
  if (!visit.config.recovery.enabled) throw off()
  return loadFlow(visit, 'recovery', visit.request.query.get('id'))
}

const flowOf = (visit: Visit): Flow => {
  const { query } = visit.request
  // A link of an administrator's may come without its flow.
  if (query.has('token') && !query.has('flow')) {
    const { flows } = visit.world.store.tables
    const token = query.get('token')
    const found = flows
      .slice(0, flows.size)
      .find(({ codes }) => codes.some(({ kind, secret }) => kind === 'link' && secret === token))
    if (found?.kind === 'recovery') return structuredClone(found)
    return newRecovery(visit, 'browser')
  }
  return submittedFlow(visit, 'recovery')
}

export const updateRecovery = async (visit: Visit): Promise<FlowReply> => {
  const taken = takenFlow(visit, 'recovery', flowOf)
  if ('reply' in taken) return taken.reply
  const { flow } = taken
  const fail = (problem: unknown, active: string): FlowReply => {
    const again = (): Flow => {
      visit.renewCsrf()
      return newRecovery(visit, flow.type)
    }
    return failed(visit, flow, problem, { again, active })
  }
  try {
    const form = (await Submission.read(visit.request)).withQuery(visit.request.query)
    const done = await firstResult(methods, { visit, flow, form }, ({ name }, problem) => fail(problem, name))
    if (done === undefined) return fail(new FormProblem({ message: noStrategy.recovery }), 'default')
    if ('reply' in done) return done.reply
    return done.result ?? showAgain(visit, flow, 200, { transient_payload: form.transient })
  } catch (problem) {
    return fail(problem, flow.active || 'default')
  }
}

/** Stores the flow that an administrator's recovery code or link belongs to (strategy_recovery_admin.go). */
export const plantRecovery = (
  visit: Visit,
  { id, type, identityId, secret, kind, expires }: PlantedRecovery,
  request_url: string,
): void => {
  const flow = newFlow(visit, 'recovery', type, {
    id,
    request_url,
    active: kind,
    state: 'sent_email',
    expires,
    skip_csrf: true,
    codes: [{ secret, kind, identity_id: identityId, address: '', via: 'email', expires, used: false }],
  })
  flow.ui.action = flow.ui.action.replace(/flow=.*$/, `flow=${id}`)
  if (kind === 'code') showRecoveryCodeForm(visit, flow, '')
  saveFlow(visit, flow)
}
