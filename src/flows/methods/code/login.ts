import type { Flow } from '../../../model/flow.ts'
import type { Identity } from '../../../model/identity.ts'
import { normalTyped } from '../../../api/identities/credential-types.ts'
import { claim, holderOf } from '../../../store/claims.ts'
import { sendSecret, takeCode } from '../../codes.ts'
import { saveFlow } from '../../flow-store.ts'
import { append, continueNode, csrfNode, field, setValue, submit, upsert } from '../../nodes.ts'
import { verifyAddress } from '../../people.ts'
import { FormProblem, missingField, NotResponsible } from '../../problems.ts'
import type { FlowReply } from '../../reply.ts'
import { schemaIdOf, schemaText } from '../../schema-of.ts'
import type { Submission } from '../../submission.ts'
import { codeSent, texts } from '../../texts.ts'
import { identifierLabel } from '../../trait-fields.ts'
import type { Visit } from '../../visit.ts'
import type { World } from '../../../world/world.ts'
import { ensureMethod, type LoginMethod } from '../method.ts'
import { addressesOf, codeNode, hiddenMethod, NAME, resendNode, sent, showCodeForm } from './code-form.ts'

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
  const { claims, identities } = world.store.tables
  const id = holderOf(claims, claim.identifier(NAME, normal(world, identifier)))
  const identity = id === undefined ? undefined : identities.get({ id })
  if (identity === undefined) throw new FormProblem({ message: texts.noCodeUser })
  return identity
}

const askForCode = (visit: Visit, flow: Flow, form: Submission): FlowReply => {
  const identifier = form.get('identifier') || form.get('address')
  const identity = codeUser(visit, identifier)
  const all = addressesOf(identity.credentials.find(({ type }) => type === NAME)?.config ?? '')
  const own = all.filter(({ address }) => address === normal(visit.world, identifier))
  flow.codes = []
  for (const { address, channel } of own.length > 0 ? own : all)
    sendSecret(visit, flow, 'code', 'login_code_valid', { identityId: identity.id, address, via: channel })
  flow.state = 'sent_email'
  const kept = (flow.ui.nodes ?? []).filter(({ attributes }) => attributes.name === 'identifier')
  for (const node of kept) node.attributes.type = 'hidden'
  const parts = [hiddenMethod(), codeNode(visit, texts.loginCode), continueNode(NAME), resendNode()]
  showCodeForm(visit, flow, kept, parts)
  flow.ui.messages = [codeSent('login', visit.is13)]
  setValue(flow.ui, 'identifier', identifier)
  return sent(visit, flow, form)
}

const useLoginCode = (visit: Visit, flow: Flow, form: Submission): Identity => {
  if (form.get('code') === '') throw new FormProblem(missingField('code'))
  const identity = codeUser(visit, form.get('address') || form.get('identifier'))
  const code = takeCode(visit, flow, form.get('code'))
  if (code?.identity_id !== identity.id) throw new FormProblem({ message: texts.loginCodeInvalid })
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
  offer(visit, { ui, type, identity_schema }) {
    if (!visit.config.code.passwordless) return
    const label = identifierLabel(schemaText(visit, schemaIdOf(visit, { identity_schema })), visit.is13)
    upsert(ui, field('default', 'identifier', 'text', '', { required: true, label }))
    append(ui, submit(NAME, NAME, texts.sendSignInCode))
    if (type === 'browser') upsert(ui, csrfNode(visit.csrfToken(type)))
  },
  offerAgain(visit, flow) {
    codeLogin.offer(visit, flow)
  },
  async submit({ visit, flow, form }) {
    if (!visit.config.code.passwordless || flow.requested_aal !== 'aal1') throw new NotResponsible()
    ensureMethod(form, NAME, visit.config.code.enabled)
    let hides = visit.is13
    try {
      visit.checkCsrf(flow, form.csrf)
      if (form.get('resend') === NAME) flow.state = 'choose_method'
      if (flow.state === 'choose_method') return askForCode(visit, flow, form)
      hides = true
      if (flow.state === 'sent_email') return useLoginCode(visit, flow, form)
      throw new NotResponsible()
    } catch (problem) {
      const typed = form.get('address') || form.get('identifier')
      // What a code is sent with was brought into its form before.
      const identifier = hides && typed.includes('@') ? typed.trim().toLowerCase() : typed
      upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
      if (hides) upsert(flow.ui, field('default', 'identifier', 'hidden', identifier))
      setValue(flow.ui, 'identifier', identifier)
      throw problem
    }
  },
}
