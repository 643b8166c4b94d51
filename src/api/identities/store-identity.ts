import { KratosError, MISCONFIGURED, notLocated } from '../../model/errors.ts'
import { ZERO_TIME } from '../../go/json-values.ts'
import type { Credential, Identity } from '../../model/identity.ts'
import { formatTime, parseTime } from '../../model/time.ts'
import { Refusal } from '../../databases/refusal.ts'
import { claim, Conflict, holderOf } from '../../store/claims.ts'
import type { World } from '../../world/world.ts'
import { isCredentialType, normalIdentifier, normalTyped } from './credential-types.ts'
import { upgraded } from './upgrade-credential.ts'
import {
  UNSTORED,
  type CredentialWork,
  type IdentityWork,
  type RecoveryWork,
  type VerifiableWork,
} from './identity-work.ts'
import { mapped } from '../../model/mapped.ts'

/** Kratos' SQL errors, in the words of oryx/sqlcon. */
export const taken = (): KratosError =>
  new KratosError(409, {
    message: 'Unable to insert or update resource because a resource with that value exists already',
  })

/** What the reference has no word for is a 400 there. */
const internal = (world: World, reason: string): KratosError =>
  new KratosError(world.profile.has.internalErrors ? 500 : 400, { reason })

/** The same for what Kratos takes for a fault of its configuration, as 1.3 does not. */
const misconfigured = (world: World, reason: string): KratosError =>
  world.profile.has.internalErrors && world.profile.knows('v25.4.0')
    ? new KratosError(500, { ...MISCONFIGURED, reason })
    : internal(world, reason)

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

const normalizeVerifiable = (world: World, address: VerifiableWork, now: string): void => {
  address.value = normalTyped(address.value, world.profile)
  address.via ||= 'email'
  address.status ||= address.verified ? 'completed' : 'pending'
  if (!address.verified) address.verified_at = null
  else if (address.verified_at === null || address.verified_at === ZERO_TIME) address.verified_at = now
}

const normalizeRecovery = (world: World, address: RecoveryWork): void => {
  address.value = normalTyped(address.value, world.profile)
  address.via ||= 'email'
}

/** Brings addresses into the form in which they are stored. */
export const normalizeAddresses = (world: World, work: IdentityWork, now: string): void => {
  for (const address of work.recovery_addresses) normalizeRecovery(world, address)
  for (const address of work.verifiable_addresses) normalizeVerifiable(world, address, now)
}

/** Those that are found by whose they are, where nobody named them otherwise (createIdentityCredentials). */
const NAMED_BY_OWNER: readonly string[] = ['totp', 'lookup_secret']

/** A credential as it is stored. @throws Conflict for an identifier that it has twice, KratosError for an empty one. */
export const storedCredential = (world: World, work: CredentialWork, now: string, owner: string): Credential => {
  const { type, config, version, created_at } = work
  const isKnown = isCredentialType(type, world.profile)
  if (!isKnown && world.profile.has.unknownCredentialTypeIs404) throw notLocated()
  if (!isKnown) {
    const name = JSON.stringify(type)
    throw internal(
      world,
      `The SQL adapter failed to return the appropriate credentials_type for name ${name}. This is a bug in the code.`,
    )
  }
  const given = work.identifiers ?? []
  const isOwners = given.length === 0 && NAMED_BY_OWNER.includes(type) && world.profile.knows('next')
  const named = mapped(isOwners ? [owner] : given, (one) => normalIdentifier(type, one, world.profile))
  const identifiers = named.length < 2 ? named : named.sort()
  if (identifiers.includes(''))
    throw misconfigured(world, 'Unable to create identity credentials with missing or empty identifier.')
  const twice = identifiers.find((one, n) => one === identifiers[n + 1])
  if (twice !== undefined) throw new Conflict(claim.identifier(type, twice))
  return {
    type,
    identifiers,
    config: config === '' ? '{}' : config,
    version,
    created_at: created_at === ZERO_TIME ? now : created_at,
    updated_at: now,
  }
}

