import type { Flow, UiNode, UiText } from '../../model/flow.ts'
import { KratosError, MISCONFIGURED } from '../../model/errors.ts'
import type { Identity, JsonText } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'
import { normalIdentifier } from '../../api/identities/credential-types.ts'
import { credentialWork, type IdentityWork } from '../../api/identities/identity-work.ts'
import { MOST_BYTES, plainPasswordHash } from '../../api/identities/password-hash.ts'
import { claim, identityHolding } from '../../store/claims.ts'
import { pauseFor, resumed } from '../continuity.ts'
import { saveFlow } from '../flow-store.ts'
import { append, field, passwordNode, putCsrf, removeLike, resetMessages, setValue, submit, upsert } from '../nodes.ts'
import { checkPassword } from '../passwords/check-password.ts'
import { passwordProblem } from '../passwords/policy.ts'
import { callerWork, personOf, validTraits } from '../people.ts'
import { isPrivileged, NeedsLogin } from '../privileged.ts'
import { checkFlaws, FormProblem, missingField, NotResponsible } from '../problems.ts'
import { flowSchema } from '../schema-of.ts'
import { Submission } from '../submission.ts'
import { texts, tooLong } from '../texts.ts'
import { identifierLabel, keepTraits, traitNodes } from '../trait-fields.ts'
import type { Visit } from '../visit.ts'
import { ensureMethod, type LoginMethod, type RegistrationMethod, type SettingsMethod } from './method.ts'

const NAME = 'password'

const refusal = (message: UiText): FormProblem => new FormProblem({ message, at: NAME })

/** Gives an identity a password. @throws FormProblem for one that the policy refuses for one of the identifiers. */
const withPassword = ({ world, config }: Visit, work: IdentityWork, password: string): IdentityWork => {
  const there = work.credentials.get(NAME) ?? credentialWork(NAME)
  const identifiers = there.identifiers ?? []
  if (identifiers.length === 0) throw new FormProblem({ message: texts.identifierMissing })
  for (const identifier of identifiers) {
    const problem = passwordProblem(config.password, identifier, password)
    if (problem !== undefined) throw refusal(problem)
  }
  const length = new TextEncoder().encode(password).length
  if (length > MOST_BYTES) throw refusal(tooLong(MOST_BYTES, length))
  const hashed_password = plainPasswordHash(world.random, password)
  work.credentials.set(NAME, { ...there, config: goJson({ hashed_password }) })
  return work
}

const identifierOf = (form: { get(name: string): string }): string =>
  form.get('identifier') || form.get('password_identifier')

const NO_HOOK = 'Password migration hook is not enabled but password migration is requested.'

/** Whether a credential has no hash yet, and waits for a hook to say whether a password is right. */
const asksHook = (config: JsonText): boolean => {
  const { hashed_password = '', use_password_migration_hook = false } = JSON.parse(config)
  return hashed_password === '' && use_password_migration_hook
}

/** Who signs in with an identifier and a password. @throws FormProblem, KratosError 500 for one who waits for a hook. */
const passwordUser = async (visit: Visit, flow: Flow, form: Submission): Promise<Identity> => {
  const identifier = identifierOf(form)
  const password = form.get(NAME)
  const missing = Object.entries({ password, identifier }).filter(([, text]) => text === '')
  checkFlaws(form.flaws(), ...missing.map(([name]) => missingField(name)))
  visit.checkCsrf(flow, form.csrf)
  const { store, profile } = visit.world
  const identity = identityHolding(store.tables, claim.identifier(NAME, normalIdentifier(NAME, identifier, profile)))
  const config = identity?.credentials.find(({ type }) => type === NAME)?.config
  if (config?.includes('use_password_migration_hook') && asksHook(config))
    throw new KratosError(500, { ...(visit.is13 ? {} : MISCONFIGURED), reason: NO_HOOK })
  if (identity !== undefined && (await checkPassword(password, config ?? ''))) return identity
  throw new FormProblem({ message: texts.invalidCredentials })
}

/** What a form for a new password has. */
const newPasswordNodes = (label: UiText): UiNode[] => [passwordNode('new-password'), submit(NAME, NAME, label)]

