import type { Flow, UiNode } from '../../../model/flow.ts'
import { sendSecret, takeCode } from '../../codes.ts'
import { saveFlow } from '../../flow-store.ts'
import { append, continueNode, csrfNode, findNode, removeLike, submit, upsert } from '../../nodes.ts'
import { newPerson, validTraits } from '../../people.ts'
import { FormProblem, missingField, NotResponsible } from '../../problems.ts'
import type { FlowReply } from '../../reply.ts'
import { schemaIdOf, schemaText } from '../../schema-of.ts'
import type { Submission } from '../../submission.ts'
import { codeSent, texts } from '../../texts.ts'
import { keepTraits, traitFields, traitValues } from '../../trait-fields.ts'
import type { Visit } from '../../visit.ts'
import { ensureMethod, type RegistrationMethod } from '../method.ts'
import { addressesOf, codeNode, hiddenMethod, NAME, resendNode, sent, showCodeForm } from './code-form.ts'

const signUpNode = (): UiNode => submit(NAME, NAME, texts.sendSignUpCode)
const selectNode = (): UiNode => submit('profile', 'credential-selection', texts.back, 'screen')

const askToRegister = (visit: Visit, flow: Flow, form: Submission, traits: string): FlowReply => {
  const work = validTraits(visit, newPerson(visit, schemaIdOf(visit, flow), traits))
  const addresses = addressesOf(work.credentials.get(NAME)?.config ?? '')
  if (addresses.length === 0) throw new FormProblem({ message: texts.identifierMissing })
  flow.codes = []
  for (const { address, channel } of addresses)
    sendSecret(visit, flow, 'code', 'registration_code_valid', { identityId: '', address, via: channel })
  flow.state = 'sent_email'
  // Where nobody signs in by a code, one is sent all the same, and the form stays as it was.
  if (visit.config.code.passwordless) showSentForm(visit, flow)
  else upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
  keepTraits(flow.ui, traits)
  return sent(visit, flow, form)
}

const showSentForm = (visit: Visit, flow: Flow): void => {
  const kept = (flow.ui.nodes ?? []).filter(
    ({ group, attributes }) => group === 'default' && attributes.type !== 'submit',
  )
  for (const node of kept) {
    node.messages = []
    node.attributes.type = 'hidden'
  }
  const back = visit.config.registration.twoSteps ? [selectNode()] : []
  showCodeForm(visit, flow, kept, [
    hiddenMethod(),
    codeNode(visit, texts.registrationCode),
    continueNode(NAME),
    resendNode(),
    ...back,
  ])
  flow.ui.messages = [codeSent('registration', visit.is13)]
}

export const codeRegistration: RegistrationMethod = {
  name: NAME,
  offer(visit, { ui, type }) {
    if (!visit.config.code.passwordless) return
    for (const node of [
      signUpNode(),
      resendNode(),
      selectNode(),
      continueNode(NAME),
      hiddenMethod(),
      codeNode(visit, undefined),
    ])
      removeLike(ui, node)
    upsert(ui, csrfNode(visit.csrfToken(type)))
    if (!visit.config.registration.twoSteps) append(ui, signUpNode())
  },
  offerCredentials(visit, flow) {
    if (!visit.config.code.passwordless) return
    codeRegistration.offer(visit, flow)
    if (visit.config.registration.twoSteps) append(flow.ui, signUpNode())
  },
  async submit({ visit, flow, form }) {
    ensureMethod(form, NAME, visit.config.code.enabled)
    const schemaId = schemaIdOf(visit, flow)
    const traits = form.traits(traitFields(schemaText(visit, schemaId)))
    try {
      const work = validTraits(visit, newPerson(visit, schemaId, traits))
      visit.checkCsrf(flow, form.csrf)
      if (form.get('resend') === NAME) flow.state = 'choose_method'
      if (flow.state === 'choose_method') return askToRegister(visit, flow, form, traits)
      if (flow.state !== 'sent_email') throw new NotResponsible()
      if (form.get('code') === '') throw new FormProblem(missingField('code'))
      const differs = traitValues(traits).some(([path, value]) => {
        const node = findNode(flow.ui, path)
        return node !== undefined && node.attributes.value !== value
      })
      if (differs) throw new FormProblem({ message: texts.traitsMismatch })
      const code = takeCode(visit, flow, form.get('code'))
      if (code === undefined) throw new FormProblem({ message: texts.registrationCodeInvalid })
      for (const address of work.verifiable_addresses) {
        if (address.value === code.address) Object.assign(address, { verified: true, status: 'completed' })
      }
      flow.active = NAME
      flow.state = 'passed_challenge'
      saveFlow(visit, flow)
      return work
    } catch (problem) {
      keepTraits(flow.ui, traits)
      upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
      throw problem
    }
  },
}
