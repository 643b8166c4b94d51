import { bytesOf } from '../go/bytes.ts'
import type { PlantedRecovery } from '../api/recovery/recovery.ts'
import { KratosError, notLocated } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { formatTime } from '../model/time.ts'
import { orRetried, useOf, useOff, type SentTo } from './codes.ts'
import { shown } from './flow-json.ts'
import { newFlow, pageOf, saveFlow, type FlowType } from './flow-store.ts'
import { runHooks } from './hooks.ts'
import type { Kind } from './kind.ts'
import { codeRecovery, showRecoveryCodeForm } from './methods/code/recovery.ts'
import { linkRecovery } from './methods/link.ts'
import type { LetterMethod } from './methods/method.ts'
import { putCsrf } from './nodes.ts'
import { verifyAddress } from './people.ts'
import { locationChange } from './problems.ts'
import { seeOther, type FlowReply } from './reply.ts'
import { turnAway } from './return-to.ts'
import { newSettings } from './settings.ts'
import { signIn } from './sign-in.ts'
import { recovered } from './texts.ts'
import { withParams, type Visit } from './visit.ts'

const methods: readonly LetterMethod[] = [codeRecovery, linkRecovery]

/** A recovery that begins: its form asks for the address. */
const newRecovery = (visit: Visit, type: FlowType, use = useOf(visit, 'recovery')): Flow => {
  const flow = newFlow(visit, 'recovery', type, { active: use })
  methods.find(({ name }) => name === flow.active)?.offer(visit, flow)
  return flow
}

/** Signs in who recovered the account, and sends them to their settings (strategy_recovery.go recoveryIssueSession). */
const issueSession = (visit: Visit, flow: Flow, identityId: string, name: 'code' | 'link'): FlowReply => {
  const { world, config } = visit
  const identity = world.store.tables.identities.get({ id: identityId })
  if (identity === undefined) throw notLocated()
  flow.ui.messages = []
  flow.state = 'passed_challenge'
  flow.identity_id = identity.id
  const isBrowser = flow.type === 'browser' || name === 'link'
  if (isBrowser) {
    visit.renewCsrf()
    flow.csrf = visit.csrfToken()
    putCsrf(visit, flow)
  }
  saveFlow(visit, flow)
  const session = orRetried(visit, isBrowser ? { by: name, type: 'browser' } : { by: name }, () =>
    signIn(visit, identity, { method: `${name}_recovery`, aal: 'aal1' }),
  )
  runHooks(visit, flow, { session, identity }, '')
  if (isBrowser) visit.issueCookie(session)
  const settings = newSettings(visit, { session, identity }, isBrowser ? 'browser' : 'api')
  settings.return_to = flow.return_to || config.recovery.returnTo[''] || ''
  if (settings.return_to !== '')
    settings.request_url = withParams(settings.request_url, { return_to: bytesOf(settings.return_to) })
  settings.ui.messages = [recovered(config.settings.privilegedMaxAge, visit.now)]
  saveFlow(visit, settings)
  const page = pageOf(visit, settings)
  return name === 'link' ? seeOther(page) : visit.forward(locationChange(page))
}

export const recovery: Kind<SentTo | undefined, LetterMethod> = {
  name: 'recovery',
  methods,
  byLetter: true,
  before(visit, step) {
    if (step === 'submit') return undefined
    if (step !== 'get' && visit.caller !== undefined) return turnAway(visit, 'recovery', step)
    const off = visit.config.recovery.enabled
      ? step !== 'get' && useOff(visit, 'recovery')
      : new KratosError(400, { reason: 'Recovery is not allowed because it was disabled.' })
    return off ? visit.forward(off) : undefined
  },
  begin: newRecovery,
  again(visit, { type, active }) {
    return newRecovery(visit, active === 'link' ? 'browser' : type, useOf(visit, 'recovery', active))
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
    expires_at: formatTime(expires),
    skip_csrf: true,
    codes: [{ secret, kind, identity_id: identityId, address: '', via: 'email', expires, used: false }],
  })
  flow.ui.action = flow.ui.action.replace(/flow=.*$/, `flow=${id}`)
  if (kind === 'code') showRecoveryCodeForm(visit, flow, '')
  saveFlow(visit, flow)
}
