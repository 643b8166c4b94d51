import { methodOff } from '../../../model/errors.ts'
import type { Flow } from '../../../model/flow.ts'
import { sendTo, takeCode, type SentTo } from '../../codes.ts'
import { pageOf, replacedError, saveFlow } from '../../flow-store.ts'
import { append, continueNode, emailNode, putCsrf, resetMessages, setValue, submit, upsert } from '../../nodes.ts'
import { checkFlaws, FlowReplaced, NotResponsible } from '../../problems.ts'
import { seeOther, type FlowReply } from '../../reply.ts'
import { texts } from '../../texts.ts'
import type { Visit } from '../../visit.ts'
import { type LetterMethod } from '../method.ts'
import { codeNode, emailFlaws, hiddenMethod, NAME } from './code-form.ts'

export const codeVerification: LetterMethod = {
  name: NAME,
  /** The form for an address, or once a code was sent for the code (strategy_verification.go). */
  offer(visit, flow) {
    if (flow.state === 'sent_email') append(flow.ui, hiddenMethod(), codeNode(visit, texts.verificationCode))
    else append(flow.ui, emailNode(NAME, undefined))
    append(flow.ui, continueNode(NAME))
    if (flow.type === 'browser') putCsrf(visit, flow)
  },
  async submit({ visit, flow, form }) {
    if (flow.active !== '' && flow.active !== NAME) throw new NotResponsible()
    const email = form.whole('POST', 'GET').get('email')
    const code = form.get('code')
    // The next release takes numbers of phones as well, and so anything.
    const odd = visit.isNext ? [] : emailFlaws(visit, form)
    checkFlaws(form.flaws({ method: [NAME, 'link'] }), ...odd)
    try {
      if ((form.method || (code === '' ? '' : NAME)) !== NAME) throw new NotResponsible()
      if (!visit.config.code.enabled) throw methodOff()
      if (flow.state === 'passed_challenge')
        throw new FlowReplaced(texts.verificationRetry, {
          by: NAME,
          told: (id) => replacedError(id, 'An error occured, please use the new flow.'),
        })
      if (code !== '') return useVerificationCode(visit, flow, code)
      checkFlaws(form.lacking('email'))
      visit.checkCsrf(flow, form.csrf)
    } catch (problem) {
      putCsrf(visit, flow)
      upsert(flow.ui, emailNode(NAME, email))
      throw problem
    }
    // How a code gets to an address (strategy/code/code_sender.go hackyInferChannel).
    const via = visit.isNext && !email.includes('@') ? 'sms' : 'email'
    flow.codes = []
    sendTo(visit, flow, NAME, email, via)
    flow.state = 'sent_email'
    flow.ui.nodes = null
    resetMessages(flow.ui)
    codeVerification.offer(visit, flow)
    append(flow.ui, submit(NAME, email, texts.resendCode, 'email'))
    flow.ui.messages = [via === 'sms' ? texts.verificationCodeSentBySms : texts.verificationCodeSent]
    return undefined
  },
}

const useVerificationCode = (visit: Visit, flow: Flow, secret: string): FlowReply | SentTo | undefined => {
  if (visit.request.method === 'GET') {
    // A link was clicked: the page shows the code, and a person sends it.
    setValue(flow.ui, 'code', secret)
    visit.renewCsrf()
    flow.csrf = visit.csrfToken()
    putCsrf(visit, flow)
    saveFlow(visit, flow)
    return seeOther(pageOf(visit, flow))
  }
  const verified = takeCode(visit, flow, secret, NAME)
  if (verified !== undefined) return verified
  flow.ui.messages = [texts.verificationCodeInvalid]
  return undefined
}
