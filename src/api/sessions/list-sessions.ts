import { sqliteText, type SessionCut } from '../../databases/session-cut.ts'
import { DroppedConnection } from '../../model/errors.ts'
import type { Session } from '../../model/session.ts'
import type { Micros } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import type { HeadersSoFar } from '../identities/read-identity.ts'
import { keysetLinks } from '../paging/links.ts'
import { listHeaders } from '../json.ts'
import type { Route } from '../exchange.ts'
import { expandedJson, parseExpand, type Expand } from './expand.ts'
import { isActive, parseActive, validityOf } from './liveness.ts'
import {
  DEFAULT_SIZE,
  encodeSessionKey,
  firstSessionToken,
  keyOf,
  sessionKeyset,
  type SessionStart,
} from './session-token.ts'

/** A table of sessions, in its order. */
interface Rows {
  readonly size: number
  slice(from: number, to: number): readonly Session[]
}

/** What every id comes before. */
const AFTER_ALL = 'g'

/** The first rank whose row a test takes, of rows in an order in which it takes all that follow. */
const firstRank = (rows: Rows, takes: (row: Session) => boolean): number => {
  let [low, high] = [0, rows.size]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (takes(rows.slice(middle, middle + 1)[0]!)) high = middle
    else low = middle + 1
  }
  return low
}

/** The first rank after a key as the database compares it. */
const rankAfterCut = (world: World, { id }: SessionStart, cut: SessionCut): number => {
  const { sessions, created: order } = world.store.tables
  if ('text' in cut) {
    return firstRank(order, (row) => {
      const text = sqliteText(row.created)
      return text < cut.text || (text === cut.text && row.id > id)
    })
  }
  if (!cut.hasTies) return order.rank({ id: AFTER_ALL, created: cut.created })
  const own = sessions.get({ id })
  return order.rank({ id, created: cut.created }) + (own?.created === cut.created ? 1 : 0)
}

/**
 * The first rank after a key: just behind its row. Kratos compares with the token's time, cut to 10 µs, so the
 * rows between that and the real one are skipped.
 */
const rankAfter = (world: World, start: SessionStart): number => {
  const { sessions, created: order } = world.store.tables
  const { id, created, spelled } = start
  const row = sessions.get({ id })
  const isOwn = row !== undefined && keyOf(row).created === created
  if (isOwn && !world.profile.has.keysetSkipsTies) return order.rank(row) + 1
  const cut = world.database?.sessionCut(spelled ?? '', world.clock.now())
  if (cut !== undefined) return rankAfterCut(world, start, cut)
  return isOwn && row.created === created ? order.rank(row) + 1 : order.rank({ id, created: created! })
}

/** What follows the start of a page: by creation, or, where the token has none, by id alone. */
const rowsAfter = (world: World, start: SessionStart | undefined): readonly [rows: Rows, from: number] => {
  const { sessions, created: order } = world.store.tables
  if (start === undefined) return [order, 0]
  if (start.spelled !== undefined) return [order, rankAfter(world, start)]
  return [sessions, sessions.rank(start) + (sessions.get(start) === undefined ? 0 : 1)]
}

/** Which sessions `active` takes. */
const filterOf = (
  world: World,
  active: boolean | undefined,
  expand: Expand,
  now: Micros,
): ((session: Session) => boolean) => {
  if (active === undefined) return () => true
  if (world.profile.has.activeFilterIgnoresIdentity)
    return active
      ? (session) => session.active && session.expires >= now
      : (session) => !session.active || session.expires < now
  const { identities } = world.store.tables
  return (session) =>
    isActive(session, expand.identity ? identities.get({ id: session.identity_id }) : undefined, now) === active
}

/** `GET /admin/sessions` (session/handler.go:391-432): `active`, then paging, then `expand`, then data. */
export const listSessions: Route = (exchange) => {
  const { world, query } = exchange
  const { has } = world.profile
  const active = parseActive(query.get('active'))
  const keyset = sessionKeyset(query, world)
  const expand = parseExpand(query.all('expand'))
  const after = keyset.after()
  if (keyset.size < 0 && has.negativePageSizeDrops) throw new DroppedConnection('close')
  const size = keyset.size < 0 ? DEFAULT_SIZE : keyset.size

  const now = world.clock.now()
  const [rows, first] = rowsAfter(world, after)
  const takes = filterOf(world, active, expand, now)
  const found: Session[] = []
  for (let at = first; at < rows.size && found.length <= size; at += size + 1) {
    for (const session of rows.slice(at, at + size + 1)) if (found.length <= size && takes(session)) found.push(session)
  }
  const sessions = found.slice(0, size)

  const next = found.length > size ? encodeSessionKey(keyOf(sessions.at(-1)!)) : undefined
  const links = keysetLinks(exchange, size, { first: firstSessionToken, next })
  const counted = (): number => (active === undefined ? rows.size : rows.slice(0, rows.size).filter(takes).length)
  const total = has.sessionsTotalCount ? counted() : undefined
  const headers: HeadersSoFar = () => listHeaders(exchange, { links, total })
  const items = sessions.map((session) => expandedJson(world, session, expand, { listed: true, headers }))
  return { items, links, total, fresh: active === undefined ? validityOf(sessions, now) : undefined }
}