export const passwordLogin: LoginMethod = {
  name: NAME,
  aal: 'aal1',
  offer(visit, flow) {
    const label = identifierLabel(flowSchema(visit, flow), visit.is13)
    upsert(flow.ui, field('default', 'identifier', 'text', '', { required: true, label }))
    putCsrf(visit, flow)
    upsert(flow.ui, passwordNode('current-password'))
    append(flow.ui, submit(NAME, NAME, texts.signInWithPassword))
  },
  offerAgain(visit, flow, { credentials }) {
    const { identifiers: [identifier] = [], config } = credentials.find((one) => one.type === NAME) ?? {}
    if (identifier === undefined || !config?.includes('hashed_password')) return
    putCsrf(visit, flow)
    upsert(flow.ui, field('default', 'identifier', 'hidden', identifier))
    upsert(flow.ui, passwordNode('current-password'))
    append(flow.ui, submit(NAME, NAME, texts.signIn))
  },
  async submit({ visit, flow, form: sent }) {
    if (flow.requested_aal !== 'aal1') throw new NotResponsible()
    ensureMethod(sent, NAME, visit.config.password.enabled)
    let form = Submission.of()
    try {
      form = sent.whole()
      const identity = await passwordUser(visit, flow, form)
      flow.active = NAME
      saveFlow(visit, flow)
      return identity
    } catch (problem) {
      setValue(flow.ui, NAME, undefined)
      setValue(flow.ui, 'identifier', identifierOf(form))
      if (flow.type === 'browser') putCsrf(visit, flow)
      throw problem
    }
  },
}

export const passwordRegistration: RegistrationMethod = {
  name: NAME,
  offer(visit, flow) {
    const nodes = newPasswordNodes(texts.signUp)
    if (visit.is13) for (const node of traitNodes(flowSchema(visit, flow), NAME, true)) upsert(flow.ui, node)
    putCsrf(visit, flow)
    for (const node of nodes) removeLike(flow.ui, node)
    if (visit.is13 || !visit.config.registration.twoSteps) append(flow.ui, ...nodes)
  },
  offerCredentials(visit, flow) {
    putCsrf(visit, flow)
    // The button takes the place of any other.
    for (const node of newPasswordNodes(texts.signUp)) upsert(flow.ui, node)
  },
  async submit({ visit, flow, form }) {
    ensureMethod(form, NAME, visit.config.password.enabled)
    if (flow.type === 'browser') putCsrf(visit, flow)
    const work = personOf(visit, flow, form.whole())
    keepTraits(flow.ui, work.traits)
    validTraits(visit, work, [...form.flaws(), ...form.lacking(NAME)])
    visit.checkCsrf(flow, form.csrf)
    return withPassword(visit, work, form.get(NAME))
  },
}

const changed = async (visit: Visit, flow: Flow, form: Submission): Promise<IdentityWork> => {
  const password = form.get(NAME)
  visit.checkCsrf(flow, form.csrf)
  if (!isPrivileged(visit)) throw new NeedsLogin(visit, flow)
  const former = visit.caller!.identity.credentials.find(({ type }) => type === NAME)?.config
  if (!visit.is13 && former !== undefined && (await checkPassword(password, former))) throw refusal(texts.sameAsOld)
  return withPassword(visit, validTraits(visit, callerWork(visit)), password)
}

export const passwordSettings: SettingsMethod = {
  name: NAME,
  offer(visit, flow) {
    const [password, button] = newPasswordNodes(texts.save)
    putCsrf(visit, flow)
    upsert(flow.ui, password!)
    append(flow.ui, button!)
  },
  async submit({ visit, flow, form }) {
    const waiting = resumed(visit, flow, NAME)
    if (waiting !== undefined) return changed(visit, flow, waiting)
    try {
      ensureMethod(form, NAME, visit.config.password.enabled)
      checkFlaws(form.whole('POST', 'GET').flaws(), ...form.lacking(NAME))
      return await changed(visit, flow, form)
    } catch (problem) {
      // An application has no cookies.
      if (flow.type === 'browser') pauseFor(problem, visit, flow, NAME, form)
      // It clears the form even for submissions of nobody.
      resetMessages(flow.ui)
      putCsrf(visit, flow)
      throw problem
    }
  },
}
