import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import type { Claim } from './claims.ts'
import { Tree } from './tree.ts'

/** An identity's JSON Schema by id, and its text as it was given. */
export interface Schema {
  readonly id: string
  readonly text: string
  /** Whether nobody gave it: the built-in one, or what takes the traits of an identity whose schema is not known. */
  readonly isStandIn?: boolean
}

type ByCreation = Pick<Session, 'id' | 'created'>
type ByOwner = Pick<Session, 'id' | 'identity_id' | 'created' | 'authenticated'>

/** All that a store holds: an immutable value, so that keeping one is a snapshot and comparing two tells a change. */
export interface Tables {
  readonly schemas: readonly Schema[]
  readonly identities: Tree<Identity, Pick<Identity, 'id'>>
  readonly sessions: Tree<Session, Pick<Session, 'id'>>
  /** Newest first, then by id: the order of `GET /admin/sessions`. */
  readonly created: Tree<Session, ByCreation>
  /** By identity, newest first, then by id: the order of `GET /admin/identities/{id}/sessions`. */
  readonly owned: Tree<Session, ByOwner>
  readonly tokens: Tree<Session, Pick<Session, 'token'>>
  readonly claims: Tree<Claim, Pick<Claim, 'key'>>
  /** What `owned` goes by. */
  readonly order: OwnerOrder
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** Which time orders the sessions of an identity: Kratos 1.3 takes `authenticated_at`, later ones `created_at`. */
export type OwnerOrder = 'created' | 'authenticated'

export const emptyTables = (order: OwnerOrder): Tables => ({
  order,
  schemas: [],
  identities: new Tree((a, b) => compare(a.id, b.id)),
  sessions: new Tree((a, b) => compare(a.id, b.id)),
  created: new Tree((a, b) => b.created - a.created || compare(a.id, b.id)),
  owned: new Tree((a, b) => compare(a.identity_id, b.identity_id) || b[order] - a[order] || compare(a.id, b.id)),
  tokens: new Tree((a, b) => compare(a.token, b.token)),
  claims: new Tree((a, b) => compare(a.key, b.key)),
})

/** The same rows, with the sessions of each identity in another order. */
export const ordered = (tables: Tables, order: OwnerOrder): Tables =>
  tables.order === order
    ? tables
    : { ...tables, order, owned: emptyTables(order).owned.withAll(tables.sessions.slice(0, tables.sessions.size), {}) }

/** The ranks in `owned` that the sessions of an identity take up: `[from, to)`. */
export const ownedRange = (tables: Tables, identityId: string): readonly [from: number, to: number] => {
  const edge = { id: '', identity_id: identityId }
  return [
    tables.owned.rank({ ...edge, created: Infinity, authenticated: Infinity }),
    tables.owned.rank({ ...edge, created: -Infinity, authenticated: -Infinity }),
  ]
}
