import { KratosError } from '../model/errors.ts'
import type { Flow, UiNode } from '../model/flow.ts'
import { goJson } from '../model/json.ts'
import type { IdentityWork } from '../api/identities/identity-work.ts'
import { askedOf, newFlow, type FlowType } from './flow-store.ts'
import { hooksAfter, runHooks } from './hooks.ts'
import { offered, type Kind } from './kind.ts'
import { codeRegistration } from './methods/code/registration.ts'
import type { RegistrationMethod } from './methods/method.ts'
import { oidcRegistration } from './methods/oidc.ts'
import { passwordRegistration } from './methods/password.ts'
import { profileRegistration } from './methods/profile.ts'
import { registrationOrder } from './node-orders.ts'
import { putCsrf, sortNodes } from './nodes.ts'
import { personOf, storePerson, validTraits } from './people.ts'
import { alreadySignedIn, FormProblem } from './problems.ts'
import { json, seeOther } from './reply.ts'
import { afterFlow, returnToOf, sentOn, turnAway } from './return-to.ts'
import { askedSchema } from './schema-of.ts'
import { shownIdentity, shownSession, signIn } from './sign-in.ts'
import { keepTraits } from './trait-fields.ts'
import type { Visit } from './visit.ts'

const methods: readonly RegistrationMethod[] = [
  profileRegistration,
  passwordRegistration,
  oidcRegistration,
  codeRegistration,
]

const newRegistration = (visit: Visit, type: FlowType, parts: Partial<Flow>): Flow => {
  const flow = newFlow(visit, 'registration', type, parts)
  if (flow.organization_id === null) for (const method of offered(methods, visit)) method.offer(visit, flow)
  sortNodes(flow.ui, registrationOrder(visit, flow))
  if (!visit.is13 || !visit.config.registration.twoSteps) return flow
  const { nodes } = flow.ui
  const isFirst = ({ group }: UiNode): boolean => group === 'default' || group === 'profile'
  flow.ui.nodes = nodes?.filter(isFirst) ?? []
  flow.steps = structuredClone({ traits: flow.ui.nodes, credentials: nodes?.filter((node) => !isFirst(node)) ?? [] })
  return flow
}

export const registration: Kind<IdentityWork, RegistrationMethod> = {
  name: 'registration',
  methods,
  before(visit, step) {
    if ((step === 'api' || step === 'submit') && visit.caller !== undefined)
      return turnAway(visit, 'registration', step)
    if (step === 'submit' || visit.config.registration.enabled) return undefined
    // The next release looks first at what was asked for.
    if (visit.isNext && step !== 'get') {
      returnToOf(visit, visit.url)
      askedSchema(visit)
    }
    const off = new KratosError(400, {
      id: 'self_service_flow_disabled',
      message: 'registration flow disabled',
      reason: 'Registration is not allowed because it was disabled.',
    })
    return visit.forward(off, step === 'api' ? 'api' : 'browser')
  },
  begin(visit, type) {
    returnToOf(visit, visit.url)
    const flow = newRegistration(visit, type, askedOf(visit, type))
    if (visit.caller !== undefined) throw alreadySignedIn('registration')
    return flow
  },
  notBegun: sentOn,
  again: (visit, { type, identity_schema }) => ({
    ...newRegistration(visit, type, askedOf(visit, type)),
    identity_schema,
  }),
  /** Where there are two steps, the first of them is asked of every submission, and puts a token into the form. */
  admit(visit, flow) {
    if (!visit.is13 && visit.config.registration.twoSteps) putCsrf(visit, flow)
    return undefined
  },
  order: registrationOrder,
  redirectOfFlaws: 302,
  /** Kratos looks at the traits for passkeys, before 26.2 in browsers alone. */
  unclaimed({ visit, flow, form }) {
    if (flow.type !== 'browser' && !visit.knowsFormats) return
    let traits = ''
    try {
      const work = personOf(visit, flow, form.whole())
      traits = work.traits
      validTraits(visit, work, form.flaws())
    } catch (problem) {
      keepTraits(flow.ui, traits)
      if (flow.type === 'browser') putCsrf(visit, flow)
      throw problem
    }
  },
  /** Stores who registered and signs them in, where that is configured (selfservice/flow/registration/hook.go). */
  finish({ visit, flow, given }, work, { name }) {
    const { world } = visit
    let stored
    try {
      stored = storePerson(visit, work)
    } catch (problem) {
      // Somebody else has it: the form is as it was before, in the next release with the traits.
      if (!(problem instanceof FormProblem)) throw problem
      Object.assign(flow, given, { state: flow.state })
      if (visit.isNext) keepTraits(flow.ui, work.traits)
      throw problem
    }
    const isBrowser = flow.type === 'browser'
    const location = isBrowser ? afterFlow(visit, flow) : ''
    const session = signIn(visit, stored, { method: name, aal: 'aal1' })
    const { identity, goesOn, page } = runHooks(visit, flow, { session, identity: stored }, name)
    const hasSession = hooksAfter(visit, flow, name).includes('session')
    const token =
      !isBrowser && hasSession ? [{ action: 'set_ory_session_token', ory_session_token: session.token }] : []
    const redirect = isBrowser && visit.isJson ? [{ action: 'redirect_browser_to', redirect_browser_to: location }] : []
    if (isBrowser && hasSession) visit.issueCookie(session)
    if (isBrowser && !visit.isJson) return seeOther(page ?? location)
    const all = [...redirect, ...goesOn, ...token]
    const steps = all.length === 0 && world.profile.has.nullForAbsent ? 'null' : goJson(all)
    const rest = `"identity":${shownIdentity(world, identity)},"continue_with":${steps}}`
    if (!hasSession) return json(`{${rest}`)
    const inside = `"session":${shownSession(world, session, identity)},`
    return json(isBrowser ? `{${inside}${rest}` : `{"session_token":"${session.token}",${inside}${rest}`)
  },
}
