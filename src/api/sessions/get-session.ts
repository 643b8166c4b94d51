import { jsonAnswer, lasting } from '../json.ts'
import type { Route } from '../exchange.ts'
import { expandedJson, parseExpand } from './expand.ts'
import { validityOf } from './liveness.ts'
import { locateSession, sessionUuid } from './locate-session.ts'

/** `GET /admin/sessions/{id}` (session/handler.go:478-512): id, then `expand`, then data. */
export const getSession: Route = (exchange) => {
  const { world, query } = exchange
  const id = sessionUuid(exchange.param('id'))
  const expand = parseExpand(query.all('expand'))
  const session = locateSession(world, id)
  return lasting(jsonAnswer(expandedJson(world, session, expand)), validityOf([session], world.clock.now()))
}
