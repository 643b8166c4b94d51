import type { Identity } from '../model/identity.ts'
import { rowsIn } from './identity-row.ts'
import { tableNames, type Refusal } from './refusal.ts'

/** What was refused of rows that are written together, a statement a table: the first of the first statement counts. */
export class Refusals {
  readonly #rows: Identity[] = []
  #first: Refusal | undefined

  /** A row that is taken; it comes before those that follow. */
  taken(row: Identity): void {
    this.#rows.push(row)
  }

  add(refusal: Refusal): void {
    const rank = ({ table }: Refusal): number => tableNames.indexOf(table)
    if (this.#first !== undefined && rank(this.#first) <= rank(refusal)) return
    this.#first = refusal.behind(this.#rows.reduce((sum, row) => sum + rowsIn(refusal.table, row), 0))
  }

  get first(): Refusal | undefined {
    return this.#first
  }
}
