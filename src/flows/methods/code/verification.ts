import { normalTyped } from '../../../api/identities/credential-types.ts'
import { KratosError } from '../../../model/errors.ts'
import type { Flow } from '../../../model/flow.ts'
import { claim, holderOf } from '../../../store/claims.ts'
import { sendSecret, takeCode } from '../../codes.ts'
import { flowJson } from '../../flow-json.ts'
import { checkTime, pageOf, saveFlow } from '../../flow-store.ts'
import { anchor, append, csrfNode, emailNode, resetMessages, setValue, submit, upsert } from '../../nodes.ts'
import { verifyAddress } from '../../people.ts'
import { FormProblem, missingField, NotResponsible } from '../../problems.ts'
import { json, refused, seeOther, type FlowReply } from '../../reply.ts'
import { afterFlow } from '../../return-to.ts'
import type { Submission } from '../../submission.ts'
import { generic, texts } from '../../texts.ts'
import { newVerification, offerVerification } from '../../verification-flow.ts'
import type { Visit } from '../../visit.ts'
import type { VerificationMethod } from '../method.ts'
import { checkEmail, NAME } from './code-form.ts'

export const codeVerification: VerificationMethod = {
  name: NAME,
  offer: (visit, flow) => offerVerification(visit, flow, NAME),
  async submit({ visit, flow, form }) {
    if (flow.active !== '' && flow.active !== NAME) throw new NotResponsible()
    const email = form.get('email')
    const code = form.get('code')
    // The next release takes numbers of phones as well, and so anything.
    if (!visit.isNext) checkEmail(visit, email)
    if (form.method !== '' && form.method !== NAME && form.method !== 'link') {
      const message = generic('value must be one of "code", "link"')
      throw new FormProblem({ message, at: 'method' })
    }
    try {
      if ((form.method || (code === '' ? '' : NAME)) !== NAME) throw new NotResponsible()
      checkTime(visit, flow)
      if (flow.state === 'passed_challenge') return replaceVerification(visit, flow)
      if (code !== '') return useVerificationCode(visit, flow, code, form)
      if (email === '') throw new FormProblem(missingField('email'))
      visit.checkCsrf(flow, form.csrf)
    } catch (problem) {
      upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
      upsert(flow.ui, emailNode(NAME, email))
      throw problem
    }
    sendVerification(visit, flow, email)
    flow.state = 'sent_email'
    flow.ui.nodes = null
    resetMessages(flow.ui)
    codeVerification.offer(visit, flow)
    append(flow.ui, submit(NAME, email, texts.resendCode, 'email'))
    flow.ui.messages = [
      channelOf(visit, email) === 'sms' ? texts.verificationCodeSentBySms : texts.verificationCodeSent,
    ]
    saveFlow(visit, flow)
    return undefined
  },
}

/** How a code gets to an address (strategy/code/code_sender.go hackyInferChannel). */
const channelOf = ({ isNext }: Visit, address: string): 'email' | 'sms' =>
  isNext && !address.includes('@') ? 'sms' : 'email'

const sendVerification = (visit: Visit, flow: Flow, email: string): void => {
  flow.codes = []
  const via = channelOf(visit, email)
  const address = normalTyped(email, visit.world.profile)
  const held = claim.verifiable(via, address)
  const identityId = holderOf(visit.world.store.tables.claims, held)
  if (identityId !== undefined) sendSecret(visit, flow, 'code', 'verification_code_valid', { identityId, address, via })
  else if (visit.config.verification.notifyUnknown && via === 'email')
    sendSecret(visit, flow, 'code', 'verification_code_invalid', { identityId: '', address: email, via: 'email' })
}

/** Kratos answers a flow that is done with another one. */
const replaceVerification = (visit: Visit, flow: Flow): FlowReply => {
  visit.renewCsrf()
  const again = newVerification(visit, flow.type)
  again.ui.messages.push(texts.verificationRetry)
  saveFlow(visit, again)
  if (!visit.isJson) return seeOther(pageOf(visit, again))
  return refused(
    new KratosError(410, {
      id: 'self_service_flow_replaced',
      message: 'self-service flow replaced',
      reason: 'An error occured, please use the new flow.',
      beside: { use_flow_id: again.id },
    }),
  )
}

const useVerificationCode = (
  visit: Visit,
  flow: Flow,
  secret: string,
  { transient }: Submission,
): FlowReply | undefined => {
  if (visit.request.method === 'GET') {
    // A link was clicked: the page shows the code, and a person sends it.
    setValue(flow.ui, 'code', secret)
    visit.renewCsrf()
    flow.csrf = visit.csrfToken('browser')
    upsert(flow.ui, csrfNode(flow.csrf))
    saveFlow(visit, flow)
    return seeOther(pageOf(visit, flow))
  }
  const code = takeCode(visit, flow, secret)
  if (code === undefined || code.identity_id === '') {
    flow.ui.messages = [texts.verificationCodeInvalid]
    saveFlow(visit, flow)
    const extras = { transient_payload: transient }
    return visit.isBrowser ? seeOther(pageOf(visit, flow)) : json(flowJson(visit.world, flow, extras))
  }
  showVerified(visit, flow, code.identity_id, code.address)
  return undefined
}

/** Verifies an address and says so. */
export const showVerified = (visit: Visit, flow: Flow, identityId: string, address: string): void => {
  verifyAddress(visit, identityId, address)
  const onward = afterFlow(visit, flow)
  flow.state = 'passed_challenge'
  flow.csrf = visit.csrfToken(flow.type)
  flow.ui = { method: 'GET', action: onward, nodes: null, messages: [texts.verified] }
  upsert(flow.ui, csrfNode(flow.csrf))
  append(flow.ui, anchor(NAME, 'continue', onward, texts.continue))
  saveFlow(visit, flow)
}
