import { workOf } from '../../api/identities/identity-work.ts'
import { schemaUrl } from '../../api/schemas/identity-schema.ts'
import type { Flow, Ui } from '../../model/flow.ts'
import type { JsonText } from '../../model/identity.ts'
import { saveFlow } from '../flow-store.ts'
import { showAgain } from '../failure.ts'
import { append, csrfNode, idOf, removeLike, resetMessages, sortNodes, submit, upsert } from '../nodes.ts'
import { newPerson, validTraits } from '../people.ts'
import { isPrivileged, NeedsLogin } from '../privileged.ts'
import { NotResponsible } from '../problems.ts'
import type { FlowReply } from '../reply.ts'
import { registrationOrder } from '../node-orders.ts'
import { schemaIdOf, schemaText } from '../schema-of.ts'
import { texts } from '../texts.ts'
import { fillTraits, keepTraits, traitFields, traitNodes } from '../trait-fields.ts'
import type { Visit } from '../visit.ts'
import { ensureMethod, type RegistrationMethod, type RegistrationSubmitted, type SettingsMethod } from './method.ts'

const NAME = 'profile'

const previous = submit(NAME, 'previous', texts.back, 'screen')
const signUp = submit(NAME, NAME, texts.signUp)

/** The fields that are kept while a credential is chosen. */
const hideTraits = (ui: Ui): void => {
  for (const node of ui.nodes ?? [])
    if (node.group === 'default' && node.type === 'input') node.attributes.type = 'hidden'
}

const answered = (visit: Visit, flow: Flow, transient?: JsonText): FlowReply => {
  saveFlow(visit, flow)
  return showAgain(visit, flow, 400, transient === undefined ? {} : { transient_payload: transient })
}

/** Back to the traits. */
const showTraits = ({ visit, flow, methods }: RegistrationSubmitted, traits: JsonText): FlowReply => {
  resetMessages(flow.ui)
  if (visit.is13) flow.ui.nodes = structuredClone(flow.first_nodes)
  else {
    fillTraits(flow.ui, traits, 'default')
    for (const method of methods) method.offer(visit, flow)
  }
  fillTraits(flow.ui, traits, 'default')
  if (!visit.is13) sortNodes(flow.ui, registrationOrder(visit, flow))
  return answered(visit, flow)
}

/** On to the credentials, for traits that are right. */
const showCredentials = ({ visit, flow, form, methods }: RegistrationSubmitted, traits: JsonText): FlowReply => {
  resetMessages(flow.ui)
  keepTraits(flow.ui, traits)
  if (!visit.is13 || flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
  visit.checkCsrf(flow, form.csrf)
  validTraits(visit, newPerson(visit, schemaIdOf(visit, flow), traits))
  flow.active = ''
  flow.state = 'choose_method'
  if (visit.is13) flow.ui.nodes = null
  for (const method of methods) method.offerCredentials(visit, flow)
  if (visit.is13) {
    const csrf = csrfNode('')
    flow.ui.nodes = (flow.ui.nodes ?? []).filter((node) => idOf(node) !== idOf(csrf))
    append(flow.ui, previous)
  }
  fillTraits(flow.ui, traits, 'default')
  if (visit.is13) {
    hideTraits(flow.ui)
    if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
  } else sortNodes(flow.ui, registrationOrder(visit, flow))
  flow.ui.messages.push(texts.chooseCredential)
  return answered(visit, flow, form.transient)
}

/** Traits first, a credential then (selfservice/strategy/profile/registration.go). */
export const profileRegistration: RegistrationMethod = {
  name: NAME,
  offer(visit, flow) {
    const { ui, type } = flow
    removeLike(ui, previous)
    upsert(ui, csrfNode(visit.csrfToken(type)))
    for (const node of traitNodes(schemaText(visit, schemaIdOf(visit, flow)), 'default', visit.is13)) upsert(ui, node)
    if (visit.config.registration.twoSteps) append(ui, signUp)
  },
  offerCredentials(visit, { ui }) {
    if (visit.is13) return
    append(ui, previous)
    removeLike(ui, signUp)
    hideTraits(ui)
  },
  async submit(submitted) {
    const { visit, flow, form } = submitted
    const screen = form.get('screen')
    if (!visit.config.registration.twoSteps) throw new NotResponsible()
    if (form.method !== NAME && form.method !== 'profile:back' && screen === '') throw new NotResponsible()
    const traits = form.traits(traitFields(schemaText(visit, schemaIdOf(visit, flow))))
    const isBack = form.method === 'profile:back' || (screen === 'previous' && (form.method !== NAME || !visit.is13))
    if (isBack) {
      // What it is sent is checked before it is shown again.
      keepTraits(flow.ui, traits)
      if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
      if (!visit.is13) validTraits(visit, newPerson(visit, schemaIdOf(visit, flow), traits))
      return showTraits(submitted, traits)
    }
    return showCredentials(submitted, traits)
  },
}

export const profileSettings: SettingsMethod = {
  name: NAME,
  offer(visit, { ui, type }) {
    const { identity } = visit.caller!
    for (const node of traitNodes(schemaText(visit, identity.schema_id), NAME, visit.is13)) upsert(ui, node)
    upsert(ui, csrfNode(visit.csrfToken(type)))
    fillTraits(ui, identity.traits, NAME)
    append(ui, submit(NAME, NAME, texts.save))
  },
  async submit({ visit, flow, form }) {
    ensureMethod(form, NAME, true)
    const { world } = visit
    const { identity } = visit.caller!
    const traits = form.traits(traitFields(schemaText(visit, identity.schema_id)))
    if (visit.is13) resetMessages(flow.ui)
    for (const node of flow.ui.nodes ?? []) {
      if (!idOf(node).startsWith('traits.')) continue
      node.attributes.value = undefined
      node.messages = []
    }
    fillTraits(flow.ui, traits, NAME)
    upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
    visit.checkCsrf(flow, form.csrf)
    const work = { ...workOf(identity, schemaUrl(world, identity.schema_id)), traits }
    validTraits(visit, work)
    if (!isPrivileged(visit) && changesCredentials(identity, work)) throw new NeedsLogin()
    return work
  },
}

/** Whether somebody would sign in, recover or be verified by other addresses than before (identity/manager.go). */
const changesCredentials = (
  before: Parameters<typeof workOf>[0],
  { credentials, verifiable_addresses, recovery_addresses }: ReturnType<typeof workOf>,
): boolean => {
  const names = (rows: readonly { readonly value: string }[]): string =>
    rows
      .map(({ value }) => value)
      .sort()
      .join('\n')
  return (
    names(before.verifiable_addresses) !== names(verifiable_addresses) ||
    names(before.recovery_addresses) !== names(recovery_addresses) ||
    before.credentials.some(
      ({ type, identifiers }) =>
        (credentials.get(type)?.identifiers ?? []).toSorted().join('\n') !== identifiers.join('\n'),
    )
  )
}
