import type { Flow, FlowError, Message } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import type { Bulk } from './bulk.ts'
import { claimsOf, Conflict, holderOf, holdingsOf, isHeld, type Holding } from './claims.ts'
import { checkRoom, MOST_FLOWS } from './limits.ts'
import type { Schema } from './schemas.ts'
import { emptyTables, ownedRange, type Layout, type Tables } from './tables.ts'
import type { Edit, Tree } from './tree.ts'
import { shaped } from './shaped.ts'

/** A tree with room for one row more: of a full one the older half is forgotten. */
const roomFor = <R extends K, K>(tree: Tree<R, K>, byAge: (a: R, b: R) => number, edit: Edit): Tree<R, K> => {
  if (tree.size < MOST_FLOWS) return tree
  const oldest = tree
    .slice(0, tree.size)
    .toSorted(byAge)
    .slice(0, MOST_FLOWS / 2)
  let rest = tree
  for (const row of oldest) rest = rest.without(row, edit)
  return rest
}

/** One change of a store, all of it or none: what it made becomes visible when `Store.write` returns. */
export class Draft {
  tables: Tables
  readonly #layout: Layout
  readonly #edit: Edit = {}
  readonly #kinds = new Map<string, readonly string[]>()

  constructor(tables: Tables, layout: Layout) {
    this.tables = tables
    this.#layout = layout
  }

  #holdings(identity: Identity): readonly Holding[] {
    return holdingsOf(claimsOf(identity, this.#layout.collate), identity.id, this.#kinds)
  }

  /** The claims without those of an identity. */
  #released(identity: Identity): Tables['claims'] {
    return this.#holdings(identity).reduce((claims, one) => claims.without(one, this.#edit), this.tables.claims)
  }

  /**
   * Adds or replaces an identity. @returns its row.
   * @throws Conflict when another one holds something of it, Full when there is no room.
   */
  putIdentity(identity: Identity): Identity {
    const former = this.tables.identities.get(identity)
    if (former === undefined) checkRoom(this.tables.identities.size + 1, 0)
    let claims = former === undefined ? this.tables.claims : this.#released(former)
    const row = shaped(identity)
    const holdings = this.#holdings(row)
    if (holdings.some(({ value }) => isHeld(claims, value)))
      for (const one of claimsOf(row, this.#layout.collate))
        if (holderOf(claims, one) !== undefined) throw new Conflict(one)
    for (const one of holdings) claims = claims.with(one, this.#edit)
    this.tables = { ...this.tables, claims, identities: this.tables.identities.with(row, this.#edit) }
    return row
  }

  /** Removes an identity with its sessions, as Kratos' foreign keys do. */
  deleteIdentity(id: string): void {
    const identity = this.tables.identities.get({ id })
    if (identity === undefined) return
    for (const session of this.tables.owned.slice(...ownedRange(this.tables, id))) this.deleteSession(session)
    const claims = this.#released(identity)
    this.tables = { ...this.tables, claims, identities: this.tables.identities.without({ id }, this.#edit) }
  }

  /** Adds or replaces a session. @throws Full when there is no room. */
  putSession(row: Session): void {
    const former = this.tables.sessions.get(row)
    if (former === undefined) checkRoom(0, this.tables.sessions.size + 1)
    else this.deleteSession(former)
    const { byPlace, moves } = this.#layout
    const session = byPlace && (former === undefined || moves) ? this.#placed(row) : row
    const { sessions, created, owned, tokens } = this.tables
    this.tables = {
      ...this.tables,
      sessions: sessions.with(session, this.#edit),
      created: created.with(session, this.#edit),
      owned: owned.with(session, this.#edit),
      tokens: tokens.with(session, this.#edit),
    }
  }

  /** A session behind all others. */
  #placed(row: Session): Session {
    const place = this.tables.nextPlace
    this.tables = { ...this.tables, nextPlace: place + 1 }
    return { ...row, place }
  }

  /** Adds all rows of a bulk, which was checked by the tables as they are. @throws Full when there is no room. */
  add({ identities, sessions: added, holdings }: Bulk): void {
    checkRoom(0, this.tables.sessions.size + added.length)
    const { nextPlace } = this.tables
    const placed = (row: Session, place: number): Session => (row.place === place ? row : { ...row, place })
    const rows = this.#layout.byPlace ? added.map((row, n) => placed(row, nextPlace + n)) : added
    const { sessions, created, owned, tokens } = this.tables
    this.tables = {
      ...this.tables,
      nextPlace: nextPlace + rows.length,
      identities: this.tables.identities.withAll(identities, this.#edit),
      claims: this.tables.claims.withAll(holdings, this.#edit),
      sessions: sessions.withAll(rows, this.#edit),
      created: created.withAll(rows, this.#edit),
      owned: owned.withAll(rows, this.#edit),
      tokens: tokens.withAll(rows, this.#edit),
    }
  }

  deleteSession(session: Session): void {
    const { sessions, created, owned, tokens } = this.tables
    this.tables = {
      ...this.tables,
      sessions: sessions.without(session, this.#edit),
      created: created.without(session, this.#edit),
      owned: owned.without(session, this.#edit),
      tokens: tokens.without(session, this.#edit),
    }
  }

  /** Adds or replaces a flow, which nobody changes any more. */
  putFlow(flow: Flow): void {
    const flows = roomFor(this.tables.flows, (a, b) => a.expires - b.expires, this.#edit)
    this.tables = { ...this.tables, flows: flows.with(flow, this.#edit) }
  }

  putFlowError(error: FlowError): void {
    const errors = roomFor(this.tables.flowErrors, (a, b) => (a.created_at < b.created_at ? -1 : 1), this.#edit)
    this.tables = { ...this.tables, flowErrors: errors.with(error, this.#edit) }
  }

  putMessage(message: Message): void {
    const messages = roomFor(this.tables.messages, (a, b) => a.created - b.created, this.#edit)
    this.tables = { ...this.tables, messages: messages.with(message, this.#edit) }
  }

  putSchema(schema: Schema): void {
    this.tables = { ...this.tables, schemas: this.tables.schemas.with(schema, this.#edit) }
  }
}

/** What one project holds. Reading `tables` twice gives the same value until a `write` or `restore` between. */
export class Store {
  tables: Tables
  readonly layout: Layout

  constructor(layout: Layout, tables: Tables = emptyTables(layout)) {
    this.layout = layout
    this.tables = tables
  }

  /** Applies a change whole, or, when it throws, not at all. */
  write<T>(change: (draft: Draft) => T): T {
    const draft = new Draft(this.tables, this.layout)
    const result = change(draft)
    this.tables = draft.tables
    return result
  }
}
