import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { useOf, type SentTo } from './codes.ts'
import { flowJson } from './flow-json.ts'
import { newFlow, pageOf, saveFlow, type FlowType } from './flow-store.ts'
import type { Kind } from './kind.ts'
import { codeVerification } from './methods/code/verification.ts'
import { linkVerification } from './methods/link.ts'
import type { LetterMethod } from './methods/method.ts'
import { anchor, append, putCsrf } from './nodes.ts'
import { verifyAddress } from './people.ts'
import { json, refused, seeOther } from './reply.ts'
import { afterVerification } from './return-to.ts'
import { texts } from './texts.ts'
import type { Visit } from './visit.ts'

const methods: readonly LetterMethod[] = [codeVerification, linkVerification]

/** A verification that is not stored yet: its form asks for the address, or once a code was sent for the code. */
export const newVerification = (
  visit: Visit,
  type: FlowType,
  use = useOf(visit, 'verification'),
  parts: Partial<Flow> = {},
): Flow => {
  const flow = newFlow(visit, 'verification', type, { active: use, ...parts })
  methods.find(({ name }) => name === flow.active)?.offer(visit, flow)
  return flow
}

export const verification: Kind<SentTo | undefined, LetterMethod> = {
  name: 'verification',
  methods,
  byLetter: true,
  before(visit, step) {
    if (visit.config.verification.enabled || step === 'submit') return undefined
    return visit.forward(new KratosError(400, { reason: 'Verification is not allowed because it was disabled.' }))
  },
  begin: (visit, type, use) => newVerification(visit, type, use),
  again(visit, { active }) {
    visit.renewCsrf()
    return newVerification(visit, 'browser', useOf(visit, 'verification', active))
  },
  notBegun: (_visit, error) => refused(error),
  keepsMessages: true,
  /** Verifies an address and says so. */
  finish({ visit, flow, form }, verified, { name }) {
    if (verified !== undefined) {
      verifyAddress(visit, verified.identityId, verified.address)
      const onward = afterVerification(visit, flow)
      flow.state = 'passed_challenge'
      if (flow.type === 'browser' && visit.csrfToken() === '') visit.renewCsrf()
      flow.csrf = visit.csrfToken()
      flow.ui = { method: 'GET', action: onward, nodes: null, messages: [texts.verified] }
      putCsrf(visit, flow)
      append(flow.ui, anchor(name, 'continue', onward, texts.continue))
    }
    saveFlow(visit, flow)
    if (visit.isBrowser) return seeOther(pageOf(visit, flow))
    const isWrong = verified === undefined && name === 'code' && form.get('code') !== ''
    return json(flowJson(visit.world, flow, isWrong ? { transient_payload: form.transient } : {}))
  },
}
