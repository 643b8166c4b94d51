import { KratosError } from '../../../model/errors.ts'
import type { Flow } from '../../../model/flow.ts'
import { claim, holderOf } from '../../../store/claims.ts'
import { sendSecret, takeCode } from '../../codes.ts'
import { showAgain } from '../../failure.ts'
import { actionOf, checkTime, saveFlow } from '../../flow-store.ts'
import { append, continueNode, csrfNode, emailNode, resetMessages, submit, upsert } from '../../nodes.ts'
import { verifyAddress } from '../../people.ts'
import { FormProblem, missingField, NotResponsible } from '../../problems.ts'
import { recoverySession, retryRecovery } from '../../recovery-session.ts'
import { refused, seeOther, type FlowReply } from '../../reply.ts'
import type { Submission } from '../../submission.ts'
import { texts } from '../../texts.ts'
import type { Visit } from '../../visit.ts'
import { ensureMethod, type RecoveryMethod } from '../method.ts'
import { checkEmail, codeNode, hiddenMethod, NAME } from './code-form.ts'

export const codeRecovery: RecoveryMethod = {
  name: NAME,
  offer(visit, { ui, type }) {
    upsert(ui, csrfNode(visit.csrfToken(type)))
    upsert(ui, emailNode(NAME, undefined))
    append(ui, continueNode(NAME))
  },
  async submit({ visit, flow, form }) {
    if (flow.active !== NAME) throw new NotResponsible()
    const email = form.get('email')
    checkEmail(visit, email)
    if (!flow.skip_csrf) visit.checkCsrf(flow, form.csrf)
    resetMessages(flow.ui)
    if (flow.state !== 'choose_method' && email === '') return useRecoveryCode(visit, flow, form)
    if (visit.caller !== undefined) return alreadySignedIn(visit)
    ensureMethod(form, NAME, visit.config.code.enabled)
    checkTime(visit, flow)
    if (flow.state === 'passed_challenge') return retryRecovery(visit, flow, texts.recoveryRetry)
    if (email === '') throw new FormProblem(missingField('email'))
    sendRecovery(visit, flow, email)
    flow.active = NAME
    flow.state = 'sent_email'
    flow.ui.action = actionOf(visit, flow.kind, flow.id)
    showRecoveryCodeForm(visit, flow, email)
    flow.ui.messages = [texts.recoveryCodeSent]
    saveFlow(visit, flow)
    return undefined
  },
}

/** The form that takes a recovery code. */
export const showRecoveryCodeForm = (visit: Visit, flow: Flow, email: string): void => {
  flow.ui.nodes = null
  // One that an administrator made asks for no token.
  if (!flow.skip_csrf) upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
  append(flow.ui, codeNode(visit, texts.recoveryCode, { pattern: '[0-9]+', maxlength: 6 }))
  if (!flow.skip_csrf) append(flow.ui, hiddenMethod())
  append(flow.ui, continueNode(NAME))
  if (email !== '') append(flow.ui, submit(NAME, email, texts.resendCode, 'email'))
}

const alreadySignedIn = (visit: Visit): FlowReply =>
  visit.isJson
    ? refused(
        new KratosError(400, {
          id: 'session_already_available',
          ...(visit.is13 ? {} : { message: 'you are already logged in' }),
          reason: 'A valid session was detected and thus recovery is not possible.',
        }),
      )
    : seeOther(visit.config.defaultReturnUrl)

const sendRecovery = (visit: Visit, flow: Flow, email: string): void => {
  flow.codes = []
  const address = email.trim().toLowerCase()
  const held = claim.recovery('email', address)
  const identityId = holderOf(visit.world.store.tables.claims, held)
  if (identityId !== undefined)
    sendSecret(visit, flow, 'code', 'recovery_code_valid', { identityId, address, via: 'email' })
  else if (visit.config.recovery.notifyUnknown)
    sendSecret(visit, flow, 'code', 'recovery_code_invalid', { identityId: '', address: email, via: 'email' })
}

const useRecoveryCode = (visit: Visit, flow: Flow, form: Submission): FlowReply => {
  let code
  try {
    code = takeCode(visit, flow, form.get('code'))
  } catch (problem) {
    return retryRecovery(visit, flow, problem)
  }
  if (code === undefined || code.identity_id === '') {
    flow.ui.messages = [texts.recoveryCodeInvalid]
    saveFlow(visit, flow)
    return showAgain(visit, flow, 200, { transient_payload: form.transient })
  }
  if (code.address !== '') verifyAddress(visit, code.identity_id, code.address)
  return recoverySession(visit, flow, code.identity_id, 'code_recovery')
}
