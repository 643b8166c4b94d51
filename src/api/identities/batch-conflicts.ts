import type { Identity } from '../../model/identity.ts'
import { claimsOf, holderOf } from '../../store/claims.ts'
import type { Store } from '../../store/store.ts'

/** The rows that conflict, and whether none of them was made before it did, so that there is nothing to delete. */
interface BatchConflicts {
  readonly failed: ReadonlySet<Identity>
  readonly deletesNothing: boolean
}

/** After the identities themselves, one table after the other. */
const LATER: readonly string[] = ['verifiable', 'recovery', 'identifier']

/**
 * Which rows of a batch conflict, with the store or with one another, as Kratos' inserts find out: each table
 * takes what it can of all rows before the next one does, so a row that fails at one table still holds what it
 * got at an earlier one (persister_identity.go CreateIdentities).
 */
export const batchConflicts = (store: Store, rows: readonly Identity[]): BatchConflicts => {
  const { claims } = store.tables
  const held = new Set<string>()
  const insert = (table: string, row: Identity): boolean =>
    claimsOf(row, store.layout.collate)
      .filter(({ kind }) => kind.split(' ')[0] === table)
      .map((one) => {
        const key = [one.kind, one.value].join('\0')
        const isFree = !held.has(key) && holderOf(claims, one) === undefined
        held.add(key)
        return isFree
      })
      .every(Boolean)
  const unmade = new Set(rows.filter((row) => !insert('external', row)))
  const created = rows.filter((row) => !unmade.has(row))
  const failed = new Set(unmade)
  for (const table of LATER) for (const row of created) if (!insert(table, row)) failed.add(row)
  return { failed, deletesNothing: failed.size > 0 && failed.size === unmade.size }
}
