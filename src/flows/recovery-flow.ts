import type { Flow } from '../model/flow.ts'
import { newFlow, saveFlow, type FlowType } from './flow-store.ts'
import { append, continueNode, csrfNode, emailNode, upsert } from './nodes.ts'
import type { Visit } from './visit.ts'

/** A recovery that begins: its form asks for the address (PopulateRecoveryMethod of codes and links). */
export const newRecovery = (visit: Visit, type: FlowType): Flow => {
  const flow = newFlow(visit, 'recovery', type)
  const use = visit.config.recovery.use
  flow.active = use
  upsert(flow.ui, csrfNode(visit.csrfToken(type)))
  upsert(flow.ui, emailNode(use, undefined))
  append(flow.ui, continueNode(use))
  saveFlow(visit, flow)
  return flow
}
