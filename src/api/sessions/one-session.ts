import type { Bytes } from '../../go/bytes.ts'
import { notLocated } from '../../model/errors.ts'
import type { Session } from '../../model/session.ts'
import { momentAt } from '../../model/time.ts'
import { ownedRange } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import { parseExpand, type Expand } from './expand.ts'
import { sessionUuid } from './list-identity-sessions.ts'

const locate = (world: World, id: string): Session => {
  const session = world.store.tables.sessions.get({ id })
  if (session === undefined) throw notLocated()
  return session
}

/** `GET /admin/sessions/{id}` (session/handler.go:478-512): id, then `expand`, then data. */
export const getSession = (
  world: World,
  input: { readonly id: Bytes; readonly expand: readonly Bytes[] },
): { session: Session; expand: Expand } => {
  const id = sessionUuid(input.id)
  const expand = parseExpand(input.expand)
  return { session: locate(world, id), expand }
}

/** `DELETE /admin/sessions/{id}`: the session stays, its stored flag goes; again is fine. */
export const disableSession = (world: World, spelled: Bytes): void => {
  const session = locate(world, sessionUuid(spelled))
  world.store.write((draft) => draft.putSession({ ...session, active: false }))
}

/**
 * `PATCH /admin/sessions/{id}/extend` (session/handler.go:943-971): a lifespan from now, whatever the session's state,
 * but only when it ends soon enough, by default sooner than a lifespan from now (session.go:298-300).
 */
export const extendSession = (world: World, spelled: Bytes): Session => {
  const session = locate(world, sessionUuid(spelled))
  const now = world.clock.now()
  const { sessionLifespan: lifespan, earliestExtend } = world.selfService
  if (session.expires - earliestExtend >= now) return session
  const { text, micros } = momentAt(now + lifespan)
  const row = { ...session, expires_at: text, expires: micros }
  const extended = world.database?.session(row) ?? row
  world.store.write((draft) => draft.putSession(extended))
  return extended
}

/** `DELETE /admin/identities/{id}/sessions` (session/handler.go:309-321): the rows are gone. */
export const deleteIdentitySessions = (world: World, spelled: Bytes): void => {
  const id = sessionUuid(spelled)
  const { tables } = world.store
  const sessions = tables.owned.slice(...ownedRange(tables, id))
  const isFine =
    sessions.length > 0 || (!world.profile.has.deletingNoSessionsIs404 && tables.identities.get({ id }) !== undefined)
  if (!isFine) throw notLocated()
  world.store.write((draft) => {
    for (const session of sessions) draft.deleteSession(session)
  })
}
