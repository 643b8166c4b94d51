import type { Identity } from '../../model/identity.ts'
import type { Session } from '../../model/session.ts'
import { ALWAYS, type Micros, type Validity } from '../../model/time.ts'
import { ownedRange } from '../../store/tables.ts'
import { holds } from '../../world/memory.ts'
import type { World } from '../../world/world.ts'
import { isActive, validityOf } from './liveness.ts'

/** Sessions of one identity, newest first, as rows that a page can be cut from. */
export interface SessionRows {
  readonly total: number
  readonly validity: Validity
  slice(from: number, to: number): readonly Session[]
}

/** Whether `active=true` takes a session (persistence/sql/persister_session.go:145-151). */
const matches = (world: World, identity: Identity | undefined, now: Micros): ((session: Session) => boolean) =>
  world.profile.has.activeFilterIgnoresIdentity
    ? (session) => session.active && session.expires >= now
    : (session) => isActive(session, identity, now)

/** Whether `active=false` takes one: in Kratos both take a session that expires at this moment. */
const matchesNot = (world: World, identity: Identity | undefined, now: Micros): ((session: Session) => boolean) =>
  world.profile.has.activeFilterIgnoresIdentity
    ? (session) => !session.active || session.expires < now
    : (session) => !isActive(session, identity, now)

/** Active sessions of equal creation as the database finds them. */
export const inActiveOrder = (world: World, rows: readonly Session[]): readonly Session[] =>
  world.database?.hasActiveByExpiry === true
    ? rows.toSorted((a, b) => b.created - a.created || a.expires - b.expires || (a.id < b.id ? -1 : 1))
    : rows

/**
 * The sessions of an identity that a filter takes. Unfiltered, a page costs O(log n + page); filtered, the
 * first page pays for one look at each session, and the others share it until data or clock change.
 */
export const identitySessions = (world: World, identityId: string, active: boolean | undefined): SessionRows => {
  const { tables } = world.store
  const { owned } = tables
  const [start, end] = ownedRange(tables, identityId)
  if (active === undefined) {
    return { total: end - start, validity: ALWAYS, slice: (from, to) => owned.slice(start + from, start + to) }
  }
  const now = world.clock.now()
  const identity = tables.identities.get({ id: identityId })
  const key = `${identityId} ${active}`
  let found = world.filtered.recall(key)
  if (found === undefined || !holds(found, tables, now)) {
    const all = owned.slice(start, end)
    const matching = all.filter((active ? matches : matchesNot)(world, identity, now))
    const value = active ? inActiveOrder(world, matching) : matching
    found = { value, tables, validity: validityOf(all, now) }
    world.filtered.keep(key, found, value.length + 1)
  }
  const { value: rows, validity } = found
  return { total: rows.length, validity, slice: (from, to) => rows.slice(from, to) }
}
