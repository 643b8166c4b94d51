import type { IdentityWork } from '../../../api/identities/identity-work.ts'
import type { Flow, UiNode } from '../../../model/flow.ts'
import type { JsonText } from '../../../model/identity.ts'
import { takeCode } from '../../codes.ts'
import { saveFlow } from '../../flow-store.ts'
import { append, continueNode, findNode, putCsrf, removeLike, submit, upsert } from '../../nodes.ts'
import { personOf, validTraits } from '../../people.ts'
import { checkFlaws, FormProblem, NotResponsible } from '../../problems.ts'
import type { FlowReply } from '../../reply.ts'
import { flowSchema } from '../../schema-of.ts'
import type { Submission } from '../../submission.ts'
import { texts } from '../../texts.ts'
import { keepTraits, traitNodes, traitValues } from '../../trait-fields.ts'
import type { Visit } from '../../visit.ts'
import { ensureMethod, type RegistrationMethod } from '../method.ts'
import { addressesOf, askForCode, codeNode, hiddenMethod, NAME, resendNode } from './code-form.ts'

const signUpNode = (): UiNode => submit(NAME, NAME, texts.sendSignUpCode)
const selectNode = (): UiNode => submit('profile', 'credential-selection', texts.back, 'screen')

const sendRegistrationCodes = (
  visit: Visit,
  flow: Flow,
  form: Submission,
  work: IdentityWork,
  traits: JsonText,
): FlowReply => {
  const addresses = addressesOf(work.credentials.get(NAME))
  if (addresses.length === 0) throw new FormProblem({ message: texts.identifierMissing })
  const kept = (flow.ui.nodes ?? []).filter(
    ({ group, attributes }) => group === 'default' && attributes.type !== 'submit',
  )
  keepTraits(flow.ui, traits)
  const more = visit.config.registration.twoSteps ? [selectNode()] : []
  return askForCode(visit, flow, form, { addresses, identityId: '', kept, label: texts.registrationCode, more })
}

export const codeRegistration: RegistrationMethod = {
  name: NAME,
  offer(visit, flow) {
    if (!visit.config.code.passwordless) return
    const code = codeNode(visit, undefined)
    for (const node of [signUpNode(), resendNode(), selectNode(), continueNode(NAME), hiddenMethod(), code])
      removeLike(flow.ui, node)
    if (visit.is13) for (const node of traitNodes(flowSchema(visit, flow), 'default', true)) upsert(flow.ui, node)
    if (!visit.is13 || flow.type === 'browser') putCsrf(visit, flow)
    if (visit.is13 || !visit.config.registration.twoSteps) append(flow.ui, signUpNode())
  },
  offerCredentials(visit, flow) {
    if (!visit.config.code.passwordless) return
    codeRegistration.offer(visit, flow)
    if (visit.config.registration.twoSteps) append(flow.ui, signUpNode())
  },
  async submit({ visit, flow, form }) {
    ensureMethod(form, NAME, visit.config.code.enabled)
    let traits = ''
    try {
      const work = personOf(visit, flow, form.whole())
      traits = work.traits
      validTraits(visit, work, form.flaws({ resend: [NAME] }))
      visit.checkCsrf(flow, form.csrf)
      if (form.get('resend') === NAME) flow.state = 'choose_method'
      if (flow.state === 'choose_method') return sendRegistrationCodes(visit, flow, form, work, traits)
      if (flow.state !== 'sent_email') throw new NotResponsible()
      checkFlaws(form.lacking('code'))
      const differs = traitValues(traits).some(([path, value]) => {
        const node = findNode(flow.ui, path)
        return node !== undefined && node.attributes.value !== value
      })
      if (differs) throw new FormProblem({ message: texts.traitsMismatch })
      const { identifiers } = work.credentials.get(NAME) ?? {}
      const code = takeCode(visit, flow, form.get('code'), NAME, (address) => identifiers?.includes(address) ?? false)
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
      putCsrf(visit, flow)
      throw problem
    }
  },
}
