import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import type { Hook } from '../model/selfservice.ts'
import { sendTo } from './codes.ts'
import { pageOf, saveFlow } from './flow-store.ts'
import { append, submit } from './nodes.ts'
import { texts } from './texts.ts'
import { newVerification } from './verification.ts'
import type { Visit } from './visit.ts'

/** The hooks that are configured after a flow's active method. */
export const hooksAfter = ({ config }: Visit, { kind }: Flow, method: string): readonly Hook[] =>
  config[kind].after[method] ?? config[kind].after[''] ?? []

/** Where somebody goes on after a flow: the first three words of `continueWith` in the reference. */
interface VerificationUi {
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

/** What somebody is sent on with, and the page that a browser is sent to. */
interface Onward {
  readonly identity: Identity
  readonly goesOn: readonly VerificationUi[]
  readonly page: string | undefined
}

/**
 * Begins to verify the addresses that a flow brought (selfservice/hook/verification.go): the first one; in Kratos 1.3
 * each. A registration sends letters to all that are not verified, settings to those that nobody was written to.
 */
const verifyAfter = (visit: Visit, origin: Flow, identity: Identity): Omit<Onward, 'page'> => {
  const { config, world } = visit
  if (!config.verification.enabled) return { identity, goesOn: [] }
  const wanted = identity.verifiable_addresses.filter(
    ({ value, verified, status }) => value !== '' && (origin.kind === 'settings' ? status === 'pending' : !verified),
  )
  const goesOn: VerificationUi[] = []
  const sent = new Set<string>()
  for (const { value, via, id } of visit.is13 ? wanted : wanted.slice(0, 1)) {
    if (origin.type === 'browser' && origin.kind !== 'settings') visit.renewCsrf()
    const { use } = config.verification
    const flow = newVerification(visit, origin.type, { request_url: requestUrlOf(origin), state: 'sent_email' })
    if (!visit.is13) append(flow.ui, submit('code', value, texts.resendCode, via))
    flow.ui.messages = [use === 'code' ? texts.verificationCodeSent : texts.verificationLinkSent]
    sendTo(visit, flow, use, value, via)
    saveFlow(visit, flow)
    sent.add(id)
    const url = origin.type === 'browser' ? { url: pageOf(visit, flow) } : {}
    goesOn.push({ action: 'show_verification_ui', flow: { id: flow.id, verifiable_address: value, ...url } })
  }
  const marked = (one: Identity): Identity => ({
    ...one,
    verifiable_addresses: one.verifiable_addresses.map((to) => (sent.has(to.id) ? { ...to, status: 'sent' } : to)),
  })
  const row = world.store.tables.identities.get(identity)
  if (sent.size > 0 && row !== undefined) world.store.write((draft) => draft.putIdentity(marked(row)))
  return { identity: marked(identity), goesOn }
}

/** Begins verifications, and shows them where that is configured; Kratos 1.3 always does. */
export const verificationsAfter = (visit: Visit, flow: Flow, identity: Identity, method: string): Onward => {
  const verifying = verifyAfter(visit, flow, identity)
  const hooks = hooksAfter(visit, flow, method)
  const session = hooks.indexOf('session')
  const shows = hooks.indexOf('show_verification_ui')
  // `session` answers a script, so that what stands behind it comes too late.
  const isShown = shows >= 0 && (session < 0 || shows < session || !(visit.isJson || flow.type === 'api'))
  const goesOn = visit.is13 || isShown ? verifying.goesOn : []
  return { identity: verifying.identity, goesOn, page: isShown ? goesOn[0]?.flow.url : undefined }
}

/** A login shows the verification of an address that is not verified yet, where that is configured. */
export const verifyUiAfterLogin = (visit: Visit, flow: Flow, identity: Identity): Onward =>
  hooksAfter(visit, flow, flow.active).includes('show_verification_ui')
    ? verificationsAfter(visit, flow, identity, flow.active)
    : { identity, goesOn: [], page: undefined }
