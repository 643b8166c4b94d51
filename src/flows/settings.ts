import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import type { IdentityWork } from '../api/identities/identity-work.ts'
import { reviseIdentity } from '../api/identities/revise-identity.ts'
import { failed } from './failure.ts'
import { flowJson } from './flow-json.ts'
import { checkTime, loadFlow, pageOf, saveFlow, takenFlow } from './flow-store.ts'
import { verificationsAfter } from './hooks.ts'
import { firstResult } from './methods/method.ts'
import { settingsOrder } from './node-orders.ts'
import { NeedsLogin } from './privileged.ts'
import { FormProblem } from './problems.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { afterFlow } from './return-to.ts'
import { newSettings, settingsMethods } from './settings-flow.ts'
import { shownIdentity } from './sign-in.ts'
import { Submission } from './submission.ts'
import { noStrategy, texts } from './texts.ts'
import { withParams, type Visit } from './visit.ts'

const noSession = (reason: string, beside?: Readonly<Record<string, unknown>>): KratosError =>
  new KratosError(401, {
    id: 'session_inactive',
    message: 'request does not have a valid authentication session',
    reason,
    ...(beside === undefined ? {} : { beside }),
  })

export const noActiveSession = (beside?: Readonly<Record<string, unknown>>): KratosError =>
  noSession('No active session was found in this request.', beside)

/** Whether a session is good enough for settings. */
const lacksFactor = (visit: Visit): KratosError | undefined =>
  visit.assuranceError(visit.caller!, visit.config.settings.requiredAal)

export const createNativeSettings = (visit: Visit): FlowReply => {
  if (visit.caller === undefined)
    return refused(noSession('This endpoint can only be accessed with a valid session. Please log in and try again.'))
  const lacks = lacksFactor(visit)
  if (lacks !== undefined) return refused(lacks)
  return json(shown(visit, newSettings(visit, visit.caller, 'api')))
}

export const createBrowserSettings = (visit: Visit): FlowReply => {
  const { caller, publicUrl, request } = visit
  if (caller === undefined) {
    const tells = visit.world.profile.hasDatabase && !visit.is13
    if (visit.isJson) return refused(noActiveSession(tells ? { CredentialsMissing: false } : undefined))
    const to = request.query.get('return_to')
    const login = `${publicUrl}/self-service/login/browser`
    return seeOther(to === '' ? login : withParams(login, { return_to: to }))
  }
  const lacks = lacksFactor(visit)
  if (lacks !== undefined)
    return visit.isJson ? refused(lacks) : seeOther(String(lacks.parts.beside?.['redirect_browser_to']))
  try {
    const flow = newSettings(visit, caller, 'browser')
    return visit.complete(shown(visit, flow), pageOf(visit, flow))
  } catch (error) {
    if (error instanceof KratosError) return visit.forward(error)
    throw error
  }
}

const shown = (visit: Visit, flow: Flow, parts: Parameters<typeof flowJson>[2] = {}): string =>
  flowJson(visit.world, flow, { identity: shownIdentity(visit.world, visit.caller!.identity), ...parts })

/** Somebody without a session is sent to sign in, a script told so (selfservice/flow/settings/handler.go OnUnauthenticated). */
const signInFirst = (visit: Visit): FlowReply =>
  visit.isJson
    ? refused(new KratosError(401, { reason: 'A valid Ory Session Cookie or Ory Session Token is missing.' }))
    : { kind: 'redirect', status: 302, location: visit.config.login.uiUrl }

const others = (
  reason = 'The request was made for another identity and has been blocked for security reasons.',
): KratosError => new KratosError(403, { id: 'security_identity_mismatch', reason })

const SOMEONE_ELSES =
  'The request was initiated by someone else and has been blocked for security reasons. Please go back and try again.'

