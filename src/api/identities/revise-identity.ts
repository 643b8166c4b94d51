import { parseWhole } from '../../go/json-parse.ts'
import type { Credential, Identity } from '../../model/identity.ts'
import { formatTime } from '../../model/time.ts'
import { Conflict } from '../../store/claims.ts'
import type { World } from '../../world/world.ts'
import { isEqual } from '../../jsonschema/equal.ts'
import { checkConfigurations } from './configurations.ts'
import { normalIdentifier } from './credential-types.ts'
import type { CredentialWork, IdentityWork, VerifiableWork } from './identity-work.ts'
import { identityRow, normalizeAddresses, placed, storedCredential, taken } from './store-identity.ts'
import { upgraded } from './upgrade-credential.ts'
import { validateIdentity } from './validate-identity.ts'

interface Row {
  id: string
  created_at: string
  updated_at: string
}

/** What makes an address another one: all of it but its id and times. */
const signature = (row: Row & Partial<VerifiableWork>): string =>
  JSON.stringify([row.via, row.value, row.verified, row.status, row.verified_at])

/** Rows as they are stored, and as the answer shows them. */
interface Revised<T> {
  readonly stored: T[]
  readonly answered: T[]
}

/**
 * Addresses as an update leaves them: those that did not change keep id and times, the others are new rows, and
 * are answered last (persister_identity.go updateAssociation). Kratos 1.3 answers what it was given.
 */
const revisedRows = <T extends Row>(
  world: World,
  before: readonly T[],
  after: readonly T[],
  now: string,
): Revised<T> => {
  const there = new Map(before.map((row) => [signature(row), row]))
  const made = new Map(
    after
      .filter((row) => !there.has(signature(row)))
      .map((row) => {
        const one = { ...row }
        placed(world, one, now)
        return [row, one]
      }),
  )
  const kept = after.flatMap((row) => there.get(signature(row)) ?? []).map((row) => ({ ...row }))
  const stored = [...kept, ...made.values()]
  return {
    stored,
    answered: world.profile.has.updateAnswersWhatItGot ? after.map((row) => made.get(row) ?? row) : stored,
  }
}

/** A patch may spell a configuration in another way (identity/credentials.go Signature). */
const isSame = (a: Credential, b: Credential): boolean =>
  a.version === b.version &&
  a.identifiers.join('\0') === b.identifiers.join('\0') &&
  (a.config === b.config || isEqual(parseWhole(a.config), parseWhole(b.config)))

/** What the answer says of a credential that was stored: as it is read back, its identifiers in the order that they had. */
const readBack = (world: World, owner: string, work: CredentialWork, stored: Credential): CredentialWork => {
  const back = upgraded(world.profile, owner, stored)
  const isFolded = back.type === 'password' && back.version > stored.version
  const given = work.identifiers ?? (back.identifiers.length === 0 ? null : back.identifiers)
  return { ...back, identifiers: isFolded ? back.identifiers : given }
}

/** Credentials as an update leaves them: those that did not change stay as they were, unless all are written anew. */
const revisedCredentials = (world: World, before: Identity, work: IdentityWork, now: string): Credential[] => {
  const isAnew = world.profile.has.updateRewritesCredentials
  return [...work.credentials].map(([type, one]) => {
    const made = storedCredential(world, one, now, before.id)
    const there = before.credentials.find((other) => other.type === made.type)
    // One that was taken away, and that the traits make again, has no configuration yet, which is none that is stored.
    if (isAnew || there === undefined || one.config === '' || !isSame(there, made)) {
      if (!world.profile.has.newCredentialsTimeless) work.credentials.set(type, readBack(world, before.id, one, made))
      return made
    }
    work.credentials.set(type, { ...there })
    return there
  })
}

/** Later releases answer identifiers in the spelling in which they are stored. */
const settledCredential = (world: World, work: CredentialWork): CredentialWork => ({
  ...work,
  identifiers: (work.identifiers ?? []).map((one) => normalIdentifier(work.type, one, world.profile)),
})

/**
 * Validates a changed identity and stores it (identity/manager.go Update). The work becomes what Kratos answers,
 * which it does not read back.
 * @returns the row.
 * @throws KratosError 400 by its schema, 409 for what another identity has.
 */
export const reviseIdentity = (world: World, before: Identity, work: IdentityWork): Identity => {
  validateIdentity(world, work)
  checkConfigurations(world, work)
  const now = formatTime(world.clock.now())
  const { has, knows } = world.profile
  if (!has.updateRewritesCredentials) work.updated_at = now
  normalizeAddresses(world, work, now)
  try {
    return world.store.write((draft) => {
      const recovery = revisedRows(world, before.recovery_addresses, work.recovery_addresses, now)
      const verifiable = revisedRows(world, before.verifiable_addresses, work.verifiable_addresses, now)
      const credentials = revisedCredentials(world, before, work, now)
      const identity = identityRow(
        world,
        { ...work, recovery_addresses: recovery.stored, verifiable_addresses: verifiable.stored },
        credentials,
      )
      work.recovery_addresses = recovery.answered
      work.verifiable_addresses = verifiable.answered
      draft.putIdentity(identity)
      if (knows('v25.4.0'))
        for (const [type, one] of work.credentials) work.credentials.set(type, settledCredential(world, one))
      return identity
    })
  } catch (error) {
    throw error instanceof Conflict ? taken() : error
  }
}
