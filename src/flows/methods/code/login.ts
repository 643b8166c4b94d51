import type { Flow } from '../../../model/flow.ts'
import type { Identity } from '../../../model/identity.ts'
import { normalTyped } from '../../../api/identities/credential-types.ts'
import { claim, identityHolding } from '../../../store/claims.ts'
import { takeCode } from '../../codes.ts'
import { saveFlow } from '../../flow-store.ts'
import { append, field, putCsrf, setValue, submit, upsert } from '../../nodes.ts'
import { verifyAddress } from '../../people.ts'
import { checkFlaws, FormProblem, missingField, NotResponsible } from '../../problems.ts'
import type { FlowReply } from '../../reply.ts'
import { flowSchema } from '../../schema-of.ts'
import type { Submission } from '../../submission.ts'
import { texts } from '../../texts.ts'
import { identifierLabel } from '../../trait-fields.ts'
import type { Visit } from '../../visit.ts'
import type { World } from '../../../world/world.ts'
import { ensureMethod, type LoginMethod } from '../method.ts'
import { addressesOf, askForCode, NAME } from './code-form.ts'

/** How an identifier is looked up: e-mail addresses in lower case, numbers without space. */
const normal = ({ profile }: World, identifier: string): string =>
  profile.has.identifiersFolded
    ? normalTyped(identifier, profile)
    : identifier.includes('@')
      ? identifier.trim().toLowerCase()
      : identifier.replaceAll(/[\s()-]/g, '')

/** Who signs in with an identifier by code. @throws FormProblem */
const codeUser = ({ world }: Visit, identifier: string): Identity => {
  if (identifier === '') throw new FormProblem(missingField('identifier'))
  const identity = identityHolding(world.store.tables, claim.identifier(NAME, normal(world, identifier)))
  if (identity === undefined) throw new FormProblem({ message: texts.noCodeUser })
  return identity
}

/** E-mail addresses, since some phones begin them with a capital. */
const lowered = (identifier: string): string => (identifier.includes('@') ? identifier.toLowerCase() : identifier)

const sendLoginCode = (visit: Visit, flow: Flow, form: Submission, identifier: string): FlowReply => {
  const identity = codeUser(visit, identifier)
  const all = addressesOf(identity.credentials.find(({ type }) => type === NAME))
  const own = all.filter(({ address }) => address === normal(visit.world, identifier))
  const kept = (flow.ui.nodes ?? []).filter(({ attributes }) => attributes.name === 'identifier')
  for (const { attributes } of kept) attributes.value = identifier
  const addresses = own.length > 0 ? own : all
  return askForCode(visit, flow, form, { addresses, identityId: identity.id, kept, label: texts.loginCode })
}

const useLoginCode = (visit: Visit, flow: Flow, form: Submission, identifier: string): Identity => {
  const identity = codeUser(visit, identifier)
  const code = takeCode(visit, flow, form.get('code'), NAME)
  if (code?.identityId !== identity.id) throw new FormProblem({ message: texts.loginCodeInvalid })
  flow.active = NAME
  flow.state = 'passed_challenge'
  saveFlow(visit, flow)
  const isVerified = identity.verifiable_addresses.some(({ value, verified }) => value === code.address && verified)
  if (isVerified) return identity
  const verified = verifyAddress(visit, identity.id, code.address, false)
  // Kratos 1.3 answers what it read before.
  return visit.is13 ? identity : verified
}

export const codeLogin: LoginMethod = {
  name: NAME,
  aal: 'aal1',
  offer(visit, flow) {
    if (!visit.config.code.passwordless) return
    const label = identifierLabel(flowSchema(visit, flow), visit.is13)
    upsert(flow.ui, field('default', 'identifier', 'text', '', { required: true, label }))
    append(flow.ui, submit(NAME, NAME, texts.sendSignInCode))
    if (flow.type === 'browser') putCsrf(visit, flow)
  },
  offerAgain(visit, flow) {
    codeLogin.offer(visit, flow)
  },
  async submit({ visit, flow, form }) {
    if (!visit.config.code.passwordless || flow.requested_aal !== 'aal1') throw new NotResponsible()
    // Its first look is at all fields, and what is wrong then is told of the form as it was.
    form.whole('POST', 'PUT', 'PATCH', 'GET')
    ensureMethod(form, NAME, visit.config.code.enabled)
    let [address, identifier] = ['', '']
    let hides = visit.is13
    try {
      form.whole('POST')
      address = form.get('address')
      identifier = form.get('identifier')
      checkFlaws(form.flaws({ resend: [NAME] }))
      visit.checkCsrf(flow, form.csrf)
      if (form.get('resend') === NAME) flow.state = 'choose_method'
      if (flow.state === 'choose_method') {
        const asked = lowered(identifier || address)
        // Before 26.2 Kratos shows it so when something is wrong.
        if (!visit.knowsFormats) identifier = asked
        return sendLoginCode(visit, flow, form, asked)
      }
      if (flow.state !== 'sent_email') throw new NotResponsible()
      hides = true
      checkFlaws(form.lacking('code'))
      identifier = lowered(address || identifier)
      return useLoginCode(visit, flow, form, identifier)
    } catch (problem) {
      const typed = address || identifier
      putCsrf(visit, flow)
      if (hides) upsert(flow.ui, field('default', 'identifier', 'hidden', typed))
      setValue(flow.ui, 'identifier', typed)
      throw problem
    }
  },
}
