import type { Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { Query } from '../../go/query.ts'
import type { Session } from '../../model/session.ts'
import { ownedRange } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import { offsetPage, rowsOf } from '../paging/offset.ts'
import { checkRead } from '../identities/readable.ts'
import { sessionUuid, type SessionPage } from './list-identity-sessions.ts'
import { inActiveOrder, validityOf } from './identity-sessions.ts'
import { isActive } from './liveness.ts'

/** A session that a request proved to hold, and whose it is. */
export interface Caller {
  readonly session: Session
  readonly identity: Identity
}

const UNKNOWN = 'No valid session cookie found.'

/**
 * The holder of a token: of a session that is active now, of an identity that is.
 * @throws KratosError 401 with the given reason.
 */
export const callerOf = (
  world: World,
  token: string | undefined,
  {
    reason,
    mayBeInactive,
    headers,
  }: {
    readonly reason: string
    readonly mayBeInactive: boolean
    readonly headers?: Readonly<Record<string, string>> | undefined
  },
): Caller => {
  const { tokens, identities } = world.store.tables
  const session = token === undefined ? undefined : tokens.get({ token })
  const identity = session === undefined ? undefined : identities.get({ id: session.identity_id })
  if (session === undefined || identity === undefined)
    throw new KratosError(401, headers === undefined ? { reason } : { reason, headers })
  if (!isActive(session, mayBeInactive ? undefined : identity, world.clock.now()))
    throw new KratosError(401, { reason })
  try {
    checkRead(world, [identity], false)
  } catch (error) {
    // What cannot be read is no caller.
    throw error instanceof KratosError ? new KratosError(401, { reason }) : error
  }
  return { session, identity }
}

/** Who asks about the sessions that it has. @throws KratosError 401. */
export const managerOf = (world: World, token: string | undefined): Caller =>
  callerOf(world, token, { reason: UNKNOWN, mayBeInactive: world.profile.has.inactiveMayManage })

const others = (world: World, { session, identity }: Caller): readonly Session[] => {
  const { tables } = world.store
  return tables.owned.slice(...ownedRange(tables, identity.id)).filter(({ id }) => id !== session.id)
}

/** `GET /sessions`: the caller's other sessions that are active, paged like those of an identity. */
export const listMySessions = (world: World, caller: Caller, query: Query): SessionPage => {
  const page = offsetPage(query, world.profile)
  const now = world.clock.now()
  const all = others(world, caller)
  const rows = inActiveOrder(
    world,
    all.filter(({ active, expires }) => active && expires >= now),
  )
  const validity = validityOf([caller.session, ...all], now)
  const sessions = rows.slice(...rowsOf(page, rows.length, world))
  return { sessions, identity: caller.identity, page, total: rows.length, now, validity }
}

/** `DELETE /sessions/{id}`: a session of the caller's that is not this one; any other id changes nothing. */
export const disableMySession = (world: World, caller: Caller, spelled: Bytes): void => {
  const id = sessionUuid(spelled)
  if (id === caller.session.id) throw new KratosError(400, { message: 'cannot revoke current session' })
  const session = world.store.tables.sessions.get({ id })
  if (session?.identity_id !== caller.identity.id) return
  world.store.write((draft) => draft.putSession({ ...session, active: false }))
}

/** `DELETE /sessions`: all but the caller's own. @returns how many, those revoked before included (persister_session.go:477-494). */
export const disableMyOtherSessions = (world: World, caller: Caller): number => {
  const sessions = others(world, caller)
  world.store.write((draft) => {
    for (const session of sessions) draft.putSession({ ...session, active: false })
  })
  return sessions.length
}
