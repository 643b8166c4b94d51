import type { Bytes } from '../../go/bytes.ts'
import { parseUuid } from '../../go/uuid.ts'
import { KratosError, notLocated } from '../../model/errors.ts'
import type { Session } from '../../model/session.ts'
import { ownedRange, type Tables } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'

/** The canonical id. @throws KratosError 400 with gofrs/uuid's words as its message. */
export const sessionUuid = (spelled: Bytes): string => {
  const id = parseUuid(spelled)
  if (typeof id !== 'string') throw new KratosError(400, { message: id.error })
  return id
}

/** The session that has an id. @throws KratosError 404 */
export const locateSession = (world: World, id: string): Session => {
  const session = world.store.tables.sessions.get({ id })
  if (session === undefined) throw notLocated()
  return session
}

/** All sessions of an identity, newest first. */
export const sessionsOwnedBy = (tables: Tables, identityId: string): readonly Session[] =>
  tables.owned.slice(...ownedRange(tables, identityId))
