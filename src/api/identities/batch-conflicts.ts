import type { Identity } from '../../model/identity.ts'
import { claimsOf, holderOf } from '../../store/claims.ts'
import type { Tables } from '../../store/tables.ts'

/** After the identities themselves, one table after the other. */
const LATER: readonly string[] = ['verifiable', 'recovery', 'identifier']

/**
 * Which rows of a batch conflict, with the store or with one another, as Kratos' inserts find out: each table
 * takes what it can of all rows before the next one does, so a row that fails at one table still holds what it
 * got at an earlier one (persister_identity.go CreateIdentities).
 */
export const batchConflicts = ({ claims }: Tables, rows: readonly Identity[]): ReadonlySet<Identity> => {
  const held = new Set<string>()
  const insert = (table: string, row: Identity): boolean =>
    claimsOf(row)
      .filter(({ kind }) => kind.split(' ')[0] === table)
      .map((one) => {
        const key = [one.kind, one.value].join('\0')
        const isFree = !held.has(key) && holderOf(claims, one) === undefined
        held.add(key)
        return isFree
      })
      .every(Boolean)
  const failed = new Set(rows.filter((row) => !insert('external', row)))
  const created = rows.filter((row) => !failed.has(row))
  for (const table of LATER) for (const row of created) if (!insert(table, row)) failed.add(row)
  return failed
}
