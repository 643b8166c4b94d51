import type { Identity } from '../model/identity.ts'
import { credentialTypes } from '../api/identities/credential-types.ts'
import type { RecoveryWork, VerifiableWork } from '../api/identities/identity-work.ts'
import type { GivenParts } from '../api/identities/prepare-identity.ts'
import { REGIONS } from '../api/identities/region.ts'
import { entriesOf, isObject } from '../model/json.ts'
import { mapped } from '../model/mapped.ts'
import { importedCredentials, isYetToBeMade } from './imported-credentials.ts'
import { keysOf, type Checker, type Fields } from './checker.ts'
import { below, type Pointer } from '../model/flaw.ts'
import type { FixtureCredential, FixtureIdentity, FixtureRecoveryAddress, FixtureVerifiableAddress } from './fixture.ts'

export const IDENTITY_KEYS = keysOf<FixtureIdentity>()([
  'id',
  'external_id',
  'credentials',
  'schema_id',
  'schema_url',
  'state',
  'state_changed_at',
  'traits',
  'verifiable_addresses',
  'recovery_addresses',
  'metadata_public',
  'metadata_admin',
  'created_at',
  'updated_at',
  'organization_id',
  'region',
  'sessions',
])

/** What a body that creates an identity may have (`createIdentityBody`). */
export const CREATE_KEYS = [
  'schema_id',
  'traits',
  'credentials',
  'verifiable_addresses',
  'recovery_addresses',
  'metadata_public',
  'metadata_admin',
  'state',
  'external_id',
  'organization_id',
  'region',
] as const

/**
 * Where an identity stands: for itself, inside a session, as a listed one brings its identity along, or in a bulk
 * import, whose credentials are yet to be made.
 */
export type Standing = 'own' | 'brought' | 'imported'

/** Kratos counts to 1. */
export const MOST_VERSION = 100

export const CREDENTIAL_KEYS = keysOf<FixtureCredential>()([
  'type',
  'identifiers',
  'config',
  'version',
  'created_at',
  'updated_at',
])
export const VERIFIABLE_KEYS = keysOf<FixtureVerifiableAddress>()([
  'id',
  'value',
  'verified',
  'via',
  'status',
  'verified_at',
  'created_at',
  'updated_at',
])
export const RECOVERY_KEYS = keysOf<FixtureRecoveryAddress>()([
  'id',
  'value',
  'via',
  'break_glass_for_organization',
  'created_at',
  'updated_at',
])

/** An identity's row in the making: ids that are missing are empty until it is planted. */
export interface IdentityRow extends Identity {
  id: string
  schema_id: string
  readonly verifiable_addresses: VerifiableWork[]
  readonly recovery_addresses: RecoveryWork[]
}

/** An identity whose missing ids are drawn later. What a fixture leaves out is undefined in `given`. */
export interface IdentityDraft {
  readonly pointer: Pointer
  /** The schema that it names itself. */
  readonly schema: string | undefined
  /** Whether it came inside a session alone. */
  readonly brought: boolean
  /** Whether nothing is wrong with it, so that it can be built. */
  readonly isSound: boolean
  readonly given: GivenParts
  readonly row: IdentityRow
}

type Placed = Fields & { readonly at: Pointer }

const NOTHING: readonly never[] = []

const addressesOf = (
  check: Checker,
  fields: Fields,
  key: 'verifiable_addresses' | 'recovery_addresses',
  pointer: Pointer,
  keys: readonly string[],
): readonly Placed[] => {
  const all = check.list(fields[key], pointer, 'an array of addresses', key)
  return all.length === 0
    ? NOTHING
    : all.flatMap((one, n) => {
        const at = [...pointer, key, n]
        const address = check.fields(one, at, keys, 'an address')
        if (address === undefined) return []
        if (check.text(address['value'], at, 'value') === undefined)
          check.flaw([...at, 'value'], 'a string', address['value'])
        return [{ ...address, at }]
      })
}

const credentialsOf = (
  check: Checker,
  value: unknown,
  from: Pointer,
): readonly (Fields & { readonly type: string })[] => {
  if (value === undefined || value === null) return NOTHING
  const pointer = below(from, 'credentials')
  if (typeof value !== 'object' || Array.isArray(value)) {
    check.flaw(pointer, 'an object of credentials by type', value)
    return NOTHING
  }
  return entriesOf(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([type, one]) => {
      const at = [...pointer, type]
      check.known(type, at, credentialTypes, 'a type of credential')
      const fields = check.fields(one, at, CREDENTIAL_KEYS, 'a credential')
      if (fields === undefined) return []
      for (const [n, identifier] of check
        .list(fields['identifiers'], [...at, 'identifiers'], 'an array of strings')
        .entries()) {
        if (typeof identifier !== 'string' || identifier.trim() === '')
          check.flaw([...at, 'identifiers', n], 'a string that is not empty', identifier)
      }
      const { config, version } = fields
      if (config !== undefined && (typeof config !== 'object' || Array.isArray(config)))
        check.flaw([...at, 'config'], 'an object', config)
      if (version !== undefined) check.count(version, [...at, 'version'], MOST_VERSION)
      return [{ ...fields, type }]
    })
}

