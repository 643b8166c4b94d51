import { othersOf, type Caller } from '../api/sessions/caller.ts'
import { Query } from '../go/query.ts'
import type { Flow, FlowKind } from '../model/flow.ts'
import type { Identity, VerifiableAddress } from '../model/identity.ts'
import type { Hook } from '../model/selfservice.ts'
import type { World } from '../world/world.ts'
import { markedSent, sendSecret, useOf } from './codes.ts'
import { pageOf, saveFlow } from './flow-store.ts'
import { linkVerification } from './methods/link.ts'
import { append, putCsrf, submit } from './nodes.ts'
import { addressNotVerified, FormProblem, misconfigured } from './problems.ts'
import { refused, seeOther, type FlowReply } from './reply.ts'
import { askedReturn } from './return-to.ts'
import { texts } from './texts.ts'
import { newVerification } from './verification.ts'
import { withParams, type Visit } from './visit.ts'

/** Which hooks Kratos runs after each kind of flow; others that stand there count as none. */
const RUN: Readonly<Record<FlowKind, readonly Hook[]>> = {
  login: ['revoke_active_sessions', 'require_verified_address', 'verification', 'show_verification_ui', 'web_hook'],
  registration: ['verification', 'show_verification_ui', 'session', 'web_hook'],
  recovery: ['revoke_active_sessions', 'web_hook'],
  settings: ['revoke_active_sessions', 'verification', 'show_verification_ui', 'web_hook'],
  verification: ['web_hook'],
}

/** The hooks that are configured after a flow's active method, or where it has none, after all (driver/registry_default_hooks.go). */
export const hooksAfter = ({ config }: Visit, { kind }: Flow, method: string): readonly Hook[] => {
  const at = (name: string): readonly Hook[] =>
    (config[kind].after[name] ?? []).filter((one) => RUN[kind].includes(one))
  const own = at(method)
  return own.length > 0 ? own : at('')
}

/** Where somebody goes on after a flow: the first three words of `continueWith` in the reference. */
interface VerificationUi {
  readonly action: 'show_verification_ui'
  readonly flow: { readonly id: string; readonly verifiable_address: string; readonly url?: string }
}

/** The URL that a verification was asked for with, in the place of its own: that of the flow before it (verification/flow.go NewPostHookFlow). */
const requestUrlOf = ({ request_url }: Flow): string => {
  const after = 'after_verification_return_to'
  const to = new Query(request_url.slice(request_url.indexOf('?') + 1)).get(after)
  return withParams(request_url, to === '' ? {} : { return_to: to }, [after])
}

/** What hooks leave: what somebody is sent on with, the page that a browser is sent to, or an answer that ends the flow. */
interface Onward {
  identity: Identity
  readonly goesOn: VerificationUi[]
  page: string | undefined
  instead: FlowReply | undefined
}

/** Begins a verification of an address behind a flow, and sends its code or its link. */
const beginVerification = (visit: Visit, origin: Flow, identity: Identity, address: VerifiableAddress): Flow => {
  const { config, is13 } = visit
  const { use } = config.verification
  const { value, via } = address
  const flow = newVerification(visit, origin.type, undefined, { state: 'sent_email' })
  // Where it leads is not looked at.
  flow.request_url = requestUrlOf(origin)
  flow.return_to = askedReturn(flow.request_url)
  // Kratos fills the form twice, which adds to that of a link.
  if (use === 'link') linkVerification.offer(visit, flow)
  else flow.ui.messages = [texts.verificationCodeSent]
  if (!is13) append(flow.ui, submit('code', value, texts.resendCode, via))
  const template = use === 'code' ? 'verification_code_valid' : 'verification_valid'
  sendSecret(visit, flow, use, { template, identityId: identity.id, address: value, via })
  saveFlow(visit, flow)
  return flow
}

const uiOf = (flow: Flow, verifiable_address: string, url: string | undefined): VerificationUi => ({
  action: 'show_verification_ui',
  flow: { id: flow.id, verifiable_address, ...(url === undefined ? {} : { url }) },
})

/**
 * Begins to verify the addresses that a flow brought (selfservice/hook/verification.go): the first one, or in Kratos
 * 1.3 each. Settings verify those that nobody was written to, other flows all that are not verified.
 */
const verifyAfter = (visit: Visit, origin: Flow, onward: Onward): VerificationUi | undefined => {
  // What it is done by is looked at before there is anything to do.
  useOf(visit, 'verification')
  const shows = visit.is13 || visit.config.showsVerification
  const wanted = onward.identity.verifiable_addresses.filter(
    ({ value, verified, status }) => value !== '' && (origin.kind === 'settings' ? status === 'pending' : !verified),
  )
  let last: VerificationUi | undefined
  for (const address of shows ? wanted : wanted.slice(0, 1)) {
    if (origin.type === 'browser' && origin.kind !== 'settings') visit.renewCsrf()
    const flow = beginVerification(visit, origin, onward.identity, address)
    onward.identity = markedSent(onward.identity, address)
    last = uiOf(flow, address.value, origin.type === 'browser' ? pageOf(visit, flow) : undefined)
    if (shows) onward.goesOn.push(last)
  }
  return last
}

/**
 * Turns away who has no verified address: with a verification, or before Kratos 25.4 and where it is configured with
 * the form (selfservice/hook/require_verified_address.go). @throws FormProblem, KratosError
 */
const requireVerified = (visit: Visit, flow: Flow, identity: Identity): FlowReply | undefined => {
  const inForm = visit.is13 || visit.config.refusesInForm
  if (inForm && flow.active !== 'password') return undefined
  const all = identity.verifiable_addresses
  if (all.length === 0) throw misconfigured(visit)
  if (all.some(({ verified }) => verified)) return undefined
  const address = all.find(({ value }) => value !== '')
  if (inForm || address === undefined) {
    if (flow.type === 'browser') putCsrf(visit, flow)
    throw new FormProblem({ message: texts.addressNotVerified })
  }
  const verification = beginVerification(visit, flow, identity, address)
  const url = pageOf(visit, verification)
  if (!visit.isJson) return seeOther(url)
  return refused(addressNotVerified(uiOf(verification, address.value, url)))
}

/** Ends all sessions but the one that somebody has just got or used (selfservice/hook/session_destroyer.go). */
const revokeOthers = (world: World, caller: Caller): void => {
  const others = othersOf(world, caller)
  world.store.write((draft) => {
    for (const session of others) draft.putSession({ ...session, active: false })
  })
}

/** Runs what is configured after a flow. Kratos verifies what registrations and settings bring before all else. */
export const runHooks = (visit: Visit, flow: Flow, caller: Caller, method: string): Onward => {
  const { config, world, is13 } = visit
  const verifies = config.verification.enabled && (flow.kind === 'registration' || flow.kind === 'settings')
  const onward: Onward = { identity: caller.identity, goesOn: [], page: undefined, instead: undefined }
  let last: VerificationUi | undefined
  for (const hook of [...(verifies ? ['verification'] : []), ...hooksAfter(visit, flow, method)]) {
    if (hook === 'revoke_active_sessions') revokeOthers(world, caller)
    if (hook === 'require_verified_address') onward.instead = requireVerified(visit, flow, onward.identity)
    if (onward.instead !== undefined) break
    if (hook === 'verification') last = verifyAfter(visit, flow, onward) ?? last
    if (hook !== 'show_verification_ui' || last === undefined) continue
    if (!is13) onward.goesOn.push(last)
    if (visit.isBrowser) onward.page = pageOf(visit, { kind: 'verification', id: last.flow.id })
  }
  return onward
}
