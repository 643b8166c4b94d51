import type { Flow } from '../../model/flow.ts'
import { claim, holderOf } from '../../store/claims.ts'
import { sendSecret, takeCode } from '../codes.ts'
import { checkTime, saveFlow } from '../flow-store.ts'
import { append, continueNode, csrfNode, emailNode, upsert } from '../nodes.ts'
import { verifyAddress } from '../people.ts'
import { FormProblem, missingField, NotResponsible } from '../problems.ts'
import { recoverySession, retryRecovery } from '../recovery-session.ts'
import type { Submission } from '../submission.ts'
import { texts } from '../texts.ts'
import type { Visit } from '../visit.ts'
import { checkEmail } from './code/code-form.ts'
import { showVerified } from './code/verification.ts'
import { ensureMethod, type RecoveryMethod, type VerificationMethod } from './method.ts'

const NAME = 'link'

const offer: RecoveryMethod['offer'] = (visit, { ui, type }) => {
  upsert(ui, csrfNode(visit.csrfToken(type)))
  upsert(ui, emailNode(NAME, undefined))
  append(ui, continueNode(NAME))
}

const template = { recovery: 'recovery', verification: 'verification' } as const

/** Sends a link to an address that somebody has, or tells it that nobody does where that is configured. */
const sendLink = (visit: Visit, flow: Flow, kind: keyof typeof template, form: Submission): void => {
  const email = form.get('email')
  if (email === '') throw new FormProblem(missingField('email'))
  visit.checkCsrf(flow, form.csrf)
  const address = email.trim().toLowerCase()
  const held = kind === 'recovery' ? claim.recovery('email', address) : claim.verifiable('email', address)
  const identityId = holderOf(visit.world.store.tables.claims, held)
  if (identityId !== undefined)
    sendSecret(visit, flow, NAME, `${template[kind]}_valid`, { identityId, address, via: 'email' })
  else if (visit.config[kind].notifyUnknown)
    sendSecret(visit, flow, NAME, `${template[kind]}_invalid`, { identityId: '', address: email, via: 'email' })
  upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
  upsert(flow.ui, emailNode(NAME, email))
  flow.active = NAME
  flow.state = 'sent_email'
  flow.ui.messages = [kind === 'recovery' ? texts.recoveryLinkSent : texts.verificationLinkSent]
  saveFlow(visit, flow)
}

export const linkRecovery: RecoveryMethod = {
  name: NAME,
  offer,
  async submit({ visit, flow, form }) {
    checkEmail(visit, form.get('email'))
    const token = form.get('token')
    if (token !== '') {
      let link
      try {
        link = takeCode(visit, flow, token, NAME)
      } catch (problem) {
        return retryRecovery(visit, flow, problem)
      }
      if (link === undefined || link.identity_id === '') return retryRecovery(visit, flow, texts.recoveryLinkInvalid)
      if (link.address !== '') verifyAddress(visit, link.identity_id, link.address)
      return recoverySession(visit, flow, link.identity_id, 'link_recovery')
    }
    ensureMethod(form, NAME, visit.config.link.enabled)
    checkTime(visit, flow)
    if (flow.state === 'passed_challenge') return retryRecovery(visit, flow, texts.recoveryRetry)
    sendLink(visit, flow, 'recovery', form)
    return undefined
  },
}

export const linkVerification: VerificationMethod = {
  name: NAME,
  offer,
  async submit({ visit, flow, form }) {
    if (flow.active !== '' && flow.active !== NAME) throw new NotResponsible()
    checkEmail(visit, form.get('email'))
    const token = form.get('token')
    if (token !== '') {
      const link = takeCode(visit, flow, token, NAME)
      if (link === undefined || link.identity_id === '')
        throw new FormProblem({ message: texts.verificationLinkInvalid })
      showVerified(visit, flow, link.identity_id, link.address)
      return undefined
    }
    ensureMethod(form, NAME, visit.config.link.enabled)
    checkTime(visit, flow)
    sendLink(visit, flow, 'verification', form)
    return undefined
  },
}