const givenCredentials = (value: unknown): GivenParts['credentials'] => {
  if (value === undefined || value === null) return undefined
  const all = entriesOf(value) as readonly (readonly [string, Fields | null])[]
  return all.length === 0 ? 'none' : all.flatMap(([type, one]) => (one?.['identifiers'] === undefined ? [] : [type]))
}

/** What an import has beside the credentials that it makes: those are as they are stored. */
const withoutImported = (value: unknown): unknown => {
  if (!isObject(value)) return value
  const rest = entriesOf(value).filter(([type, one]) => !isYetToBeMade(type, one))
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

/** Understands an identity as Kratos prints it, with anything but its place left out. */
export const identityDraft = (
  check: Checker,
  value: unknown,
  pointer: Pointer,
  standing: Standing = 'own',
): IdentityDraft | undefined => {
  const before = check.total
  const isImported = standing === 'imported'
  const fields = check.fields(value, pointer, isImported ? CREATE_KEYS : IDENTITY_KEYS, 'an identity')
  if (fields === undefined) return undefined
  const json = (one: unknown, where: Pointer, key: string): string | null =>
    one === undefined || one === null ? null : check.json(one, where, key)
  const time = (from: Fields, key: string, where: Pointer): string | undefined =>
    check.time(from[key], where, key)?.text
  const created = time(fields, 'created_at', pointer) ?? check.longAgo.text
  const updated = time(fields, 'updated_at', pointer) ?? created
  const state = check.oneOf(fields['state'], pointer, ['active', 'inactive'] as const, 'state') ?? 'active'
  const schema = check.text(fields['schema_id'], pointer, 'schema_id')
  const traits = fields['traits'] ?? {}
  if (typeof traits !== 'object' || Array.isArray(traits)) check.flaw(below(pointer, 'traits'), 'an object', traits)
  const times = (from: Fields, where: Pointer) => {
    const made = time(from, 'created_at', where) ?? created
    return { created_at: made, updated_at: time(from, 'updated_at', where) ?? made }
  }
  const imports = isImported
    ? importedCredentials(check, fields['credentials'], below(pointer, 'credentials'))
    : undefined
  const stored = isImported ? withoutImported(fields['credentials']) : fields['credentials']
  const credentials = mapped(credentialsOf(check, stored, pointer), (one) => {
    const at = [...pointer, 'credentials', one.type]
    return {
      type: one.type,
      identifiers: (one['identifiers'] ?? []) as string[],
      config: json(one['config'], at, 'config') ?? '',
      version: (one['version'] as number | undefined) ?? 0,
      ...times(one, at),
    }
  })
  // Kratos lowers the case of what it imports.
  const spelled = (text: string): string => (isImported && typeof text === 'string' ? text.toLowerCase() : text)
  const verifiable = mapped(addressesOf(check, fields, 'verifiable_addresses', pointer, VERIFIABLE_KEYS), (one) => ({
    id: check.uuid(one['id'], one.at, 'id') ?? '',
    value: spelled(one['value'] as string),
    verified: check.flag(one['verified'], one.at, 'verified') ?? false,
    via: check.text(one['via'], one.at, 'via') ?? 'email',
    status: check.text(one['status'], one.at, 'status') ?? (one['verified'] === true ? 'completed' : 'pending'),
    verified_at: time(one, 'verified_at', one.at) ?? null,
    ...times(one, one.at),
  }))
  const recovery = mapped(addressesOf(check, fields, 'recovery_addresses', pointer, RECOVERY_KEYS), (one) => ({
    id: check.uuid(one['id'], one.at, 'id') ?? '',
    value: spelled(one['value'] as string),
    via: check.text(one['via'], one.at, 'via') ?? 'email',
    ...times(one, one.at),
  }))
  const row: IdentityRow = {
    id: check.uuid(fields['id'], pointer, 'id') ?? '',
    external_id: check.text(fields['external_id'], pointer, 'external_id') ?? null,
    schema_id: schema ?? 'default',
    state,
    state_changed_at: time(fields, 'state_changed_at', pointer) ?? created,
    traits: check.json(traits, pointer, 'traits'),
    credentials,
    verifiable_addresses: verifiable,
    recovery_addresses: recovery,
    metadata_public: json(fields['metadata_public'], pointer, 'metadata_public'),
    metadata_admin: json(fields['metadata_admin'], pointer, 'metadata_admin'),
    created_at: created,
    updated_at: updated,
    organization_id: check.uuid(fields['organization_id'], pointer, 'organization_id') ?? null,
    region: check.oneOf(fields['region'], pointer, REGIONS, 'region') ?? null,
  }
  return {
    pointer,
    schema,
    brought: standing === 'brought',
    isSound: check.total === before,
    given: {
      credentials: givenCredentials(stored),
      imports,
      addresses: fields['verifiable_addresses'] !== undefined || fields['recovery_addresses'] !== undefined,
    },
    row,
  }
}
