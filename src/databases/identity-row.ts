import type { Credential, Identity, RecoveryAddress, VerifiableAddress } from '../model/identity.ts'
import type { Columns, Place } from './columns.ts'
import type { TableName } from './refusal.ts'

/** How many letters a column takes (persistence/sql/migrations). */
const MOST = { external_id: 64, schema_id: 2048, value: 400, via: 16, status: 16, identifier: 255 } as const

interface Times {
  readonly created_at: string
  readonly updated_at: string
}

const timesOf = (columns: Columns, row: Times, at: (column: string) => Place): Times => ({
  created_at: columns.time(row.created_at, at('created_at')),
  updated_at: columns.time(row.updated_at, at('updated_at')),
})

/** Looks at texts as they are bound, and when all of a row's values were, at their lengths. */
const checkTexts = (
  columns: Columns,
  texts: Partial<Readonly<Record<keyof typeof MOST, string>>>,
  at: (column: string) => Place,
): void => {
  const all = Object.entries(texts) as [keyof typeof MOST, string][]
  for (const [column, text] of all) columns.bound(text, at(column))
  for (const [column, text] of all) columns.fits(text, MOST[column], at(column))
}

const placeIn =
  (table: TableName, row: number) =>
  (column: string): Place => ({ table, column, row })

const verifiable = (columns: Columns, row: VerifiableAddress, n: number): VerifiableAddress => {
  const at = placeIn('verifiable', n + 1)
  const { status, value, via, verified_at } = row
  const times = timesOf(columns, row, at)
  const verified = verified_at === null ? null : columns.time(verified_at, at('verified_at'))
  checkTexts(columns, { status, value, via }, at)
  return { ...row, ...times, verified_at: verified }
}

const recovery = (columns: Columns, row: RecoveryAddress, n: number): RecoveryAddress => {
  const at = placeIn('recovery', n + 1)
  const { value, via } = row
  const times = timesOf(columns, row, at)
  checkTexts(columns, { value, via }, at)
  return { ...row, ...times }
}

const credential = (columns: Columns, row: Credential, n: number): Credential => {
  const at = placeIn('credentials', n + 1)
  return {
    ...row,
    config: row.config === '' ? '' : columns.json(row.config, at('config')),
    ...timesOf(columns, row, at),
  }
}

/**
 * An identity as it is read back after it was written, statement by statement in Kratos' order.
 * @throws Refusal for what the database does not take.
 */
export const storedIdentity = (columns: Columns, row: Identity): Identity => {
  const at = placeIn('identities', 1)
  const { external_id, schema_id, state_changed_at } = row
  const json = (text: string | null, column: string): string | null =>
    text === null ? null : columns.json(text, at(column))
  if (external_id !== null) columns.bound(external_id, at('external_id'))
  const metadata_admin = json(row.metadata_admin, 'metadata_admin')
  const metadata_public = json(row.metadata_public, 'metadata_public')
  const changed = state_changed_at === null ? null : columns.time(state_changed_at, at('state_changed_at'))
  const traits = columns.json(row.traits, at('traits'))
  const times = timesOf(columns, row, at)
  checkTexts(columns, { ...(external_id === null ? {} : { external_id }), schema_id }, at)
  if (external_id !== null) columns.external(external_id, at('external_id'))
  const verifiable_addresses = row.verifiable_addresses.map((one, n) => verifiable(columns, one, n))
  const recovery_addresses = row.recovery_addresses.map((one, n) => recovery(columns, one, n))
  const credentials = row.credentials.map((one, n) => credential(columns, one, n))
  const identifiers = row.credentials.flatMap((one) => one.identifiers)
  for (const [n, identifier] of identifiers.entries())
    checkTexts(columns, { identifier }, placeIn('identifiers', n + 1))
  return {
    ...row,
    ...times,
    state_changed_at: changed,
    traits,
    metadata_admin,
    metadata_public,
    verifiable_addresses,
    recovery_addresses,
    credentials,
  }
}

/** How many rows of a table an identity takes. */
export const rowsIn = (table: TableName, row: Identity): number => {
  switch (table) {
    case 'identities':
      return 1
    case 'verifiable':
      return row.verifiable_addresses.length
    case 'recovery':
      return row.recovery_addresses.length
    case 'credentials':
      return row.credentials.length
    case 'identifiers':
      return row.credentials.reduce((sum, { identifiers }) => sum + identifiers.length, 0)
  }
}
