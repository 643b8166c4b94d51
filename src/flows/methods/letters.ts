import { KratosError } from '../../model/errors.ts'
import type { Flow } from '../../model/flow.ts'
import { takeCode, type SentTo } from '../codes.ts'
import { append, continueNode, emailNode, putCsrf, upsert } from '../nodes.ts'
import { FlowReplaced } from '../problems.ts'
import { generic } from '../texts.ts'
import type { Visit } from '../visit.ts'
import type { LetterMethod } from './method.ts'

type LetterName = 'code' | 'link'

/** Asks for an address (PopulateRecoveryMethod of codes and links, PopulateVerificationMethod of links). */
export const offerAddress =
  (name: LetterName): LetterMethod['offer'] =>
  (visit, flow) => {
    putCsrf(visit, flow)
    upsert(flow.ui, emailNode(name, undefined))
    append(flow.ui, continueNode(name))
  }

/** Whom a code or a link recovers; undefined for one that is not right. @throws FlowReplaced, FlowExpired */
export const takeRecovery = (visit: Visit, flow: Flow, secret: string, name: LetterName): SentTo | undefined => {
  try {
    return takeCode(visit, flow, secret, name)
  } catch (problem) {
    // A recovery that cannot go on leads to another one, which says why (strategy_recovery.go retryRecoveryFlow).
    if (problem instanceof KratosError) throw new FlowReplaced(generic(problem.parts.reason ?? problem.message))
    throw problem
  }
}
