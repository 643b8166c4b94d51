import type { Flow, UiText } from '../../model/flow.ts'
import type { Identity } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'
import { workOf, type IdentityWork } from '../../api/identities/identity-work.ts'
import { normalIdentifier } from '../../api/identities/credential-types.ts'
import { MOST_BYTES, plainPasswordHash } from '../../api/identities/password-hash.ts'
import { schemaUrl } from '../../api/schemas/identity-schema.ts'
import { claim, holderOf } from '../../store/claims.ts'
import { newPerson, setPassword, validTraits } from '../people.ts'
import { append, csrfNode, field, passwordNode, removeLike, resetMessages, setValue, submit, upsert } from '../nodes.ts'
import { checkPassword } from '../passwords/check-password.ts'
import { passwordProblem } from '../passwords/policy.ts'
import { FormProblem, missingField, NotResponsible } from '../problems.ts'
import { schemaIdOf, schemaText } from '../schema-of.ts'
import { texts, tooLong } from '../texts.ts'
import { identifierLabel, keepTraits, traitFields } from '../trait-fields.ts'
import type { Visit } from '../visit.ts'
import type { Submission } from '../submission.ts'
import { ensureMethod, type LoginMethod, type RegistrationMethod, type SettingsMethod } from './method.ts'
import { requireRecentLogin } from '../privileged.ts'

const NAME = 'password'

const refusal = (message: UiText): FormProblem => new FormProblem({ message, at: NAME })

/** @throws FormProblem for a password that the policy refuses for one of the identifiers. */
const checkPolicy = (visit: Visit, work: IdentityWork, password: string): void => {
  const identifiers = work.credentials.get(NAME)?.identifiers ?? []
  if (identifiers.length === 0) throw new FormProblem({ message: texts.identifierMissing })
  for (const identifier of identifiers) {
    const problem = passwordProblem(visit.config.password, identifier, password)
    if (problem !== undefined) throw refusal(problem)
  }
  const length = new TextEncoder().encode(password).length
  if (length > MOST_BYTES) throw refusal(tooLong(MOST_BYTES, length))
}

const identifierOf = (form: { get(name: string): string }): string =>
  form.get('identifier') || form.get('password_identifier')

/** Who signs in with an identifier and a password. @throws FormProblem */
const passwordUser = async (visit: Visit, flow: Flow, form: Submission): Promise<Identity> => {
  const identifier = identifierOf(form)
  const password = form.get(NAME)
  const flaws = [
    ...(password === '' ? [missingField(NAME)] : []),
    ...(identifier === '' ? [missingField('identifier')] : []),
  ]
  if (flaws.length > 0) throw new FormProblem(...flaws)
  visit.checkCsrf(flow, form.csrf)
  const { identities, claims } = visit.world.store.tables
  const id = holderOf(claims, claim.identifier(NAME, normalIdentifier(NAME, identifier, visit.world.profile)))
  const identity = id === undefined ? undefined : identities.get({ id })
  const config = identity?.credentials.find(({ type }) => type === NAME)?.config
  if (identity !== undefined && (await checkPassword(password, config ?? ''))) return identity
  throw new FormProblem({ message: texts.invalidCredentials })
}

export const passwordLogin: LoginMethod = {
  name: NAME,
  aal: 'aal1',
  offer(visit, { ui, type, identity_schema }) {
    const label = identifierLabel(schemaText(visit, schemaIdOf(visit, { identity_schema })), visit.is13)
    upsert(ui, field('default', 'identifier', 'text', '', { required: true, label }))
    upsert(ui, csrfNode(visit.csrfToken(type)))
    upsert(ui, passwordNode('current-password'))
    append(ui, submit(NAME, NAME, texts.signInWithPassword))
  },
  offerAgain(visit, { ui, type }, { credentials }) {
    const identifier = credentials.find((one) => one.type === NAME)?.identifiers[0]
    if (identifier === undefined) return
    upsert(ui, csrfNode(visit.csrfToken(type)))
    upsert(ui, field('default', 'identifier', 'hidden', identifier))
    upsert(ui, passwordNode('current-password'))
    append(ui, submit(NAME, NAME, texts.signIn))
  },
  async submit({ visit, flow, form }) {
    if (flow.requested_aal !== 'aal1') throw new NotResponsible()
    ensureMethod(form, NAME, visit.config.password.enabled)
    try {
      const identity = await passwordUser(visit, flow, form)
      flow.active = NAME
      return identity
    } catch (problem) {
      setValue(flow.ui, NAME, undefined)
      setValue(flow.ui, 'identifier', identifierOf(form))
      if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
      throw problem
    }
  },
}

export const passwordRegistration: RegistrationMethod = {
  name: NAME,
  offer(visit, { ui, type }) {
    upsert(ui, csrfNode(visit.csrfToken(type)))
    removeLike(ui, passwordNode('new-password'))
    removeLike(ui, submit(NAME, NAME, texts.signUp))
    if (visit.config.registration.twoSteps) return
    append(ui, passwordNode('new-password'))
    append(ui, submit(NAME, NAME, texts.signUp))
  },
  offerCredentials(visit, { ui, type }) {
    upsert(ui, csrfNode(visit.csrfToken(type)))
    upsert(ui, passwordNode('new-password'))
    removeLike(ui, submit(NAME, NAME, texts.signUp))
    append(ui, submit(NAME, NAME, texts.signUp))
  },
  async submit({ visit, flow, form }) {
    ensureMethod(form, NAME, visit.config.password.enabled)
    const schemaId = schemaIdOf(visit, flow)
    const traits = form.traits(traitFields(schemaText(visit, schemaId)))
    keepTraits(flow.ui, traits)
    if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
    const password = form.get(NAME)
    const work = validTraits(visit, newPerson(visit, schemaId, traits), password === '' ? [missingField(NAME)] : [])
    visit.checkCsrf(flow, form.csrf)
    checkPolicy(visit, work, password)
    return setPassword(work, goJson({ hashed_password: plainPasswordHash(visit.world.random, password) }))
  },
}

export const passwordSettings: SettingsMethod = {
  name: NAME,
  offer(visit, { ui, type }) {
    upsert(ui, csrfNode(visit.csrfToken(type)))
    upsert(ui, passwordNode('new-password'))
    append(ui, submit(NAME, NAME, texts.save))
  },
  async submit({ visit, flow, form }) {
    // It clears the form even for submissions of nobody.
    resetMessages(flow.ui)
    upsert(flow.ui, csrfNode(visit.csrfToken(flow.type)))
    ensureMethod(form, NAME, visit.config.password.enabled)
    const password = form.get(NAME)
    if (password === '') throw new FormProblem(missingField(NAME))
    visit.checkCsrf(flow, form.csrf)
    requireRecentLogin(visit)
    const { world } = visit
    const { identity } = visit.caller!
    const former = identity.credentials.find(({ type }) => type === NAME)?.config
    if (!visit.is13 && former !== undefined && (await checkPassword(password, former))) throw refusal(texts.sameAsOld)
    const work = validTraits(visit, workOf(identity, schemaUrl(world, identity.schema_id)))
    checkPolicy(visit, work, password)
    return setPassword(work, goJson({ hashed_password: plainPasswordHash(world.random, password) }))
  },
}
