import { KratosError } from '../model/errors.ts'
import type { Flow, UiText } from '../model/flow.ts'
import { replaced } from './failure.ts'
import { expiredMessage, FlowExpired, pageOf, saveFlow } from './flow-store.ts'
import { newRecovery } from './recovery-flow.ts'
import { refused, seeOther, type FlowReply } from './reply.ts'
import { newSettings } from './settings-flow.ts'
import { signIn } from './sign-in.ts'
import { generic, recovered, texts } from './texts.ts'
import type { Visit } from './visit.ts'

/** Sends somebody whose recovery cannot go on to another one, which says why (strategy_recovery.go retryRecoveryFlow). */
export const retryRecovery = (visit: Visit, flow: Flow, why: unknown): FlowReply => {
  visit.renewCsrf()
  const again = newRecovery(visit, flow.type)
  return replaced(visit, again, messageOf(visit, flow, why))
}

const messageOf = (visit: Visit, flow: Flow, why: unknown): UiText => {
  if (why instanceof FlowExpired) return expiredMessage(visit, flow.kind, why)
  if (why instanceof KratosError) return generic(why.parts.reason ?? why.message)
  if (typeof why === 'object' && why !== null && 'text' in why) return why as UiText
  throw why
}

/** What a browser is told that has to go elsewhere (selfservice/flow/error.go). */
export const locationChange = (location: string): KratosError =>
  new KratosError(422, {
    id: 'browser_location_change_required',
    message: 'browser location change required',
    reason: `In order to complete this flow please redirect the browser to: ${location}`,
    beside: { redirect_browser_to: location },
  })

/** Signs in who recovered the account, and sends them to their settings (strategy_recovery.go recoveryIssueSession). */
export const recoverySession = (
  visit: Visit,
  flow: Flow,
  identityId: string,
  method: 'code_recovery' | 'link_recovery',
): FlowReply => {
  const { world, config } = visit
  const identity = world.store.tables.identities.get({ id: identityId })
  if (identity === undefined) return retryRecovery(visit, flow, texts.recoveryCodeInvalid)
  flow.ui.messages = []
  flow.state = 'passed_challenge'
  flow.identity_id = identity.id
  const isBrowser = flow.type === 'browser' || method === 'link_recovery'
  if (isBrowser) visit.renewCsrf()
  if (isBrowser) flow.csrf = visit.csrfToken('browser')
  saveFlow(visit, flow)
  const { session } = signIn(visit, identity, { method, aal: 'aal1' })
  if (isBrowser) visit.issueCookie(session)
  const settings = newSettings(visit, { session, identity }, isBrowser ? 'browser' : 'api', {
    return_to: flow.return_to || config.recovery.returnTo[''] || '',
  })
  settings.ui.messages = [recovered(config.settings.privilegedMaxAge, visit.now)]
  saveFlow(visit, settings)
  const location = pageOf(visit, settings)
  return visit.isJson ? refused(locationChange(location)) : seeOther(location)
}
