import { textOf } from '../go/bytes.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import { goJson } from '../model/json.ts'
import type { Caller } from '../api/sessions/caller.ts'
import { failed } from './failure.ts'
import { flowJson } from './flow-json.ts'
import { checkTime, newFlow, pageOf, saveFlow, takenFlow, type FlowType } from './flow-store.ts'
import { codeLogin } from './methods/code/login.ts'
import { firstResult, isReply, type LoginMethod } from './methods/method.ts'
import { passwordLogin } from './methods/password.ts'
import { loginOrder } from './node-orders.ts'
import { csrfNode, sortNodes, upsert } from './nodes.ts'
import { FormProblem } from './problems.ts'
import { locationChange } from './recovery-session.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { afterFlow, returnAtOnce, returnToOf } from './return-to.ts'
import { askedSchema } from './schema-of.ts'
import { shownSession, signIn } from './sign-in.ts'
import { Submission } from './submission.ts'
import { noStrategy, texts } from './texts.ts'
import { verifyUiAfterLogin } from './hooks.ts'
import type { Visit } from './visit.ts'

const methods: readonly LoginMethod[] = [passwordLogin, codeLogin]

const enabled = ({ config }: Visit): readonly LoginMethod[] =>
  methods.filter(({ name }) => config[name as 'password' | 'code'].enabled)

/** Somebody is signed in and did not ask to be asked again (selfservice/flow/login/handler.go). */
const alreadySignedIn = (): KratosError =>
  new KratosError(400, {
    id: 'session_already_available',
    message: 'you are already logged in',
    reason: 'A valid session was detected and thus login is not possible. Did you forget to set `?refresh=true`?',
  })

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

export const isTrue = (text: string): boolean => /^(?:1|t|T|true|TRUE|True)$/.test(text)

/** Fills a login's form by who asks for it. */
const offer = (visit: Visit, flow: Flow, caller: Caller | undefined): void => {
  if (flow.organization_id === null && flow.requested_aal === 'aal1') {
    for (const method of enabled(visit)) {
      if (flow.refresh && caller !== undefined) method.offerAgain(visit, flow, caller.identity)
      else method.offer(visit, flow)
    }
  }
  if (flow.refresh) flow.ui.messages.push(texts.reauthenticate)
  if (caller !== undefined && flow.requested_aal > caller.session.authenticator_assurance_level)
    flow.ui.messages.push(texts.secondFactor)
  sortNodes(flow.ui, loginOrder)
  if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
  saveFlow(visit, flow)
}

/** @throws KratosError 400 for one who is signed in, 401 for a second factor without the first. */
const newLogin = (visit: Visit, type: FlowType): Flow => {
  const { query } = visit.request
  returnToOf(visit, visit.url)
  const { caller } = visit
  const requested_aal = levelOf(visit)
  const wantsCode = type === 'api' && isTrue(query.get('return_session_token_exchange_code'))
  const flow = newFlow(visit, 'login', type, {
    requested_aal,
    refresh: caller !== undefined && isTrue(query.get('refresh')),
    organization_id: organizationOf(visit),
    exchange_code: wantsCode && caller === undefined ? visit.world.random.alphanumeric(64) : '',
    identity_schema: askedSchema(visit),
  })
  if (caller === undefined && requested_aal === 'aal2') throw needsSession()
  if (caller !== undefined && !flow.refresh) {
    if (requested_aal === 'aal1' || requested_aal <= caller.session.authenticator_assurance_level)
      throw alreadySignedIn()
  }
  offer(visit, flow, caller)
  return flow
}

/** `organization` of the query, when it is a UUID. */
export const organizationOf = ({ request }: Visit): string | null => {
  const asked = textOf(request.query.get('organization'))
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(asked) ? asked.toLowerCase() : null
}

export const createNativeLogin = (visit: Visit): FlowReply => json(flowJson(visit.world, newLogin(visit, 'api')))

export const createBrowserLogin = (visit: Visit): FlowReply => {
  let flow
  try {
    flow = newLogin(visit, 'browser')
  } catch (error) {
    if (!(error instanceof KratosError)) throw error
    if (error.parts.id !== 'session_already_available' || visit.isJson) return visit.forward(error)
    return seeOther(returnAtOnce(visit))
  }
  return visit.complete(flowJson(visit.world, flow), pageOf(visit, flow))
}

/** The session of somebody who proved who they are, as the flow's kind of client gets it (selfservice/flow/login/hook.go). */
const finish = (visit: Visit, flow: Flow, identity: Identity, method: LoginMethod): FlowReply => {
  const { world, config } = visit
  const again = visit.caller?.identity.id === identity.id ? visit.caller.session : undefined
  const location = flow.type === 'browser' ? afterFlow(visit, flow) : ''
  const { session, shown } = signIn(visit, identity, { method: method.name, aal: method.aal }, again)
  const lacks = visit.assuranceError({ session, identity }, config.whoamiAal)
  const { goesOn, page } = verifyUiAfterLogin(visit, flow, identity)
  saveFlow(visit, flow)
  const inside = shownSession(world, shown, lacks === undefined ? identity : undefined)
  if (flow.type === 'api') {
    const rest = goesOn.length > 0 ? goJson(goesOn) : world.profile.has.nullForAbsent ? 'null' : '[]'
    return json(`{"session_token":"${session.token}","session":${inside},"continue_with":${rest}}`)
  }
  visit.issueCookie(session)
  const second = lacks?.parts.beside?.['redirect_browser_to'] as string | undefined
  if (!visit.isJson) return seeOther(second ?? page ?? location)
  if (second !== undefined) return refused(locationChange(second))
  const steps = [{ action: 'redirect_browser_to', redirect_browser_to: location }, ...goesOn]
  return json(`{"session":${inside},"continue_with":${goJson(steps)}}`)
}

export const updateLogin = async (visit: Visit): Promise<FlowReply> => {
  const taken = takenFlow(visit, 'login')
  if ('reply' in taken) return taken.reply
  const { flow } = taken
  const { caller } = visit
  const fail = (problem: unknown): FlowReply =>
    failed(visit, flow, problem, {
      order: loginOrder,
      again: () => {
        const other = newFlow(visit, 'login', flow.type, { identity_schema: flow.identity_schema })
        offer(visit, other, undefined)
        return other
      },
    })
  const higher = caller !== undefined && flow.requested_aal > caller.session.authenticator_assurance_level
  if (caller !== undefined && !flow.refresh && !higher) {
    if (!visit.isJson && flow.type === 'browser') return seeOther(visit.config.defaultReturnUrl)
    return fail(alreadySignedIn())
  }
  if (caller === undefined && flow.requested_aal === 'aal2') return fail(needsSession())
  try {
    checkTime(visit, flow)
    const form = await Submission.read(visit.request)
    const done = await firstResult(methods, { visit, flow, form }, (_method, problem) => fail(problem))
    if (done === undefined) return fail(new FormProblem({ message: noStrategy.login }))
    if ('reply' in done) return done.reply
    return isReply(done.result) ? done.result : finish(visit, flow, done.result, done.method)
  } catch (problem) {
    return fail(problem)
  }
}
