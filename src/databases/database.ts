import { textOf, type Bytes } from '../go/bytes.ts'
import { KratosError } from '../model/errors.ts'
import type { Identity, JsonText } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import type { Micros } from '../model/time.ts'
import { badBytes } from './bytes.ts'
import type { Place } from './columns.ts'
import { collated } from './collation.ts'
import { storedIdentity } from './identity-row.ts'
import { mysqlCut } from './mysql-cut.ts'
import { mysqlColumns, mysqlError } from './mysql.ts'
import { encodingError, postgresColumns, postgresError } from './postgres.ts'
import { Refusal, refuseList } from './refusal.ts'
import { postgresCut, sqliteCut, type SessionCut } from './session-cut.ts'
import { cutSession, roundSession } from './session-row.ts'
import { cutTime, roundTime } from './times.ts'

export const databaseNames = ['postgres', 'mysql', 'sqlite'] as const

/** A database that Kratos stores in. */
export type DatabaseName = (typeof databaseNames)[number]

/** What is said of one beside a profile that has none. */
export const NO_DATABASE = 'is for a kratos-… profile; documented has no database, and gives back what it was sent'

/** How rows lie in their tables, and which texts are one to a unique index. */
export interface Layout {
  /** Whether rows that an order takes for equal come as they lie; else by their ids. */
  readonly byPlace: boolean
  /** Whether a row that is written again goes behind all others. */
  readonly moves: boolean
  /** A text by which external ids and addresses are compared. */
  readonly collate: (text: string) => string
  /** One by which session tokens are compared. */
  readonly foldToken: (token: string) => string
}

/** What a release of Kratos asks of its database. */
export interface Schema {
  /** Whether sessions have an index of the active ones by expiry (25.4 and later). */
  readonly hasActiveIndex: boolean
  /** Whether it takes nothing but JSON for JSON when it reads a row (26.2 and later). */
  readonly scansJson: boolean
  /** Whether it deletes the rows of an empty list by a statement (25.4 alone). */
  readonly deletesEmptyLists: boolean
}

/** What a database does to the rows that Kratos writes, and to what it asks. */
export interface Database {
  readonly name: DatabaseName
  readonly layout: Layout
  /** An identity as it is read back. @throws Refusal for one that is not taken. */
  identity(row: Identity): Identity
  /** A session as it is read back. */
  session(row: Session): Session
  /** A time as it is read back. */
  time(text: string): string
  /** JSON as it is read back. @throws Refusal for what is not taken. */
  json(text: JsonText): JsonText
  /** Whether active sessions of equal creation come by their expiry, then by id. */
  readonly hasActiveByExpiry: boolean
  /** Whether the devices of one session come by their address. */
  readonly hasDevicesByAddress: boolean
  /** Whether one conflict fails a whole batch. */
  readonly hasWholeBatches: boolean
  /** What is said of deleting the rows of an empty list; undefined where that is fine, or not done. */
  readonly emptyListError: string | undefined
  /** Where a bare number as metadata is found out, which SQLite gives back as a number; undefined where it is fine. */
  readonly bareNumbers: 'scanned' | 'printed' | undefined
  /** Whether LIKE finds an identifier by what it begins with. */
  likes(identifier: string, prefix: string): boolean
  /** Looks at a negative offset; where that is fine, it counts as 0. @param line of the statement that holds it. */
  negativeOffset(offset: bigint, line: number): void
  /** Looks at a text that a query compares with; `listed` where the error is said of a list. */
  compared(text: Bytes, listed: boolean): void
  /** The id of a page token as what ids are compared with. @param id as it is canonical. */
  idKey(spelled: Bytes, id: string): string
  /** The time of a page token of sessions. */
  sessionCut(time: Bytes, now: Micros): SessionCut
}

/** Where JSON stands that is no identity's: nobody is told of it. */
const ERRORS: Place = { table: 'identities', column: 'errors', row: 1 }

const same = (text: string): string => text
const nothing = (): void => {}

const startsWith = (identifier: string, prefix: string): boolean => identifier.startsWith(prefix)

