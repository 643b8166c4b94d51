import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { failed } from './failure.ts'
import { flowJson } from './flow-json.ts'
import { checkTime, pageOf, takenFlow, type FlowType } from './flow-store.ts'
import { codeVerification } from './methods/code/verification.ts'
import { linkVerification } from './methods/link.ts'
import { firstResult, type VerificationMethod } from './methods/method.ts'
import { FormProblem } from './problems.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { Submission } from './submission.ts'
import { noStrategy } from './texts.ts'
import { newVerification } from './verification-flow.ts'
import type { Visit } from './visit.ts'

const methods: readonly VerificationMethod[] = [codeVerification, linkVerification]

const create = (visit: Visit, type: FlowType): FlowReply => {
  if (!visit.config.verification.enabled)
    return visit.forward(new KratosError(400, { reason: 'Verification is not allowed because it was disabled.' }))
  try {
    const flow = newVerification(visit, type)
    const body = flowJson(visit.world, flow)
    return type === 'api' ? json(body) : visit.complete(body, pageOf(visit, flow))
  } catch (error) {
    if (error instanceof KratosError) return refused(error)
    throw error
  }
}

export const createNativeVerification = (visit: Visit): FlowReply => create(visit, 'api')
export const createBrowserVerification = (visit: Visit): FlowReply => create(visit, 'browser')

export const updateVerification = async (visit: Visit): Promise<FlowReply> => {
  const taken = takenFlow(visit, 'verification')
  if ('reply' in taken) return taken.reply
  const { flow } = taken
  const fail = (problem: unknown, active: string): FlowReply => {
    const again = (): Flow => {
      visit.renewCsrf()
      return newVerification(visit, flow.type)
    }
    return failed(visit, flow, problem, { again, active, keepsMessages: true })
  }
  try {
    checkTime(visit, flow)
    const form = (await Submission.read(visit.request)).withQuery(visit.request.query)
    const done = await firstResult(methods, { visit, flow, form }, ({ name }, problem) => fail(problem, name))
    if (done === undefined) return fail(new FormProblem({ message: noStrategy.verification }), 'default')
    if ('reply' in done) return done.reply
    if (done.result !== undefined) return done.result
    return visit.isBrowser ? seeOther(pageOf(visit, flow)) : json(flowJson(visit.world, flow))
  } catch (problem) {
    return fail(problem, flow.active || 'default')
  }
}
