import type { Credential, Identity, RecoveryAddress, VerifiableAddress } from '../model/identity.ts'
import type { Columns, Place } from './columns.ts'
import type { TableName } from './refusal.ts'

/** How many letters a column takes (persistence/sql/migrations). */
const MOST = { external_id: 64, schema_id: 2048, value: 400, via: 16, status: 16, identifier: 255 } as const

type Times = Pick<Identity, 'created_at' | 'updated_at'>

/** Values of a row that the driver binds, before any of them is written. */
const checkBound = (
  columns: Columns,
  texts: Texts,
  times: Readonly<Record<string, string | null>>,
  at: (column: string) => Place,
): void => {
  for (const [column, text] of Object.entries(texts)) columns.bound(text, at(column))
  for (const [column, time] of Object.entries(times)) if (time !== null) columns.boundTime(time, at(column))
}

type Texts = Partial<Readonly<Record<keyof typeof MOST, string>>>

/** Looks at the lengths of texts, in one of the two places where that may happen. */
const checkLengths = (columns: Columns, isInTurn: boolean, texts: Texts, at: (column: string) => Place): void => {
  if (columns.hasLengthsInTurn !== isInTurn) return
  for (const [column, text] of Object.entries(texts) as [keyof typeof MOST, string][])
    columns.fits(text, MOST[column], at(column))
}

const placeIn =
  (table: TableName, row: number) =>
  (column: string): Place => ({ table, column, row })

const timesOf = ({ created_at, updated_at }: Times): Times => ({ created_at, updated_at })

/** Columns are written by the order of their names. */
const verifiable = (columns: Columns, row: VerifiableAddress, n: number): VerifiableAddress => {
  const at = placeIn('verifiable', n + 1)
  const { status, value, via, verified_at } = row
  const created_at = columns.time(row.created_at, at('created_at'))
  checkLengths(columns, true, { status }, at)
  const updated_at = columns.time(row.updated_at, at('updated_at'))
  checkLengths(columns, true, { value }, at)
  const verified = verified_at === null ? null : columns.time(verified_at, at('verified_at'))
  checkLengths(columns, true, { via }, at)
  checkLengths(columns, false, { status, value, via }, at)
  return { ...row, created_at, updated_at, verified_at: verified }
}

const recovery = (columns: Columns, row: RecoveryAddress, n: number): RecoveryAddress => {
  const at = placeIn('recovery', n + 1)
  const { value, via } = row
  const created_at = columns.time(row.created_at, at('created_at'))
  const updated_at = columns.time(row.updated_at, at('updated_at'))
  for (const isInTurn of [true, false]) checkLengths(columns, isInTurn, { value, via }, at)
  return { ...row, created_at, updated_at }
}

const credential = (columns: Columns, row: Credential, n: number): Credential => {
  const at = placeIn('credentials', n + 1)
  return {
    ...row,
    config: row.config === '' ? '' : columns.json(row.config, at('config')),
    created_at: columns.time(row.created_at, at('created_at')),
    updated_at: columns.time(row.updated_at, at('updated_at')),
  }
}

/** The columns of the identity itself. */
const own = (columns: Columns, row: Identity): Partial<Identity> => {
  const at = placeIn('identities', 1)
  const { external_id, schema_id, state_changed_at } = row
  const external = external_id === null ? {} : { external_id }
  const json = (text: string | null, column: string): string | null =>
    text === null ? null : columns.json(text, at(column))
  checkBound(columns, external, { ...timesOf(row), state_changed_at }, at)
  const created_at = columns.time(row.created_at, at('created_at'))
  checkLengths(columns, true, external, at)
  const metadata_admin = json(row.metadata_admin, 'metadata_admin')
  const metadata_public = json(row.metadata_public, 'metadata_public')
  checkLengths(columns, true, { schema_id }, at)
  const changed = state_changed_at === null ? null : columns.time(state_changed_at, at('state_changed_at'))
  const traits = columns.json(row.traits, at('traits'))
  const updated_at = columns.time(row.updated_at, at('updated_at'))
  checkBound(columns, { schema_id }, {}, at)
  checkLengths(columns, false, { ...external, schema_id }, at)
  if (external_id !== null) columns.external(external_id, at('external_id'))
  return { created_at, updated_at, state_changed_at: changed, traits, metadata_admin, metadata_public }
}

/**
 * An identity as it is read back after it was written, statement by statement in Kratos' order.
 * @throws Refusal for what the database does not take.
 */
export const storedIdentity = (columns: Columns, row: Identity): Identity => {
  const itself = own(columns, row)
  for (const [n, { status, value, via, verified_at, ...times }] of row.verifiable_addresses.entries())
    checkBound(columns, { status, value, via }, { ...timesOf(times), verified_at }, placeIn('verifiable', n + 1))
  const verifiable_addresses = row.verifiable_addresses.map((one, n) => verifiable(columns, one, n))
  for (const [n, { value, via, ...times }] of row.recovery_addresses.entries())
    checkBound(columns, { value, via }, timesOf(times), placeIn('recovery', n + 1))
  const recovery_addresses = row.recovery_addresses.map((one, n) => recovery(columns, one, n))
  const credentials = row.credentials.map((one, n) => credential(columns, one, n))
  for (const [n, identifier] of row.credentials.flatMap((one) => one.identifiers).entries()) {
    const at = placeIn('identifiers', n + 1)
    checkBound(columns, { identifier }, {}, at)
    for (const isInTurn of [true, false]) checkLengths(columns, isInTurn, { identifier }, at)
  }
  return { ...row, ...itself, verifiable_addresses, recovery_addresses, credentials }
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
