import type { PlantedRecovery } from '../api/recovery/recovery.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import type { SentTo } from './codes.ts'
import { shown } from './flow-json.ts'
import { newFlow, pageOf, saveFlow, submittedFlow, type FlowType } from './flow-store.ts'
import { runHooks } from './hooks.ts'
import type { Kind } from './kind.ts'
import { codeRecovery, showRecoveryCodeForm } from './methods/code/recovery.ts'
import { linkRecovery } from './methods/link.ts'
import type { LetterMethod } from './methods/method.ts'
import { verifyAddress } from './people.ts'
import { FlowReplaced, locationChange } from './problems.ts'
import { refused, type FlowReply } from './reply.ts'
import { newSettings } from './settings.ts'
import { signIn } from './sign-in.ts'
import { recovered, texts } from './texts.ts'
import type { Visit } from './visit.ts'

const methods: readonly LetterMethod[] = [codeRecovery, linkRecovery]

/** A recovery that begins: its form asks for the address. */
const newRecovery = (visit: Visit, type: FlowType): Flow => {
  const flow = newFlow(visit, 'recovery', type, { active: visit.config.recovery.use })
  methods.find(({ name }) => name === flow.active)?.offer(visit, flow)
  return flow
}

/** A link of an administrator's may come without its flow. */
const flowOfLink = ({ world }: Visit, token: string): Flow | undefined => {
  const { flows } = world.store.tables
  const found = flows
    .slice(0, flows.size)
    .find(({ codes }) => codes.some(({ kind, secret }) => kind === 'link' && secret === token))
  return found?.kind === 'recovery' ? structuredClone(found) : undefined
}

/** Signs in who recovered the account, and sends them to their settings (strategy_recovery.go recoveryIssueSession). */
const issueSession = (visit: Visit, flow: Flow, identityId: string, name: string): FlowReply => {
  const { world, config } = visit
  const identity = world.store.tables.identities.get({ id: identityId })
  if (identity === undefined) throw new FlowReplaced(texts.recoveryCodeInvalid)
  flow.ui.messages = []
  flow.state = 'passed_challenge'
  flow.identity_id = identity.id
  const isBrowser = flow.type === 'browser' || name === 'link'
  if (isBrowser) visit.renewCsrf()
  if (isBrowser) flow.csrf = visit.csrfToken()
  saveFlow(visit, flow)
  const session = signIn(visit, identity, { method: `${name}_recovery`, aal: 'aal1' })
  runHooks(visit, flow, { session, identity }, '')
  if (isBrowser) visit.issueCookie(session)
  const settings = newSettings(visit, { session, identity }, isBrowser ? 'browser' : 'api', {
    return_to: flow.return_to || config.recovery.returnTo[''] || '',
  })
  settings.ui.messages = [recovered(config.settings.privilegedMaxAge, visit.now)]
  saveFlow(visit, settings)
  return visit.forward(locationChange(pageOf(visit, settings)))
}

export const recovery: Kind<SentTo | undefined, LetterMethod> = {
  name: 'recovery',
  methods,
  byLetter: true,
  before(visit, step) {
    if (step === 'submit') return undefined
    if (!visit.config.recovery.enabled) {
      const off = new KratosError(400, { reason: 'Recovery is not allowed because it was disabled.' })
      return step === 'get' ? refused(off) : visit.forward(off)
    }
    return step !== 'get' && visit.caller !== undefined ? visit.turnAway('recovery', step) : undefined
  },
  begin: newRecovery,
  find(visit) {
    const { query } = visit.request
    if (!query.has('token') || query.has('flow')) return submittedFlow(visit, 'recovery')
    return flowOfLink(visit, query.get('token')) ?? newRecovery(visit, 'browser')
  },
  finish({ visit, flow, form }, recovering, { name }) {
    if (recovering === undefined) {
      saveFlow(visit, flow)
      return shown(visit, flow, 200, { transient_payload: form.transient })
    }
    const { identityId, address } = recovering
    if (address !== '') verifyAddress(visit, identityId, address)
    return issueSession(visit, flow, identityId, name)
  },
}

/** Stores the flow that an administrator's recovery code or link belongs to (strategy_recovery_admin.go). */
export const plantRecovery = (visit: Visit, { id, type, identityId, secret, kind, expires }: PlantedRecovery): void => {
  const flow = newFlow(visit, 'recovery', type, {
    id,
    request_url: visit.world.origins.admin + visit.request.target,
    active: kind,
    state: 'sent_email',
    expires,
    skip_csrf: true,
    codes: [{ secret, kind, identity_id: identityId, address: '', via: 'email', expires, used: false }],
  })
  flow.ui.action = flow.ui.action.replace(/flow=.*$/, `flow=${id}`)
  if (kind === 'code') showRecoveryCodeForm(visit, flow, '')
  saveFlow(visit, flow)
}
