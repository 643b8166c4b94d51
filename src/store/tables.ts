import type { Flow, FlowError, Message } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { compareTimes } from '../model/time.ts'
import type { Holdings } from './claims.ts'
import { Schemas } from './schemas.ts'
import { Tree } from './tree.ts'

type ByAge = Pick<Message, 'id' | 'created'>
type ByCreation = Pick<Session, 'id' | 'created'>
type ByOwner = Pick<Session, 'id' | 'identity_id' | 'created' | 'authenticated_at' | 'place'>

/** All that a store holds: an immutable value, so that keeping one is a snapshot and comparing two tells a change. */
export interface Tables {
  readonly schemas: Schemas
  readonly identities: Tree<Identity, Pick<Identity, 'id'>>
  readonly sessions: Tree<Session, Pick<Session, 'id'>>
  /** Newest first, then by id: the order of `GET /admin/sessions`. */
  readonly created: Tree<Session, ByCreation>
  /** By identity, newest first, then by id or place: the order of `GET /admin/identities/{id}/sessions`. */
  readonly owned: Tree<Session, ByOwner>
  readonly tokens: Tree<Session, Pick<Session, 'token'>>
  readonly claims: Holdings
  readonly flows: Tree<Flow, Pick<Flow, 'id'>>
  readonly flowErrors: Tree<FlowError, Pick<FlowError, 'id'>>
  /** Newest first, then by id: the order of `GET /admin/courier/messages`. */
  readonly messages: Tree<Message, ByAge>
  /** The place of the next session that is written, where sessions have one. */
  readonly nextPlace: number
  readonly layout: Layout
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** Which time orders the sessions of an identity: Kratos 1.3 takes `authenticated_at`, later ones `created_at`. */
export type OwnerOrder = 'created' | 'authenticated_at'

const newer: Readonly<Record<OwnerOrder, (a: ByOwner, b: ByOwner) => number>> = {
  created: (a, b) => b.created - a.created,
  authenticated_at: (a, b) => compareTimes(b.authenticated_at, a.authenticated_at),
}

/** How rows lie in their tables, and which texts are one to a unique index. */
export interface Layout {
  /** The database whose rows they are, or `''`. */
  readonly name: string
  readonly order: OwnerOrder
  /** Whether an identity's sessions of one time come as they lie; else by their ids. */
  readonly byPlace: boolean
  /** Whether a session that is written again goes behind all others. */
  readonly moves: boolean
  /** A text by which external ids and addresses are compared. */
  readonly collate: (text: string) => string
  /** One by which session tokens are compared. */
  readonly foldToken: (token: string) => string
}

const same = (text: string): string => text

/** Where no database is modelled: texts are what they are. */
export const PLAIN: Omit<Layout, 'order'> = { name: '', byPlace: false, moves: false, collate: same, foldToken: same }

const ownedOf = ({ order, byPlace }: Layout): Tables['owned'] =>
  new Tree(
    byPlace
      ? (a, b) => compare(a.identity_id, b.identity_id) || newer[order](a, b) || a.place - b.place
      : (a, b) => compare(a.identity_id, b.identity_id) || newer[order](a, b) || compare(a.id, b.id),
    ({ identity_id }) => identity_id,
  )

const tokensOf = ({ foldToken }: Layout): Tables['tokens'] =>
  new Tree(
    (a, b) => compare(foldToken(a.token), foldToken(b.token)),
    ({ token }) => foldToken(token),
  )

export const emptyTables = (layout: Layout): Tables => ({
  layout,
  schemas: new Schemas(),
  identities: new Tree(
    (a, b) => compare(a.id, b.id),
    ({ id }) => id,
  ),
  sessions: new Tree(
    (a, b) => compare(a.id, b.id),
    ({ id }) => id,
  ),
  created: new Tree((a, b) => b.created - a.created || compare(a.id, b.id)),
  owned: ownedOf(layout),
  tokens: tokensOf(layout),
  claims: new Tree(
    (a, b) => compare(a.value, b.value) || compare(a.identity_id, b.identity_id),
    ({ value }) => value,
  ),
  flows: new Tree((a, b) => compare(a.id, b.id)),
  flowErrors: new Tree((a, b) => compare(a.id, b.id)),
  messages: new Tree((a, b) => b.created - a.created || compare(a.id, b.id)),
  nextPlace: 0,
})

/** The ranks in `owned` that the sessions of an identity take up: `[from, to)`. */
export const ownedRange = (tables: Tables, identityId: string): readonly [from: number, to: number] => {
  const { owned } = tables
  return [owned.count((row) => row.identity_id < identityId), owned.count((row) => row.identity_id <= identityId)]
}