/** What the answer to a create says of a credential: what was held in memory, or what storing gave it. */
const answeredCredential = (world: World, work: CredentialWork, stored: Credential): CredentialWork => {
  if (world.profile.has.newCredentialsTimeless) return work
  const { created_at, updated_at } = stored
  const isNamed = work.identifiers === null && stored.identifiers.length > 0
  return { ...work, identifiers: isNamed ? stored.identifiers : work.identifiers, created_at, updated_at }
}

/** The next release stores the time of a verification in UTC; those before leave its offset to the database. */
const timed = ({ database, profile }: World, address: VerifiableWork): VerifiableWork =>
  database === undefined || !profile.knows('next') || address.verified_at === null
    ? address
    : { ...address, verified_at: parseTime(address.verified_at)?.text ?? address.verified_at }

const byId = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
  rows.length < 2 ? rows : rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/**
 * The row of an identity whose addresses and times are settled, as it is read back.
 * @throws Refusal for what the database does not take.
 */
export const identityRow = (world: World, work: IdentityWork, credentials: readonly Credential[]): Identity => {
  const { database, profile } = world
  const readBack = (rows: readonly Credential[]): readonly Credential[] =>
    mapped(rows, (one) => upgraded(profile, work.id, one)).sort((a, b) => (a.type < b.type ? -1 : 1))
  const row: Identity = {
    id: work.id,
    external_id: work.external_id,
    schema_id: work.schema_id,
    state: work.state,
    state_changed_at: work.state_changed_at === ZERO_TIME ? null : work.state_changed_at,
    traits: work.traits,
    credentials: database === undefined ? readBack(credentials) : credentials,
    verifiable_addresses: byId(mapped(work.verifiable_addresses, (one) => timed(world, one))),
    recovery_addresses: byId(work.recovery_addresses),
    metadata_public: work.metadata_public === 'null' ? null : work.metadata_public,
    metadata_admin: work.metadata_admin === 'null' ? null : work.metadata_admin,
    created_at: work.created_at,
    updated_at: work.updated_at,
    organization_id: work.organization_id,
    region: profile.knows('next') && !profile.has.regionForgotten ? work.region : null,
  }
  if (database === undefined) return row
  const stored = database.identity(row)
  return { ...stored, credentials: readBack(stored.credentials) }
}

/**
 * Gives a new identity what storing gives it: an id, ids of addresses and times
 * (persistence/sql/identity/persister_identity.go CreateIdentities).
 */
export const newIdentityRow = (world: World, work: IdentityWork): Identity => {
  const now = formatTime(world.clock.now())
  work.state_changed_at = now
  placed(world, work, now)
  normalizeAddresses(world, work, now)
  for (const address of work.verifiable_addresses) placed(world, address, now)
  for (const address of work.recovery_addresses) placed(world, address, now)
  const credentials = [...work.credentials].map(([type, one]) => {
    const stored = storedCredential(world, one, now, work.id)
    work.credentials.set(type, answeredCredential(world, one, stored))
    return stored
  })
  return identityRow(world, work, credentials)
}

const CREDENTIALS: readonly string[] = ['credentials', 'identifiers']

/**
 * The row of one that is made alone: its addresses are written before its credentials are looked at.
 * @throws Conflict for an address that is taken, or what `newIdentityRow` throws.
 */
export const loneIdentityRow = (world: World, work: IdentityWork): Identity => {
  try {
    return newIdentityRow(world, work)
  } catch (error) {
    const isEarlier = error instanceof Refusal && !CREDENTIALS.includes(error.table)
    const { tables, layout } = world.store
    const held = [
      ...work.verifiable_addresses.map(({ via, value }) => claim.verifiable(via, layout.collate(value))),
      ...work.recovery_addresses.map(({ via, value }) => claim.recovery(via, layout.collate(value))),
    ].find((one) => holderOf(tables.claims, one) !== undefined)
    throw isEarlier || held === undefined ? error : new Conflict(held)
  }
}
