import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { goJson } from '../model/json.ts'
import type { IdentityWork } from '../api/identities/identity-work.ts'
import { failed } from './failure.ts'
import { flowJson } from './flow-json.ts'
import { checkTime, newFlow, pageOf, saveFlow, takenFlow, type FlowType } from './flow-store.ts'
import { hooksAfter, verificationsAfter } from './hooks.ts'
import { isTrue, organizationOf } from './login.ts'
import { codeRegistration } from './methods/code/registration.ts'
import { firstResult, isReply, type RegistrationMethod } from './methods/method.ts'
import { passwordRegistration } from './methods/password.ts'
import { profileRegistration } from './methods/profile.ts'
import { registrationOrder } from './node-orders.ts'
import { csrfNode, sortNodes, upsert } from './nodes.ts'
import { newPerson, storePerson, validTraits } from './people.ts'
import { FormProblem } from './problems.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { afterFlow, returnAtOnce } from './return-to.ts'
import { askedSchema, schemaIdOf, schemaText } from './schema-of.ts'
import { shownIdentity, shownSession, signIn } from './sign-in.ts'
import { Submission } from './submission.ts'
import { noStrategy } from './texts.ts'
import { keepTraits, traitFields, traitValues } from './trait-fields.ts'
import type { Visit } from './visit.ts'

const all: readonly RegistrationMethod[] = [profileRegistration, passwordRegistration, codeRegistration]

const methodsOf = ({ config }: Visit): readonly RegistrationMethod[] =>
  all.filter(({ name }) => name === 'profile' || config[name as 'password' | 'code'].enabled)

const alreadySignedIn = (visit: Visit): FlowReply =>
  visit.isJson || visit.request.target.includes('/api')
    ? refused(
        new KratosError(400, {
          id: 'session_already_available',
          message: 'you are already logged in',
          reason: 'A valid session was detected and thus registration is not possible.',
        }),
      )
    : { kind: 'redirect', status: 302, location: visit.config.defaultReturnUrl }

const newRegistration = (visit: Visit, type: FlowType, parts: Partial<Flow> = {}): Flow => {
  if (!visit.config.registration.enabled)
    throw new KratosError(400, { reason: 'Registration is not allowed because it was disabled.' })
  const wantsCode = type === 'api' && isTrue(visit.request.query.get('return_session_token_exchange_code'))
  const flow = newFlow(visit, 'registration', type, {
    organization_id: organizationOf(visit),
    exchange_code: wantsCode ? visit.world.random.alphanumeric(64) : '',
    ...parts,
  })
  for (const method of methodsOf(visit)) method.offer(visit, flow)
  sortNodes(flow.ui, registrationOrder(visit, flow))
  flow.first_nodes = visit.is13 ? structuredClone(flow.ui.nodes) : null
  saveFlow(visit, flow)
  return flow
}

export const createNativeRegistration = (visit: Visit): FlowReply => {
  if (visit.caller !== undefined) return alreadySignedIn(visit)
  return json(flowJson(visit.world, newRegistration(visit, 'api', { identity_schema: askedSchema(visit) })))
}

export const createBrowserRegistration = (visit: Visit): FlowReply => {
  try {
    const flow = newRegistration(visit, 'browser', { identity_schema: askedSchema(visit) })
    if (visit.caller !== undefined) return visit.isJson ? alreadySignedIn(visit) : seeOther(returnAtOnce(visit))
    return visit.complete(flowJson(visit.world, flow), pageOf(visit, flow))
  } catch (error) {
    if (error instanceof KratosError) return visit.forward(error)
    throw error
  }
}

/** Stores who registered and signs them in, where that is configured (selfservice/flow/registration/hook.go). */
const finish = (visit: Visit, flow: Flow, work: IdentityWork, method: string): FlowReply => {
  const { world } = visit
  const stored = storePerson(visit, work)
  const isBrowser = flow.type === 'browser'
  const location = isBrowser ? afterFlow(visit, flow) : ''
  const { session } = signIn(visit, stored, { method, aal: 'aal1' })
  const { identity, goesOn, page } = verificationsAfter(visit, flow, stored, method)
  const hasSession = hooksAfter(visit, flow, method).includes('session')
  const token = !isBrowser && hasSession ? [{ action: 'set_ory_session_token', ory_session_token: session.token }] : []
  const redirect = isBrowser && visit.isJson ? [{ action: 'redirect_browser_to', redirect_browser_to: location }] : []
  if (isBrowser && hasSession) visit.issueCookie(session)
  if (isBrowser && !visit.isJson) return seeOther(page ?? location)
  const steps = goJson([...redirect, ...goesOn, ...token])
  const rest = `"identity":${shownIdentity(world, identity)},"continue_with":${steps}}`
  if (!hasSession) return json(`{${rest}`)
  const inside = `"session":${shownSession(world, session, identity)},`
  return json(isBrowser ? `{${inside}${rest}` : `{"session_token":"${session.token}",${inside}${rest}`)
}

/** What nobody is responsible for; Kratos looks at the traits first, 25.4 where there are any. */
const nobody = (visit: Visit, flow: Flow, form: Submission): FormProblem => {
  const traits = form.traits(traitFields(schemaText(visit, schemaIdOf(visit, flow))))
  if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
  try {
    if (!visit.is254 || traitValues(traits).length > 0)
      validTraits(visit, newPerson(visit, schemaIdOf(visit, flow), traits))
  } catch (problem) {
    keepTraits(flow.ui, traits)
    if (problem instanceof FormProblem) return problem
    throw problem
  }
  return new FormProblem({ message: noStrategy.registration })
}

export const updateRegistration = async (visit: Visit): Promise<FlowReply> => {
  if (visit.caller !== undefined) return alreadySignedIn(visit)
  const taken = takenFlow(visit, 'registration')
  if ('reply' in taken) return taken.reply
  const { flow } = taken
  const original = structuredClone(flow)
  const fail = (problem: unknown, work: Flow = flow): FlowReply =>
    failed(visit, work, problem, {
      order: registrationOrder(visit, flow),
      again: () => newRegistration(visit, flow.type, { identity_schema: flow.identity_schema }),
    })
  try {
    checkTime(visit, flow)
    const form = await Submission.read(visit.request)
    const methods = methodsOf(visit)
    const done = await firstResult(all, { visit, flow, form, methods }, (_method, problem) => fail(problem))
    if (done === undefined) return fail(nobody(visit, flow, form))
    if ('reply' in done) return done.reply
    if (isReply(done.result)) return done.result
    try {
      return finish(visit, flow, done.result, done.method.name)
    } catch (problem) {
      // Somebody else has it: the form is as it was before, in the next release with the traits.
      if (visit.isNext) keepTraits(original.ui, done.result.traits)
      original.state = flow.state
      if (flow.type === 'browser') upsert(original.ui, csrfNode(visit.csrfToken('browser')))
      return fail(problem, problem instanceof FormProblem ? original : flow)
    }
  } catch (problem) {
    return fail(problem)
  }
}
