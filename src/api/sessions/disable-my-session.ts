import { KratosError } from '../../model/errors.ts'
import { noContent } from '../json.ts'
import type { Route } from '../exchange.ts'
import { managerOf } from './caller.ts'
import { sessionUuid } from './locate-session.ts'
import { toSession } from './to-session.ts'

/** `DELETE /sessions/{id}`: a session of the caller's that is not this one; any other id changes nothing. */
export const disableMySession: Route = (exchange) => {
  // Kratos registers DELETE for an id alone, and its handler knows that `whoami` is none.
  if (exchange.param('id') === 'whoami') return toSession(exchange)
  const { store } = exchange.world
  const caller = managerOf(exchange)
  const id = sessionUuid(exchange.param('id'))
  if (id === caller.session.id) throw new KratosError(400, { message: 'cannot revoke current session' })
  const session = store.tables.sessions.get({ id })
  if (session?.identity_id === caller.identity.id) {
    store.write((draft) => draft.putSession({ ...session, active: false }))
  }
  return noContent(true)
}
