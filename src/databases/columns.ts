import type { JsonText } from '../model/identity.ts'
import type { TableName } from './refusal.ts'

/** Which column of which statement a value is written to; rows count from 1. */
export interface Place {
  readonly table: TableName
  readonly column: string
  readonly row: number
}

/** What a database makes of the values of a row, column by column. Each throws a Refusal for what it does not take. */
export interface Columns {
  json(text: JsonText, place: Place): JsonText
  /** Looks at a time as it is bound. */
  boundTime(text: string, place: Place): void
  time(text: string, place: Place): string
  /** Looks at a text as it is bound, before any statement runs. */
  bound(text: string, place: Place): void
  /** Whether a text's length is looked at when its column comes, or when all values of the row were read. */
  readonly hasLengthsInTurn: boolean
  /** Looks at the length of a text, in letters. */
  fits(text: string, most: number, place: Place): void
  /** Looks at an external id as the table's check does. */
  external(id: string, place: Place): void
}

/** Whether a text has more letters than that; most are known to be shorter by their length alone. */
export const isLonger = (text: string, most: number): boolean => text.length > most && Array.from(text).length > most

/** The names of Kratos' tables, as MySQL says them. */
export const SQL_NAMES: Readonly<Record<TableName, string>> = {
  identities: 'identities',
  verifiable: 'identity_verifiable_addresses',
  recovery: 'identity_recovery_addresses',
  credentials: 'identity_credentials',
  identifiers: 'identity_credential_identifiers',
}
