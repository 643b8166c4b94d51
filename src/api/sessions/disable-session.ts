import { noContent } from '../json.ts'
import type { Route } from '../exchange.ts'
import { locateSession, sessionUuid } from './locate-session.ts'

/** `DELETE /admin/sessions/{id}`: the session stays, its stored flag goes; again is fine. */
export const disableSession: Route = (exchange) => {
  const { world } = exchange
  const session = locateSession(world, sessionUuid(exchange.param('id')))
  world.store.write((draft) => draft.putSession({ ...session, active: false }))
  return noContent(true)
}
