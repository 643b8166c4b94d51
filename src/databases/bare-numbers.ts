import { KratosError } from '../model/errors.ts'
import type { Identity } from '../model/identity.ts'

/**
 * SQLite takes a column that is declared `jsonb` for a numeric one: a bare number in it is read back as a number,
 * and Kratos knows no metadata that is one.
 */
type Column = 'metadata_admin' | 'metadata_public'

/** Where the columns stand in Kratos' statement. */
const INDEX: Readonly<Record<Column, number>> = { metadata_admin: 4, metadata_public: 5 }

const isNumber = (text: string | null): text is string => text !== null && /^[-0-9]/.test(text)

/** How SQLite keeps a number: whole ones of 64 bits as integers, however they are spelled. */
const scanned = (text: string): 'int64' | 'float64' =>
  (/^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)) ||
  (!/^-?\d+$/.test(text) && Number.isInteger(Number(text)) && Math.abs(Number(text)) < 2 ** 63)
    ? 'int64'
    : 'float64'

/** Throws what a release says that scans the columns as JSON. @param many whether it was reading a list. */
export const checkScanned = (row: Identity, many: boolean): void => {
  for (const column of Object.keys(INDEX) as Column[]) {
    const text = row[column]
    if (!isNumber(text)) continue
    const statement = many ? 'unable to fetch records: sqlite select many' : 'sqlite select one'
    const message = `${statement}: sql: Scan error on column index ${INDEX[column]}, name "${column}": cannot scan ${scanned(text)} into JSONRawMessage`
    throw new KratosError(500, { message })
  }
}

/** What an older release says, which finds out when it prints the row. @param types what Go marshals, from the outside. */
export const printedError = (row: Identity, types: readonly string[], columns: readonly Column[]): string | undefined =>
  columns.some((column) => isNumber(row[column]))
    ? [...types, 'sqlxx.NullJSONRawMessage']
        .map((type) => `json: error calling MarshalJSON for type ${type}: `)
        .join('') + "invalid character '%' looking for beginning of value"
    : undefined
