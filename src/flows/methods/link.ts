import { methodOff } from '../../model/errors.ts'
import type { Flow } from '../../model/flow.ts'
import { sendTo, takeCode } from '../codes.ts'
import { keepNamed, namedRecovery } from '../flow-store.ts'
import { emailNode, offerAddress, putCsrf, upsert } from '../nodes.ts'
import { checkFlaws, FlowReplaced, NotResponsible } from '../problems.ts'
import { turnAway } from '../return-to.ts'
import type { Submission } from '../submission.ts'
import { texts } from '../texts.ts'
import type { Visit } from '../visit.ts'
import { emailFlaws } from './code/code-form.ts'
import { ensureMethod, type LetterMethod } from './method.ts'

const NAME = 'link'

const keepEmail = (visit: Visit, flow: Flow, form: Submission): void => {
  putCsrf(visit, flow)
  upsert(flow.ui, emailNode(NAME, form.get('email')))
}

/** Sends a link to the address that a form holds. */
const sendLink = (visit: Visit, flow: Flow, form: Submission): void => {
  const email = form.get('email')
  checkFlaws(form.lacking('email'))
  visit.checkCsrf(flow, form.csrf)
  sendTo(visit, flow, NAME, email)
  flow.active = NAME
  flow.state = 'sent_email'
  flow.ui.messages = [flow.kind === 'recovery' ? texts.recoveryLinkSent : texts.verificationLinkSent]
}

export const linkRecovery: LetterMethod = {
  name: NAME,
  offer: (visit, flow) => offerAddress(visit, flow, NAME),
  async submit({ visit, flow, given, form }) {
    const token = form.whole('POST', 'GET').get('token')
    checkFlaws(form.flaws(), ...emailFlaws(visit, form))
    if (token !== '') {
      if (!visit.config.link.enabled) throw methodOff()
      const recovering = takeCode(visit, flow, token, NAME)
      if (recovering === undefined) throw new FlowReplaced(texts.recoveryLinkInvalid, { by: NAME, type: 'browser' })
      return recovering
    }
    if (visit.caller !== undefined) return turnAway(visit, 'recovery', 'submit')
    ensureMethod(form, NAME, visit.config.link.enabled)
    const named = namedRecovery(visit, flow, form.get('flow'))
    if (named.state === 'passed_challenge') throw new FlowReplaced(texts.recoveryRetry, { by: NAME })
    // What is wrong is shown in the form as it was.
    sendLink(visit, named, form)
    keepEmail(visit, named, form)
    keepNamed(visit, named, flow, given)
    return undefined
  },
}

export const linkVerification: LetterMethod = {
  name: NAME,
  offer: (visit, flow) => offerAddress(visit, flow, NAME),
  async submit({ visit, flow, form }) {
    if (flow.active !== '' && flow.active !== NAME) throw new NotResponsible()
    const token = form.whole('POST', 'GET').get('token')
    checkFlaws(form.flaws(), ...emailFlaws(visit, form))
    if (token !== '') {
      if (!visit.config.link.enabled) throw methodOff()
      const verified = takeCode(visit, flow, token, NAME)
      if (verified !== undefined) return verified
      throw new FlowReplaced(texts.verificationLinkInvalid, { by: NAME, type: 'browser' })
    }
    keepEmail(visit, flow, form)
    ensureMethod(form, NAME, visit.config.link.enabled)
    if (flow.state === 'passed_challenge') throw new FlowReplaced(texts.verificationRetry, { by: NAME })
    sendLink(visit, flow, form)
    return undefined
  },
}
