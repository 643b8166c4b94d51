import { methodOff } from '../../../model/errors.ts'
import type { Flow } from '../../../model/flow.ts'
import { orRetried, sendTo, takeCode } from '../../codes.ts'
import { actionOf, keepNamed, namedRecovery } from '../../flow-store.ts'
import { append, continueNode, offerAddress, putCsrf, resetMessages, submit } from '../../nodes.ts'
import { checkFlaws, FlowReplaced, NotResponsible } from '../../problems.ts'
import { turnAway } from '../../return-to.ts'
import { texts } from '../../texts.ts'
import type { Visit } from '../../visit.ts'
import { ensureMethod, type LetterMethod } from '../method.ts'
import { codeNode, emailFlaws, hiddenMethod, NAME } from './code-form.ts'

export const codeRecovery: LetterMethod = {
  name: NAME,
  offer: (visit, flow) => offerAddress(visit, flow, NAME),
  async submit({ visit, flow, given, form }) {
    if (flow.active !== NAME) throw new NotResponsible()
    const email = form.whole('POST').get('email')
    checkFlaws(form.flaws(), ...emailFlaws(visit, form))
    if (!flow.skip_csrf) orRetried(visit, { by: NAME, type: 'browser' }, () => visit.checkCsrf(flow, form.csrf))
    resetMessages(flow.ui)
    if (flow.state !== 'choose_method' && email === '') {
      if (!visit.config.code.enabled) throw methodOff()
      const recovering = takeCode(visit, flow, form.get('code'), NAME)
      if (recovering !== undefined) return recovering
      flow.ui.messages = [texts.recoveryCodeInvalid]
      return undefined
    }
    if (visit.caller !== undefined) return turnAway(visit, 'recovery', 'submit')
    ensureMethod(form, NAME, visit.config.code.enabled)
    const named = namedRecovery(visit, flow, form.get('flow'))
    if (named.state === 'passed_challenge') throw new FlowReplaced(texts.recoveryRetry, { by: NAME })
    checkFlaws(form.lacking('email'))
    named.codes = []
    sendTo(visit, named, NAME, email)
    named.active = NAME
    named.state = 'sent_email'
    named.ui.action = actionOf(visit, named.kind, named.id)
    showRecoveryCodeForm(visit, named, email)
    named.ui.messages = [texts.recoveryCodeSent]
    keepNamed(visit, named, flow, given)
    return undefined
  },
}

/** The form that takes a recovery code; of an administrator's it is taken without a token. */
export const showRecoveryCodeForm = (visit: Visit, flow: Flow, email: string): void => {
  flow.ui.nodes = null
  const code = codeNode(visit, texts.recoveryCode, { pattern: '[0-9]+', maxlength: 6 })
  if (flow.skip_csrf) append(flow.ui, code)
  else {
    putCsrf(visit, flow)
    append(flow.ui, code, hiddenMethod())
  }
  append(flow.ui, continueNode(NAME))
  if (email !== '') append(flow.ui, submit(NAME, email, texts.resendCode, 'email'))
}
