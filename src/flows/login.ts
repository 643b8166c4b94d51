import { textOf } from '../go/bytes.ts'
import { parseBool } from '../go/number.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import { goJson } from '../model/json.ts'
import { assuranceError } from '../api/sessions/assurance.ts'
import type { Caller } from '../api/sessions/caller.ts'
import { askedOf, newFlow } from './flow-store.ts'
import { runHooks } from './hooks.ts'
import { offered, type Kind } from './kind.ts'
import { codeLogin } from './methods/code/login.ts'
import type { LoginMethod } from './methods/method.ts'
import { passwordLogin } from './methods/password.ts'
import { loginOrder } from './node-orders.ts'
import { putCsrf, sortNodes } from './nodes.ts'
import { alreadySignedIn, checkFlaws, locationChange } from './problems.ts'
import { json, seeOther } from './reply.ts'
import { afterFlow, returnToOf, sentOn } from './return-to.ts'
import { activated, keepSession, shownSession } from './sign-in.ts'
import { texts } from './texts.ts'
import type { Visit } from './visit.ts'

const methods: readonly LoginMethod[] = [passwordLogin, codeLogin]

const needsSession = (): KratosError =>
  new KratosError(401, {
    id: 'session_aal1_required',
    message: 'aal2 and aal3 can only be requested if a session exists already',
    reason: 'You can not requested a higher AAL (AAL2/AAL3) without an active session.',
  })

const levelOf = ({ request }: Visit): 'aal1' | 'aal2' => {
  const asked = textOf(request.query.get('aal'))
  if (asked === '' || asked === 'aal1') return 'aal1'
  if (asked === 'aal2') return 'aal2'
  throw new KratosError(400, {
    reason: `Unable to parse AuthenticationMethod Assurance Level (AAL): expected one of [aal1, aal2] but got ${asked}`,
  })
}

/** Whether somebody is to give the second factor, too. */
const isStepUp = ({ requested_aal }: Flow, caller: Caller | undefined): boolean =>
  caller !== undefined && requested_aal > caller.session.authenticator_assurance_level

/** Fills a login's form by who asks for it. */
const offer = (visit: Visit, flow: Flow, caller: Caller | undefined): Flow => {
  if (flow.organization_id === null && flow.requested_aal === 'aal1') {
    for (const method of offered(methods, visit)) {
      if (flow.refresh && caller !== undefined) method.offerAgain(visit, flow, caller.identity)
      else method.offer(visit, flow)
    }
  }
  if (flow.refresh) flow.ui.messages.push(texts.reauthenticate)
  if (isStepUp(flow, caller)) flow.ui.messages.push(texts.secondFactor)
  sortNodes(flow.ui, loginOrder(visit))
  if (flow.type === 'browser') putCsrf(visit, flow)
  return flow
}

export const login: Kind<Identity, LoginMethod> = {
  name: 'login',
  methods,
  begin(visit, type) {
    const { caller, request } = visit
    returnToOf(visit, visit.url)
    const requested_aal = levelOf(visit)
    const refresh = caller !== undefined && parseBool(request.query.get('refresh')) === true
    const asked = requested_aal === 'aal1' ? askedOf(visit, type) : {}
    const flow = newFlow(visit, 'login', type, { ...asked, requested_aal, refresh })
    if (caller === undefined && requested_aal === 'aal2') throw needsSession()
    if (caller !== undefined && !refresh && (requested_aal === 'aal1' || !isStepUp(flow, caller)))
      throw alreadySignedIn('login')
    return offer(visit, flow, caller)
  },
  notBegun: sentOn,
  again: (visit, { type, identity_schema }) => ({ ...login.begin(visit, type), identity_schema }),
  admit(visit, flow) {
    const { caller } = visit
    if (caller === undefined && flow.requested_aal === 'aal2') throw needsSession()
    if (caller === undefined || flow.refresh || isStepUp(flow, caller)) return undefined
    if (!visit.isJson && flow.type === 'browser') return seeOther(visit.config.defaultReturnUrl)
    throw alreadySignedIn('login')
  },
  order: loginOrder,
  /** Kratos reads it for social sign-in, and for keys, before 26.2 in browsers alone. */
  unclaimed({ visit, flow, form }) {
    form.whole('POST', 'GET')
    const isBrowser = flow.type === 'browser'
    try {
      if (isBrowser || visit.knowsFormats) form.whole()
      if (isBrowser) checkFlaws(form.flaws())
    } catch (problem) {
      if (isBrowser) putCsrf(visit, flow)
      throw problem
    }
  },
  /** The session of somebody who proved who they are, as the flow's kind of client gets it (selfservice/flow/login/hook.go). */
  finish({ visit, flow }, identity, { name, aal }) {
    const { world, config } = visit
    const again = visit.caller?.identity.id === identity.id ? visit.caller.session : undefined
    const location = flow.type === 'browser' ? afterFlow(visit, flow) : ''
    const { session, shown } = activated(visit, identity, { method: name, aal }, again)
    const { identity: person, goesOn, page, instead } = runHooks(visit, flow, { session, identity }, name)
    if (instead !== undefined) return instead
    keepSession(world, session)
    const lacks = assuranceError(world, { session, identity }, config.whoamiAal)
    const inside = shownSession(world, shown, lacks === undefined ? person : undefined)
    if (flow.type === 'api') {
      const rest = goesOn.length > 0 ? goJson(goesOn) : world.profile.has.nullForAbsent ? 'null' : '[]'
      return json(`{"session_token":"${session.token}","session":${inside},"continue_with":${rest}}`)
    }
    visit.issueCookie(session)
    if (lacks !== undefined) return visit.forward(locationChange(String(lacks.parts.beside?.['redirect_browser_to'])))
    if (!visit.isJson) return seeOther(page ?? location)
    const steps = [{ action: 'redirect_browser_to', redirect_browser_to: location }, ...goesOn]
    return json(`{"session":${inside},"continue_with":${goJson(steps)}}`)
  },
}
