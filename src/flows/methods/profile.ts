import type { IdentityWork } from '../../api/identities/identity-work.ts'
import type { Flow, Ui } from '../../model/flow.ts'
import type { Identity, JsonText } from '../../model/identity.ts'
import { pauseFor, resumed } from '../continuity.ts'
import { flowJson } from '../flow-json.ts'
import { pageOf, saveFlow } from '../flow-store.ts'
import { append, idOf, putCsrf, removeLike, resetMessages, sortNodes, submit, upsert } from '../nodes.ts'
import { registrationOrder } from '../node-orders.ts'
import { callerWork, personOf, validTraits } from '../people.ts'
import { isPrivilegedOrUnbound, NeedsLogin } from '../privileged.ts'
import { NotResponsible, type FormFlaw } from '../problems.ts'
import { json, seeOther, type FlowReply } from '../reply.ts'
import { flowSchema, schemaText } from '../schema-of.ts'
import type { Submission } from '../submission.ts'
import { texts } from '../texts.ts'
import { fillTraits, keepTraits, traitNodes } from '../trait-fields.ts'
import type { Visit } from '../visit.ts'
import { ensureMethod, type RegistrationMethod, type SettingsMethod, type Submitted } from './method.ts'

const NAME = 'profile'

const previous = submit(NAME, 'previous', texts.back, 'screen')
const signUp = submit(NAME, NAME, texts.signUp)

/** The fields that are kept while a credential is chosen. */
const hideTraits = (ui: Ui): void => {
  for (const node of ui.nodes ?? [])
    if (node.group === 'default' && node.type === 'input') node.attributes.type = 'hidden'
}

type Registering = Submitted<RegistrationMethod>

const answered = (visit: Visit, flow: Flow, transient_payload?: JsonText): FlowReply => {
  saveFlow(visit, flow)
  return visit.isJson ? json(flowJson(visit.world, flow, { transient_payload }), 400) : seeOther(pageOf(visit, flow))
}

/** Back to the traits. */
const showTraits = ({ visit, flow, methods }: Registering, traits: JsonText): FlowReply => {
  if (!visit.is13) flow.organization_id = null
  resetMessages(flow.ui)
  if (flow.steps !== null) flow.ui.nodes = structuredClone([...flow.steps.traits])
  fillTraits(flow.ui, traits, 'default')
  if (flow.steps !== null) return answered(visit, flow)
  for (const method of methods) method.offer(visit, flow)
  fillTraits(flow.ui, traits, 'default')
  sortNodes(flow.ui, registrationOrder(visit, flow))
  return answered(visit, flow)
}

/** On to the credentials, for traits that are right. */
const showCredentials = ({ visit, flow, form, methods }: Registering, work: IdentityWork): FlowReply => {
  const { ui, steps } = flow
  resetMessages(ui)
  flow.active = ''
  flow.state = 'choose_method'
  visit.checkCsrf(flow, form.csrf)
  if (steps === null) for (const method of methods) method.offerCredentials(visit, flow)
  else ui.nodes = structuredClone([...steps.credentials, previous])
  fillTraits(ui, work.traits, 'default')
  if (steps === null) sortNodes(ui, registrationOrder(visit, flow))
  else {
    hideTraits(ui)
    if (flow.type === 'browser') putCsrf(visit, flow)
  }
  ui.messages.push(texts.chooseCredential)
  return answered(visit, flow, form.transient)
}

/** Traits first, a credential then (selfservice/strategy/profile/registration.go). */
export const profileRegistration: RegistrationMethod = {
  name: NAME,
  offer(visit, flow) {
    const { ui } = flow
    const { twoSteps } = visit.config.registration
    if (visit.is13 && !twoSteps) return
    removeLike(ui, previous)
    putCsrf(visit, flow)
    for (const node of traitNodes(flowSchema(visit, flow), 'default', visit.is13)) upsert(ui, node)
    if (twoSteps) append(ui, signUp)
  },
  offerCredentials(_visit, { ui }) {
    append(ui, previous)
    removeLike(ui, signUp)
    hideTraits(ui)
  },
  async submit(submitted) {
    const { visit, flow, form } = submitted
    const screen = form.get('screen')
    if (!visit.config.registration.twoSteps) throw new NotResponsible()
    const isNamed = form.method === NAME || form.method === 'profile:back' || screen !== ''
    const before = structuredClone(flow.ui)
    if (flow.type === 'browser') putCsrf(visit, flow)
    form.whole()
    if (!isNamed && !visit.is13) throw new NotResponsible()
    const work = personOf(visit, flow, form)
    const { traits } = work
    keepTraits(flow.ui, traits)
    validTraits(visit, work, form.flaws({ screen: ['credential-selection', 'previous'] }))
    if (!isNamed) {
      flow.ui = before
      throw new NotResponsible()
    }
    const isBack =
      screen === 'previous' ? form.method !== NAME || !visit.is13 : form.method === 'profile:back' && screen === ''
    return isBack ? showTraits(submitted, traits) : showCredentials(submitted, work)
  },
}

const changed = (visit: Visit, flow: Flow, form: Submission, flaws?: readonly FormFlaw[]): IdentityWork => {
  const work = callerWork(visit, form)
  for (const node of flow.ui.nodes ?? []) {
    if (!idOf(node).startsWith('traits.')) continue
    node.attributes.value = undefined
    node.messages = []
  }
  fillTraits(flow.ui, work.traits, NAME)
  putCsrf(visit, flow)
  validTraits(visit, work, flaws)
  visit.checkCsrf(flow, form.csrf)
  if (!isPrivilegedOrUnbound(visit) && changesCredentials(visit.caller!.identity, work))
    throw new NeedsLogin(visit, flow)
  return work
}

export const profileSettings: SettingsMethod = {
  name: NAME,
  offer(visit, flow) {
    const { schema_id, traits } = visit.caller!.identity
    for (const node of traitNodes(schemaText(visit, schema_id), NAME, visit.is13)) upsert(flow.ui, node)
    putCsrf(visit, flow)
    fillTraits(flow.ui, traits, NAME)
    append(flow.ui, submit(NAME, NAME, texts.save))
  },
  async submit({ visit, flow, form }) {
    const waiting = resumed(visit, flow, NAME)
    if (waiting !== undefined) return changed(visit, flow, waiting)
    ensureMethod(form, NAME, true)
    putCsrf(visit, flow)
    try {
      return changed(visit, flow, form.whole('POST', 'GET'), form.flaws())
    } catch (problem) {
      pauseFor(problem, visit, flow, NAME, form)
      throw problem
    }
  },
}

/** Whether somebody would sign in, recover or be verified by other addresses than before (identity/manager.go). */
const changesCredentials = (before: Identity, work: IdentityWork): boolean => {
  const differ = (rows: readonly string[], others?: readonly string[] | null): boolean =>
    rows.toSorted().join('\n') !== (others ?? []).toSorted().join('\n')
  const values = (rows: readonly { readonly value: string }[]): string[] => rows.map(({ value }) => value)
  return (
    differ(values(before.verifiable_addresses), values(work.verifiable_addresses)) ||
    differ(values(before.recovery_addresses), values(work.recovery_addresses)) ||
    before.credentials.some(({ type, identifiers }) => differ(identifiers, work.credentials.get(type)?.identifiers))
  )
}