/** Letters of ASCII in lower case. */
const folded = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

const sqlite = ({ hasActiveIndex, scansJson }: Schema): Database => ({
  name: 'sqlite',
  layout: { byPlace: true, moves: false, collate: same, foldToken: same },
  identity: (row) => row,
  session: (row) => row,
  time: same,
  json: same,
  hasActiveByExpiry: hasActiveIndex,
  hasDevicesByAddress: hasActiveIndex,
  hasWholeBatches: false,
  emptyListError: undefined,
  bareNumbers: scansJson ? 'scanned' : 'printed',
  likes: (identifier, prefix) => folded(identifier).startsWith(folded(prefix)),
  negativeOffset: nothing,
  compared: nothing,
  idKey: (spelled) => textOf(spelled),
  sessionCut: sqliteCut,
})

const postgres = ({ hasActiveIndex, deletesEmptyLists }: Schema): Database => ({
  name: 'postgres',
  // An update that changes no indexed column stays in its place.
  layout: { byPlace: true, moves: hasActiveIndex, collate: same, foldToken: same },
  identity: (row) => storedIdentity(postgresColumns, row),
  session: cutSession,
  time: cutTime,
  json: (text) => postgresColumns.json(text, ERRORS),
  hasActiveByExpiry: false,
  hasDevicesByAddress: false,
  hasWholeBatches: false,
  emptyListError: deletesEmptyLists ? postgresError('syntax error at or near ")"', '42601') : undefined,
  bareNumbers: undefined,
  likes: startsWith,
  negativeOffset: () => refuseList(postgresError('OFFSET must not be negative', '2201X')),
  compared: (text, listed) => {
    const bad = badBytes(text)
    if (bad === undefined) return
    if (listed) refuseList(encodingError(bad))
    throw new KratosError(500, { message: encodingError(bad) })
  },
  idKey: (spelled, id) =>
    spelled.startsWith('urn:uuid:')
      ? refuseList(postgresError(`invalid input syntax for type uuid: "${textOf(spelled)}"`, '22P02'))
      : id,
  sessionCut: postgresCut,
})

/** In the order of Unicode's weights a brace stands before digits and letters, as a slash does in that of ASCII. */
const weighed = (spelled: Bytes): string => textOf(spelled).toLowerCase().replaceAll('{', '/')

const mysql = (): Database => ({
  name: 'mysql',
  layout: { byPlace: false, moves: false, collate: collated, foldToken: (token) => collated(textOf(token)) },
  identity: (row) => storedIdentity(mysqlColumns, row),
  session: roundSession,
  time: roundTime,
  json: (text) => mysqlColumns.json(text, ERRORS),
  hasActiveByExpiry: false,
  hasDevicesByAddress: false,
  hasWholeBatches: true,
  emptyListError: undefined,
  bareNumbers: undefined,
  // The index pads with spaces: what goes on with less than a space comes before the prefix.
  likes: (identifier, prefix) =>
    (identifier.startsWith(prefix) && !(identifier.slice(prefix.length, prefix.length + 1) < ' ')) ||
    identifier === prefix,
  negativeOffset: (offset, line) =>
    refuseList(
      `mysql select many: ${mysqlError(
        1064,
        '42000',
        'You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the ' +
          `right syntax to use near '${offset}' at line ${line}`,
      )}`,
    ),
  compared: nothing,
  idKey: weighed,
  sessionCut: mysqlCut,
})

/** JSON that is written alone, as it is read back; undefined where it is not taken. */
export const storedJson = (database: Database | undefined, text: JsonText): JsonText | undefined => {
  try {
    return database?.json(text) ?? text
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** A time that is written alone, as it is read back. */
export const storedTime = (database: Database | undefined, time: string): string => database?.time(time) ?? time

const ALL: Readonly<Record<DatabaseName, (schema: Schema) => Database>> = { sqlite, postgres, mysql }

export const databaseOf = (name: DatabaseName, schema: Schema): Database => ALL[name](schema)
