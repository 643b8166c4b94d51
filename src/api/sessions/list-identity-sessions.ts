import { KratosError } from '../../model/errors.ts'
import { offsetPage, rowsOf } from '../paging/offset.ts'
import type { Route } from '../exchange.ts'
import { identitySessions } from './identity-sessions.ts'
import { parseActive, validityOf } from './liveness.ts'
import { sessionUuid } from './locate-session.ts'
import { sessionList } from './session-page.ts'

/** `GET /admin/identities/{id}/sessions` (session/handler.go:619-647): id, then `active`, then paging, then data. */
export const listIdentitySessions: Route = (exchange) => {
  const { world, query } = exchange
  const id = sessionUuid(exchange.param('id'))
  const active = parseActive(query.get('active'))
  const page = offsetPage(query, world.profile)
  const identity = world.store.tables.identities.get({ id })
  if (identity === undefined && !world.profile.has.unknownIdentityListsEmpty) {
    throw new KratosError(404, { reason: `There is no identity ${id}.` })
  }
  const now = world.clock.now()
  const rows = identitySessions(world, id, active)
  const { total, validity } = rows
  const sessions = rows.slice(...rowsOf(page, total, world))
  return sessionList(
    exchange,
    { sessions, identity, page, total, now, fresh: validityOf(sessions, now, validity) },
    'admin',
  )
}
