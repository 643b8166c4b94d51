import { jsonAnswer } from '../json.ts'
import type { Route } from '../exchange.ts'
import { managerOf, othersOf } from './caller.ts'

/** `DELETE /sessions`: all but the caller's own, those counted that were revoked before (persister_session.go:477-494). */
export const disableMyOtherSessions: Route = (exchange) => {
  const { world } = exchange
  const sessions = othersOf(world, managerOf(exchange))
  world.store.write((draft) => {
    for (const session of sessions) draft.putSession({ ...session, active: false })
  })
  return jsonAnswer(JSON.stringify({ count: sessions.length }))
}
