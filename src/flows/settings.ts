import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import { assuranceError } from '../api/sessions/assurance.ts'
import type { Caller } from '../api/sessions/caller.ts'
import type { IdentityWork } from '../api/identities/identity-work.ts'
import { reviseIdentity } from '../api/identities/revise-identity.ts'
import { abandon } from './continuity.ts'
import { flowJson, type FlowExtras } from './flow-json.ts'
import { newFlow, pageOf, saveFlow, type FlowType } from './flow-store.ts'
import { runHooks } from './hooks.ts'
import { offered, type Kind } from './kind.ts'
import type { SettingsMethod } from './methods/method.ts'
import { passwordSettings } from './methods/password.ts'
import { profileSettings } from './methods/profile.ts'
import { settingsOrder } from './node-orders.ts'
import { putCsrf, resetMessages, sortNodes } from './nodes.ts'
import { checkFlaws, FormProblem } from './problems.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { afterFlow } from './return-to.ts'
import { shownIdentity } from './sign-in.ts'
import { texts } from './texts.ts'
import { withParams, type Visit } from './visit.ts'

const methods: readonly SettingsMethod[] = [profileSettings, passwordSettings]

/** A settings flow of somebody who is signed in, or has just been. */
export const newSettings = (visit: Visit, caller: Caller, type: FlowType, parts: Partial<Flow> = {}): Flow => {
  visit.becomes(caller)
  const flow = newFlow(visit, 'settings', type, { identity_id: caller.identity.id, ...parts })
  for (const method of offered(methods, visit)) {
    // What waited for a login waits no more.
    abandon(visit, method.name)
    method.offer(visit, flow)
  }
  sortNodes(flow.ui, settingsOrder(visit))
  return flow
}

const noSession = (reason: string, beside?: Readonly<Record<string, unknown>>): KratosError =>
  new KratosError(401, {
    id: 'session_inactive',
    message: 'request does not have a valid authentication session',
    reason,
    ...(beside === undefined ? {} : { beside }),
  })

export const noActiveSession = (beside?: Readonly<Record<string, unknown>>): KratosError =>
  noSession('No active session was found in this request.', beside)

/** A browser without a session is sent to sign in first, a script told so. */
const toLogin = (visit: Visit): FlowReply => {
  const tells = visit.world.profile.hasDatabase && !visit.is13
  if (visit.isJson) return refused(noActiveSession(tells ? { CredentialsMissing: false } : undefined))
  const return_to = visit.request.query.get('return_to')
  const login = `${visit.publicUrl}/self-service/login/browser`
  return seeOther(return_to === '' ? login : withParams(login, { return_to }))
}

/** The same of a flow that is there (selfservice/flow/settings/handler.go OnUnauthenticated). */
const signInFirst = (visit: Visit): FlowReply =>
  visit.isJson
    ? refused(new KratosError(401, { reason: 'A valid Ory Session Cookie or Ory Session Token is missing.' }))
    : { kind: 'redirect', status: 302, location: visit.config.login.uiUrl }

/** Why a session is not good enough for settings. */
const lacksFactor = ({ world, caller, config }: Visit): KratosError | undefined =>
  assuranceError(world, caller!, config.settings.requiredAal)

const extras = ({ world, caller }: Visit): FlowExtras => ({ identity: shownIdentity(world, caller!.identity) })

/** What somebody is told whose flow it is not. */
const BLOCKED = {
  get: 'The request was made for another identity and has been blocked for security reasons.',
  submit:
    'The request was initiated by someone else and has been blocked for security reasons. Please go back and try again.',
}

/** Stores an identity as it is to become. @throws FormProblem when another one signs in so. */
const revised = ({ world, caller }: Visit, work: IdentityWork, method: string): Identity => {
  try {
    // Kratos writes the column from a value that it has not read.
    if (world.profile.has.settingsForgetStateTime && method === 'profile') work.state_changed_at = null
    return reviseIdentity(world, caller!.identity, work)
  } catch (error) {
    const isTaken = error instanceof KratosError && error.code === 409
    throw isTaken ? new FormProblem({ message: texts.duplicateCredentials }) : error
  }
}

export const settings: Kind<IdentityWork, SettingsMethod> = {
  name: 'settings',
  methods,
  before(visit, step) {
    if (visit.caller !== undefined) {
      const lacks = step === 'api' || step === 'browser' ? lacksFactor(visit) : undefined
      return lacks && visit.forward(lacks, step === 'api' ? 'api' : 'browser')
    }
    if (step === 'browser') return toLogin(visit)
    if (step === 'get' || step === 'submit') return signInFirst(visit)
    throw noSession('This endpoint can only be accessed with a valid session. Please log in and try again.')
  },
  begin: (visit, type) => newSettings(visit, visit.caller!, type),
  again: (visit, { type }) => newSettings(visit, visit.caller!, type),
  unfit: (visit, flow, step) =>
    flow.identity_id === visit.caller!.identity.id
      ? lacksFactor(visit)
      : new KratosError(403, { id: 'security_identity_mismatch', reason: BLOCKED[step] }),
  order: settingsOrder,
  /** Kratos 1.3 asks for a password first, which cleans the form up. */
  unread(visit, flow) {
    if (!visit.is13) return
    resetMessages(flow.ui)
    putCsrf(visit, flow)
  },
  /** Kratos reads it for recovery codes last, which come by no link. */
  unclaimed({ form }) {
    checkFlaws(form.whole().flaws())
  },
  keepsMessages: true,
  extras,
  /** Stores the changes and answers with a fresh form (selfservice/flow/settings/hook.go). */
  finish({ visit, flow }, work, { name }) {
    const { session } = visit.caller!
    const location = afterFlow(visit, flow, pageOf(visit, flow))
    const stored = revised(visit, work, name)
    flow.state = 'success'
    // The form leads to a flow of its own, which is stored as well: who changes more goes on with that.
    const next = newSettings(visit, { session, identity: stored }, flow.type)
    saveFlow(visit, next)
    flow.ui = { ...next.ui, messages: [texts.saved] }
    const { identity, goesOn } = runHooks(visit, flow, { session, identity: stored }, name)
    visit.becomes({ session, identity })
    saveFlow(visit, flow)
    const done = (steps: readonly object[]): FlowReply => {
      const goes = steps.length === 0 ? {} : { continue_with: steps }
      return json(flowJson(visit.world, flow, { ...extras(visit), ...goes }))
    }
    if (flow.type === 'api') return done(goesOn)
    visit.issueCookie(session)
    if (!visit.isJson) return seeOther(location)
    return done([...goesOn, { action: 'redirect_browser_to', redirect_browser_to: location }])
  },
}
