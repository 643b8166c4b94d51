import { notLocated } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import type { Identity, JsonText } from '../model/identity.ts'
import { formatTime } from '../model/time.ts'
import { newWork, workOf, type IdentityWork } from '../api/identities/identity-work.ts'
import { newIdentityRow } from '../api/identities/store-identity.ts'
import { schemaViolation, traitsViolation } from '../api/identities/validate-identity.ts'
import { schemaUrl } from '../api/schemas/identity-schema.ts'
import { storedTime } from '../databases/database.ts'
import { Conflict } from '../store/claims.ts'
import { FormProblem, violationFlaws, type FormFlaw } from './problems.ts'
import { schemaIdOf, schemaText } from './schema-of.ts'
import type { Submission } from './submission.ts'
import { texts } from './texts.ts'
import { traitFields } from './trait-fields.ts'
import type { Visit } from './visit.ts'

/** The traits that a form for somebody of a schema holds. */
const traitsIn = (visit: Visit, form: Submission, schemaId: string): JsonText =>
  form.traits(traitFields(schemaText(visit, schemaId)))

/** An identity that registers, with nothing but traits yet. */
export const personOf = (visit: Visit, flow: Flow, form: Submission): IdentityWork => {
  const schemaId = schemaIdOf(visit, flow)
  return newWork(visit.world, schemaId, traitsIn(visit, form, schemaId))
}

/** The caller as it is stored, or with the traits of a form. */
export const callerWork = (visit: Visit, form?: Submission): IdentityWork => {
  const { identity } = visit.caller!
  const work = workOf(identity, schemaUrl(visit.world, identity.schema_id))
  return form === undefined ? work : { ...work, traits: traitsIn(visit, form, identity.schema_id) }
}

/** Checks traits and derives credentials and addresses from them. @throws FormProblem with what they do wrong, and with other flaws. */
export const validTraits = (visit: Visit, work: IdentityWork, others: readonly FormFlaw[] = []): IdentityWork => {
  const violation = schemaViolation(visit.world, work) ?? traitsViolation(visit.world, work)
  const knowsFormats = visit.knowsFormats
  const flaws = [...others, ...(violation === undefined ? [] : violationFlaws(violation, knowsFormats))]
  if (flaws.length > 0) throw new FormProblem(...flaws)
  return work
}

/** Stores somebody new. @returns the identity as Kratos holds it then, which it does not read back. @throws FormProblem when another one signs in so. */
export const storePerson = ({ world }: Visit, work: IdentityWork): Identity => {
  try {
    return world.store.write((draft) => {
      const row = newIdentityRow(world, work)
      draft.putIdentity(row)
      const { traits, state_changed_at, created_at, updated_at } = work
      return { ...row, traits, state_changed_at, created_at, updated_at }
    })
  } catch (error) {
    throw error instanceof Conflict ? new FormProblem({ message: texts.duplicateCredentials }) : error
  }
}

/** Stores an identity's address as verified. @returns the identity as Kratos holds it then, which does not read it back. */
export const verifyAddress = (visit: Visit, identityId: string, address: string, dated = true): Identity => {
  const { world, now, is13 } = visit
  const identity = world.store.tables.identities.get({ id: identityId })
  if (identity === undefined) throw notLocated()
  visit.about = identityId
  const time = dated || !is13 ? formatTime(now) : null
  const verifiedAt = (verified_at: string | null): Identity => ({
    ...identity,
    verifiable_addresses: identity.verifiable_addresses.map((one) =>
      one.value === address ? { ...one, verified: true, verified_at, status: 'completed' } : one,
    ),
  })
  const stored = verifiedAt(time === null ? null : storedTime(world.database, time))
  world.store.write((draft) => draft.putIdentity(stored))
  return verifiedAt(time)
}
