import type { Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { Query } from '../../go/query.ts'
import type { Session } from '../../model/session.ts'
import { parseUuid } from '../../go/uuid.ts'
import type { Validity } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { offsetPage, rowsOf, type OffsetPage } from '../paging/offset.ts'
import { parseActive } from './active-filter.ts'
import { identitySessions, validityOf } from './identity-sessions.ts'

/** The canonical id. @throws KratosError 400 with gofrs/uuid's words as its message. */
export const sessionUuid = (spelled: Bytes): string => {
  const id = parseUuid(spelled)
  if (typeof id !== 'string') throw new KratosError(400, { message: id.error })
  return id
}

export interface SessionPage {
  readonly sessions: readonly Session[]
  readonly identity: Identity | undefined
  readonly page: OffsetPage
  readonly total: number
  readonly now: number
  /** How long the page stays as it is, as far as the clock goes. */
  readonly validity: Validity
}

/** `GET /admin/identities/{id}/sessions` (session/handler.go:619-647): id, then `active`, then paging, then data. */
export const listIdentitySessions = (
  world: World,
  input: { readonly id: Bytes; readonly query: Query },
): SessionPage => {
  const id = sessionUuid(input.id)
  const active = parseActive(input.query.get('active'))
  const page = offsetPage(input.query, world.profile)
  const identity = world.store.tables.identities.get({ id })
  if (identity === undefined && !world.profile.has.unknownIdentityListsEmpty) {
    throw new KratosError(404, { reason: `There is no identity ${id}.` })
  }
  const now = world.clock.now()
  const rows = identitySessions(world, id, active)
  const sessions = rows.slice(...rowsOf(page, rows.total, world))
  return { sessions, identity, page, total: rows.total, now, validity: validityOf(sessions, now, rows.validity) }
}
