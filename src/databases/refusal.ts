import { KratosError } from '../model/errors.ts'

/** The tables of an identity in the order in which Kratos writes them, a statement each. */
export const tableNames = ['identities', 'verifiable', 'recovery', 'credentials', 'identifiers'] as const

export type TableName = (typeof tableNames)[number]

/** A row that the database does not take: Kratos answers 500 with the words of the driver, and nothing is written. */
export class Refusal extends KratosError {
  readonly table: TableName
  readonly #row: number
  readonly #words: (row: number) => string

  /**
   * @param words what the driver says, by the row's number in its statement.
   * @param row counts from 1.
   */
  constructor(table: TableName, words: (row: number) => string, row = 1) {
    super(500, { message: words(row) })
    this.table = table
    this.#row = row
    this.#words = words
  }

  /** The same refusal of a statement in which so many rows come before. */
  behind(rows: number): Refusal {
    return new Refusal(this.table, this.#words, this.#row + rows)
  }
}

/** What is said of a list that the database does not give. */
export const refuseList = (message: string): never => {
  throw new KratosError(500, { message: `unable to fetch records: ${message}` })
}
