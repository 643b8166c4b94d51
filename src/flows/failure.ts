import { KratosError } from '../model/errors.ts'
import type { Flow, UiText } from '../model/flow.ts'
import { expiredError, expiredMessage, FlowExpired, pageOf, saveFlow } from './flow-store.ts'
import { flowJson, type FlowExtras } from './flow-json.ts'
import { addMessage, resetMessages, sortNodes, type NodeOrder } from './nodes.ts'
import { showProblem } from './problems.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import type { Visit } from './visit.ts'

/** How a kind of flow answers a submission that went wrong. */
export interface FailureStyle {
  /** A flow to go on with in place of one that is over. */
  readonly again: () => Flow
  readonly order?: NodeOrder
  /** The method that becomes the active one. */
  readonly active?: string
  /** Whether messages that are there already stay. */
  readonly keepsMessages?: boolean
  readonly extras?: FlowExtras
}

/** Answers with the form again, or sends a browser to its page. */
export const showAgain = (visit: Visit, flow: Flow, status: number, extras?: FlowExtras): FlowReply =>
  flow.type === 'browser' && !visit.isJson
    ? seeOther(pageOf(visit, flow))
    : json(flowJson(visit.world, flow, extras), status)

/** Sends whoever asked to another flow, which says why. */
export const replaced = (visit: Visit, again: Flow, message: UiText): FlowReply => {
  addMessage(again.ui, message)
  saveFlow(visit, again)
  return seeOther(
    again.type === 'api' || visit.isJson
      ? `${visit.publicUrl}/self-service/${again.kind}/flows?id=${again.id}`
      : pageOf(visit, again),
  )
}

const expired = (visit: Visit, flow: Flow, problem: FlowExpired, again: Flow): FlowReply => {
  const message = expiredMessage(visit, flow.kind, problem)
  if (flow.kind === 'recovery' || flow.kind === 'verification') return replaced(visit, again, message)
  addMessage(again.ui, message)
  again.request_url = flow.request_url
  saveFlow(visit, again)
  return flow.type === 'api' || visit.isJson
    ? refused(expiredError(problem.at, visit.now, again.id))
    : seeOther(pageOf(visit, again))
}

/** Answers a submission that went wrong: with the form and what is wrong in it, another flow, or an error. */
export const failed = (visit: Visit, flow: Flow, problem: unknown, style: FailureStyle): FlowReply => {
  if (problem instanceof FlowExpired) return expired(visit, flow, problem, style.again())
  if (style.keepsMessages !== true) resetMessages(flow.ui)
  if (!showProblem(flow.ui, problem)) {
    if (!(problem instanceof KratosError)) throw problem
    return flow.type === 'api' ? refused(problem) : visit.forward(problem)
  }
  if (style.active !== undefined) flow.active = style.active
  if (style.order !== undefined) sortNodes(flow.ui, style.order)
  // It is read back before it is shown.
  const stored = saveFlow(visit, flow)
  if (flow.kind === 'registration' && flow.type === 'browser' && !visit.isJson)
    return { kind: 'redirect', status: 302, location: pageOf(visit, flow) }
  return showAgain(visit, stored, 400, style.extras)
}
