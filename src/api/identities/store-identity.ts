import { KratosError, notLocated } from '../../model/errors.ts'
import { ZERO_TIME } from '../../go/json-values.ts'
import type { Credential, Identity } from '../../model/identity.ts'
import { formatTime } from '../../model/time.ts'
import { Conflict } from '../../store/store.ts'
import type { World } from '../../world/world.ts'
import { isCredentialType, normalIdentifier } from './credential-types.ts'
import { upgraded } from './upgrade-credential.ts'
import {
  UNSTORED,
  type CredentialWork,
  type IdentityWork,
  type RecoveryWork,
  type VerifiableWork,
} from './identity-work.ts'

/** Kratos' SQL errors, in the words of oryx/sqlcon. */
export const taken = (): KratosError =>
  new KratosError(409, {
    message: 'Unable to insert or update resource because a resource with that value exists already',
  })

/** What the reference has no word for is a 400 there. */
const internal = (world: World, reason: string): KratosError =>
  new KratosError(world.profile.has.internalErrors ? 500 : 400, { reason })

/** A nil UUID is drawn, a zero time is now (persistence/sql/batch/create.go). */
export const placed = <T extends { id: string; created_at: string; updated_at: string }>(
  world: World,
  row: T,
  now: string,
): void => {
  if (row.id === UNSTORED) row.id = world.random.uuid()
  if (row.created_at === ZERO_TIME) row.created_at = now
  row.updated_at = now
}

const normalizeVerifiable = (address: VerifiableWork, now: string): void => {
  address.value = address.value.trim().toLowerCase()
  address.via ||= 'email'
  address.status ||= address.verified ? 'completed' : 'pending'
  if (!address.verified) address.verified_at = null
  else if (address.verified_at === null || address.verified_at === ZERO_TIME) address.verified_at = now
}

const normalizeRecovery = (address: RecoveryWork): void => {
  address.value = address.value.trim().toLowerCase()
  address.via ||= 'email'
}

/** Brings addresses into the form in which they are stored. */
export const normalizeAddresses = (work: IdentityWork, now: string): void => {
  for (const address of work.recovery_addresses) normalizeRecovery(address)
  for (const address of work.verifiable_addresses) normalizeVerifiable(address, now)
}

/** A credential as it is stored. @throws Conflict for an identifier that it has twice, KratosError for an empty one. */
export const storedCredential = (world: World, work: CredentialWork, now: string): Credential => {
  const { type, config, version, created_at } = work
  if (!isCredentialType(type) && world.profile.has.unknownCredentialTypeIs404) throw notLocated()
  if (!isCredentialType(type)) {
    const name = JSON.stringify(type)
    throw internal(
      world,
      `The SQL adapter failed to return the appropriate credentials_type for name ${name}. This is a bug in the code.`,
    )
  }
  const identifiers = (work.identifiers ?? []).map((one) => normalIdentifier(type, one)).sort()
  if (identifiers.includes(''))
    throw internal(world, 'Unable to create identity credentials with missing or empty identifier.')
  const twice = identifiers.find((one, n) => one === identifiers[n + 1])
  if (twice !== undefined) throw new Conflict(`identifier\0${type}\0${twice}`)
  return {
    type,
    identifiers,
    config: config === '' ? '{}' : config,
    version,
    created_at: created_at === ZERO_TIME ? now : created_at,
    updated_at: now,
  }
}

/** The row of an identity whose addresses and times are settled. */
export const identityRow = (work: IdentityWork, credentials: readonly Credential[]): Identity => {
  const {
    schema_url: _,
    credentials: __,
    metadata_public,
    metadata_admin,
    verifiable_addresses,
    recovery_addresses,
    ...rest
  } = work
  const byId = <T extends { readonly id: string }>(rows: readonly T[]): T[] =>
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...rest,
    credentials: credentials.map((one) => upgraded(rest.id, one)).sort((a, b) => (a.type < b.type ? -1 : 1)),
    verifiable_addresses: byId(verifiable_addresses),
    recovery_addresses: byId(recovery_addresses),
    metadata_public: metadata_public === 'null' ? null : metadata_public,
    metadata_admin: metadata_admin === 'null' ? null : metadata_admin,
  }
}

/**
 * Gives a new identity what storing gives it: an id, ids of addresses and times
 * (persistence/sql/identity/persister_identity.go CreateIdentities).
 */
export const newIdentityRow = (world: World, work: IdentityWork): Identity => {
  const now = formatTime(world.clock.now())
  work.state_changed_at = now
  placed(world, work, now)
  normalizeAddresses(work, now)
  for (const address of work.verifiable_addresses) placed(world, address, now)
  for (const address of work.recovery_addresses) placed(world, address, now)
  return identityRow(
    work,
    [...work.credentials.values()].map((one) => storedCredential(world, one, now)),
  )
}
