import { notLocated } from '../../model/errors.ts'
import { noContent } from '../json.ts'
import type { Route } from '../exchange.ts'
import { sessionsOwnedBy, sessionUuid } from './locate-session.ts'

/** `DELETE /admin/identities/{id}/sessions` (session/handler.go:309-321): the rows are gone. */
export const deleteIdentitySessions: Route = (exchange) => {
  const { store, profile } = exchange.world
  const id = sessionUuid(exchange.param('id'))
  const sessions = sessionsOwnedBy(store.tables, id)
  const isFine = !profile.has.deletingNoSessionsIs404 && store.tables.identities.get({ id }) !== undefined
  if (sessions.length === 0 && !isFine) throw notLocated()
  store.write((draft) => {
    for (const session of sessions) draft.deleteSession(session)
  })
  return noContent(false)
}
