import type { Credential, Identity, RecoveryAddress, VerifiableAddress } from '../model/identity.ts'
import { mapped } from '../model/mapped.ts'

const areSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, n) => one === b[n])

/** A credential whose identifiers are those of the one before shares their list. */
const credentialRow = (row: Credential, n: number, all: readonly Credential[]): Credential => ({
  type: row.type,
  identifiers: n > 0 && areSame(row.identifiers, all[n - 1]!.identifiers) ? all[n - 1]!.identifiers : row.identifiers,
  config: row.config,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const verifiableRow = (row: VerifiableAddress): VerifiableAddress => ({
  id: row.id,
  value: row.value,
  verified: row.verified,
  via: row.via,
  status: row.status,
  verified_at: row.verified_at,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const recoveryRow = (row: RecoveryAddress): RecoveryAddress => ({
  id: row.id,
  value: row.value,
  via: row.via,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const NONE: readonly never[] = []

const rowsOf = <T>(rows: readonly T[], row: (one: T, n: number) => T): readonly T[] =>
  rows.length === 0 ? NONE : mapped(rows, row)

/** The same identity in objects that were made whole: those that were put together take a third more memory. */
export const shaped = (row: Identity): Identity => ({
  id: row.id,
  external_id: row.external_id,
  schema_id: row.schema_id,
  state: row.state,
  state_changed_at: row.state_changed_at,
  traits: row.traits,
  credentials: rowsOf(row.credentials, (one, n) => credentialRow(one, n, row.credentials)),
  verifiable_addresses: rowsOf(row.verifiable_addresses, verifiableRow),
  recovery_addresses: rowsOf(row.recovery_addresses, recoveryRow),
  metadata_public: row.metadata_public,
  metadata_admin: row.metadata_admin,
  created_at: row.created_at,
  updated_at: row.updated_at,
  organization_id: row.organization_id,
  region: row.region,
})
