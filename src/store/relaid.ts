import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { claimsOf, holdingsOf } from './claims.ts'
import { emptyTables, type Layout, type Tables } from './tables.ts'

/** What becomes of rows that another database takes over. */
export interface TakeOver {
  readonly identity: (row: Identity) => Identity
  readonly session: (row: Session) => Session
}

const isSame = (a: Layout, b: Layout): boolean => a.name === b.name && a.order === b.order && a.moves === b.moves

/** The same data as it lies in tables of another layout. Sessions of one time then lie in the order of their list. */
export const relaid = (tables: Tables, layout: Layout, { identity, session }: TakeOver): Tables => {
  if (isSame(tables.layout, layout)) return tables
  const edit = {}
  const empty = emptyTables(layout)
  const identities = tables.identities.slice(0, tables.identities.size).map((row) => identity(row))
  const sessions = tables.owned.slice(0, tables.owned.size).map((row, place) => ({ ...session(row), place }))
  const kinds = new Map<string, readonly string[]>()
  const claims = identities.flatMap((row) => holdingsOf(claimsOf(row, layout.collate), row.id, kinds))
  return {
    ...empty,
    schemas: tables.schemas,
    flows: tables.flows,
    flowErrors: tables.flowErrors,
    messages: tables.messages,
    identities: empty.identities.withAll(identities, edit),
    sessions: empty.sessions.withAll(sessions, edit),
    created: empty.created.withAll(sessions, edit),
    owned: empty.owned.withAll(sessions, edit),
    tokens: empty.tokens.withAll(sessions, edit),
    claims: empty.claims.withAll(claims, edit),
    nextPlace: sessions.length,
  }
}
