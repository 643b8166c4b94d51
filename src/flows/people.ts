import { KratosError } from '../model/errors.ts'
import { ZERO_TIME } from '../go/json-values.ts'
import type { Identity, JsonText } from '../model/identity.ts'
import { formatTime } from '../model/time.ts'
import { credentialWork, UNSTORED, type IdentityWork } from '../api/identities/identity-work.ts'
import { newIdentityRow } from '../api/identities/store-identity.ts'
import { schemaViolation, traitsViolation } from '../api/identities/validate-identity.ts'
import { schemaUrl } from '../api/schemas/identity-schema.ts'
import { storedTime } from '../databases/database.ts'
import { Conflict } from '../store/store.ts'
import { FormProblem, violationFlaws, type FormFlaw } from './problems.ts'
import { texts } from './texts.ts'
import type { Visit } from './visit.ts'

/** An identity that registers, with nothing but traits yet. */
export const newPerson = ({ world, now }: Visit, schema_id: string, traits: JsonText): IdentityWork => ({
  id: UNSTORED,
  external_id: null,
  schema_id,
  schema_url: schemaUrl(world, schema_id),
  state: 'active',
  state_changed_at: formatTime(now),
  traits,
  credentials: new Map(),
  verifiable_addresses: [],
  recovery_addresses: [],
  metadata_public: null,
  metadata_admin: null,
  created_at: ZERO_TIME,
  updated_at: ZERO_TIME,
  organization_id: null,
  region: null,
})

/** Checks traits and derives credentials and addresses from them. @throws FormProblem with what they do wrong, and with other flaws. */
export const validTraits = (visit: Visit, work: IdentityWork, others: readonly FormFlaw[] = []): IdentityWork => {
  const violation = schemaViolation(visit.world, work) ?? traitsViolation(visit.world, work)
  const knowsFormats = !visit.is13 && !visit.is254
  const flaws = [...others, ...(violation === undefined ? [] : violationFlaws(violation, knowsFormats))]
  if (flaws.length > 0) throw new FormProblem(...flaws)
  return work
}

export const setPassword = (work: IdentityWork, config: JsonText): IdentityWork => {
  const there = work.credentials.get('password') ?? credentialWork('password')
  work.credentials.set('password', { ...there, config })
  return work
}

/** A row as Kratos holds it after it was written, which it does not read back. */
export const heldIdentity = (
  row: Identity,
  { traits, state_changed_at, created_at, updated_at }: IdentityWork,
): Identity => ({
  ...row,
  traits,
  state_changed_at,
  created_at,
  updated_at,
})

/** Stores somebody new. @returns the identity as it is held. @throws FormProblem when another one signs in so. */
export const storePerson = ({ world }: Visit, work: IdentityWork): Identity => {
  try {
    return world.store.write((draft) => {
      const row = newIdentityRow(world, work)
      draft.putIdentity(row)
      return heldIdentity(row, work)
    })
  } catch (error) {
    throw error instanceof Conflict ? new FormProblem({ message: texts.duplicateCredentials }) : error
  }
}

/** Stores an identity's address as verified. @returns the identity as Kratos holds it then, which does not read it back. */
export const verifyAddress = (
  { world, now, is13 }: Visit,
  identityId: string,
  address: string,
  dated = true,
): Identity => {
  const identity = world.store.tables.identities.get({ id: identityId })
  if (identity === undefined) throw new KratosError(404, { message: 'Unable to locate the resource' })
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
