import { DroppedConnection } from '../../model/errors.ts'
import type { Query } from '../../go/query.ts'
import type { Session } from '../../model/session.ts'
import type { Validity } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { parseActive } from './active-filter.ts'
import { parseExpand, type Expand } from './expand.ts'
import { validityOf } from './identity-sessions.ts'
import { isActive } from './liveness.ts'
import { DEFAULT_SIZE, keyOf, sessionKeyset, type SessionKey } from './session-token.ts'

export interface SessionsFound {
  readonly sessions: readonly Session[]
  readonly expand: Expand
  readonly size: number
  /** Where the next page starts, when there is one. */
  readonly next: SessionKey | undefined
  /** How many sessions the filter takes, counted where the release does. */
  readonly total: number | undefined
  /** How long the page stays as it is, as far as the clock goes; undefined where that is not worked out. */
  readonly validity: Validity | undefined
}

/**
 * The first rank after a key: just behind its row. Kratos compares with the token's time, cut to 10 µs, so the
 * rows between that and the real one are skipped.
 */
const rankAfter = (world: World, { id, created }: SessionKey): number => {
  const { sessions, created: order } = world.store.tables
  const row = sessions.get({ id })
  const exact = row !== undefined && (created === undefined || keyOf(row).created === created)
  if (exact && (row.created === created || !world.profile.has.keysetSkipsTies)) return order.rank(row) + 1
  return order.rank({ id, created: created ?? Infinity })
}

/** `GET /admin/sessions` (session/handler.go:391-432): `active`, then paging, then `expand`, then data. */
export const listSessions = (world: World, query: Query): SessionsFound => {
  const { has } = world.profile
  const active = parseActive(query.get('active'))
  const keyset = sessionKeyset(query, world.profile)
  const expand = parseExpand(query.all('expand'))
  const after = keyset.after()
  if (keyset.size < 0 && has.negativePageSizeDrops) throw new DroppedConnection('close')
  const size = keyset.size < 0 ? DEFAULT_SIZE : keyset.size

  const now = world.clock.now()
  const { created, identities } = world.store.tables
  const shown = (session: Session): boolean =>
    isActive(
      session,
      expand.identity && !has.activeFilterIgnoresIdentity ? identities.get({ id: session.identity_id }) : undefined,
      now,
    )
  const takes = (session: Session): boolean => {
    if (active === undefined) return true
    if (!has.activeFilterIgnoresIdentity) return shown(session) === active
    return active ? session.active && session.expires >= now : !session.active || session.expires < now
  }

  const found: Session[] = []
  for (
    let at = after === undefined ? 0 : rankAfter(world, after);
    at < created.size && found.length <= size;
    at += size + 1
  ) {
    for (const session of created.slice(at, at + size + 1))
      if (found.length <= size && takes(session)) found.push(session)
  }
  const sessions = found.slice(0, size)
  const total = !has.sessionsTotalCount
    ? undefined
    : active === undefined
      ? created.size
      : created.slice(0, created.size).filter(takes).length
  const validity = active === undefined ? validityOf(sessions, now) : undefined
  return { sessions, expand, size, next: found.length > size ? keyOf(sessions.at(-1)!) : undefined, total, validity }
}