/** `GET /self-service/settings/flows?id=`: the flow's own person may see it. */
export const getSettings = (visit: Visit): FlowReply | { readonly flow: Flow; readonly identity: string } => {
  if (visit.caller === undefined) return signInFirst(visit)
  const flow = loadFlow(visit, 'settings', visit.request.query.get('id'))
  const { identity } = visit.caller
  if (flow.identity_id !== identity.id) throw others()
  const lacks = lacksFactor(visit)
  if (lacks !== undefined) throw lacks
  return { flow, identity: shownIdentity(visit.world, identity) }
}

/** Asks somebody to sign in again before a change (selfservice/flow/settings/error.go reauthenticate). */
const reauthenticate = (visit: Visit, flow: Flow): FlowReply => {
  const login = withParams(`${visit.publicUrl}/self-service/login/browser`, {
    refresh: 'true',
    return_to: withParams(`${visit.publicUrl}/self-service/settings`, { flow: flow.id }),
  })
  if (flow.type === 'browser' && !visit.isJson) return seeOther(login)
  return refused(
    new KratosError(403, {
      id: 'session_refresh_required',
      reason: 'The login session is too old and thus not allowed to update these fields. Please re-authenticate.',
      beside: { redirect_browser_to: login },
    }),
  )
}

/** Stores the changes and answers with a fresh form (selfservice/flow/settings/hook.go). */
const finish = (visit: Visit, flow: Flow, work: IdentityWork, method: string): FlowReply => {
  const { world } = visit
  const { session, identity: before } = visit.caller!
  let stored: Identity
  try {
    // Kratos writes the column from a value that it has not read.
    if (world.profile.has.settingsForgetStateTime && method === 'profile') work.state_changed_at = null
    stored = reviseIdentity(world, before, work)
  } catch (error) {
    const isTaken = error instanceof KratosError && error.code === 409
    throw isTaken ? new FormProblem({ message: texts.duplicateCredentials }) : error
  }
  flow.state = 'success'
  const { ui } = newSettings(visit, { session, identity: stored }, flow.type)
  flow.ui = { ...ui, messages: [texts.saved] }
  const { identity, goesOn, page } = verificationsAfter(visit, flow, stored, method)
  visit.becomes({ session, identity })
  saveFlow(visit, flow)
  const done = (steps: readonly object[]): FlowReply =>
    json(shown(visit, flow, steps.length === 0 ? {} : { continue_with: steps }))
  if (flow.type === 'api') return done(goesOn)
  visit.issueCookie(session)
  const location = afterFlow(visit, flow, pageOf(visit, flow))
  if (!visit.isJson) return seeOther(page ?? location)
  return done([...goesOn, { action: 'redirect_browser_to', redirect_browser_to: location }])
}

export const updateSettings = async (visit: Visit): Promise<FlowReply> => {
  const { caller } = visit
  if (caller === undefined) return signInFirst(visit)
  const taken = takenFlow(visit, 'settings')
  if ('reply' in taken) return taken.reply
  const { flow } = taken
  if (flow.identity_id !== caller.identity.id) {
    const error = others(SOMEONE_ELSES)
    return flow.type === 'api' ? refused(error) : visit.forward(error)
  }
  const lacks = lacksFactor(visit)
  if (lacks !== undefined)
    return flow.type === 'api' || visit.isJson
      ? refused(lacks)
      : seeOther(String(lacks.parts.beside?.['redirect_browser_to']))
  const fail = (problem: unknown): FlowReply => {
    if (problem instanceof NeedsLogin) return reauthenticate(visit, flow)
    return failed(visit, flow, problem, {
      order: settingsOrder(visit),
      keepsMessages: true,
      again: () => newSettings(visit, caller, flow.type),
      extras: { identity: shownIdentity(visit.world, caller.identity) },
    })
  }
  try {
    checkTime(visit, flow)
    const form = await Submission.read(visit.request)
    const done = await firstResult(settingsMethods, { visit, flow, form }, (_method, problem) => fail(problem))
    if (done === undefined) return fail(new FormProblem({ message: noStrategy.settings }))
    return 'reply' in done ? done.reply : finish(visit, flow, done.result, done.method.name)
  } catch (problem) {
    return fail(problem)
  }
}
