import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import { sendSecret } from './codes.ts'
import { newFlow, pageOf, saveFlow, type FlowType } from './flow-store.ts'
import { codeNode } from './methods/code/code-form.ts'
import { append, continueNode, csrfNode, emailNode, field, submit, upsert } from './nodes.ts'
import { texts } from './texts.ts'
import type { Visit } from './visit.ts'

/** The form for an address, or once a code was sent for the code (strategy_verification.go). */
export const offerVerification = (visit: Visit, { ui, type, state }: Flow, method: 'code' | 'link'): void => {
  if (state === 'sent_email' && method === 'code') {
    append(ui, field(method, 'method', 'hidden', method))
    append(ui, codeNode(visit, texts.verificationCode))
    append(ui, continueNode(method))
  } else append(ui, emailNode(method, undefined), continueNode(method))
  if (type === 'browser') upsert(ui, csrfNode(visit.csrfToken(type)))
}

/** A verification that begins. */
export const newVerification = (visit: Visit, type: FlowType): Flow => {
  const flow = newFlow(visit, 'verification', type)
  flow.active = visit.config.verification.use
  offerVerification(visit, flow, visit.config.verification.use)
  saveFlow(visit, flow)
  return flow
}

/** Where somebody goes on after a flow: the first three words of `continueWith` in the reference. */
export interface VerificationUi {
  readonly action: 'show_verification_ui'
  readonly flow: { readonly id: string; readonly verifiable_address: string; readonly url?: string }
}

/** The URL that a verification returns to, in place of the one of the flow before it (verification/flow.go NewPostHookFlow). */
const requestUrlOf = ({ request_url }: Flow): string => {
  const url = new URL(request_url)
  const to = url.searchParams.get('after_verification_return_to')
  if (to === null && !url.searchParams.has('return_to')) return request_url
  url.searchParams.delete('after_verification_return_to')
  if (to === null) url.searchParams.delete('return_to')
  else url.searchParams.set('return_to', to)
  return url.href
}

export interface Verifying {
  /** As it is, with the addresses to which letters went. */
  readonly identity: Identity
  readonly uis: readonly VerificationUi[]
}

/**
 * Begins to verify the addresses that a flow brought (selfservice/hook/verification.go): the first one; in Kratos 1.3
 * each. A registration sends letters to all that are not verified, settings to those that nobody was written to.
 */
export const verifyAfter = (visit: Visit, origin: Flow, identity: Identity): Verifying => {
  const { config, world } = visit
  if (!config.verification.enabled) return { identity, uis: [] }
  const wanted = identity.verifiable_addresses.filter(
    ({ value, verified, status }) => value !== '' && (origin.kind === 'settings' ? status === 'pending' : !verified),
  )
  const uis: VerificationUi[] = []
  const sent = new Set<string>()
  for (const { value, via, id } of visit.is13 ? wanted : wanted.slice(0, 1)) {
    if (origin.type === 'browser' && origin.kind !== 'settings') visit.renewCsrf()
    const { use } = config.verification
    const flow = newFlow(visit, 'verification', origin.type, { request_url: requestUrlOf(origin) })
    flow.active = use
    flow.state = 'sent_email'
    offerVerification(visit, flow, use)
    if (!visit.is13) append(flow.ui, submit('code', value, texts.resendCode, via))
    flow.ui.messages = [use === 'code' ? texts.verificationCodeSent : texts.verificationLinkSent]
    const letter = use === 'code' ? 'verification_code_valid' : 'verification_valid'
    sendSecret(visit, flow, use, letter, { identityId: identity.id, address: value, via })
    saveFlow(visit, flow)
    sent.add(id)
    const url = origin.type === 'browser' ? { url: pageOf(visit, flow) } : {}
    uis.push({ action: 'show_verification_ui', flow: { id: flow.id, verifiable_address: value, ...url } })
  }
  const marked = (one: Identity): Identity => ({
    ...one,
    verifiable_addresses: one.verifiable_addresses.map((to) => (sent.has(to.id) ? { ...to, status: 'sent' } : to)),
  })
  const row = world.store.tables.identities.get(identity)
  if (sent.size > 0 && row !== undefined) world.store.write((draft) => draft.putIdentity(marked(row)))
  return { identity: marked(identity), uis }
}
