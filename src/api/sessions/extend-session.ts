import type { Session } from '../../model/session.ts'
import { momentAt } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { jsonAnswer, noContent } from '../json.ts'
import type { Route } from '../exchange.ts'
import { expandedJson } from './expand.ts'
import { locateSession, sessionUuid } from './locate-session.ts'

/** A lifespan from now, but only for one that ends soon enough, by default sooner than that (session.go:298-300). */
const extended = (world: World, session: Session): Session => {
  const now = world.clock.now()
  const { sessionLifespan: lifespan, earliestExtend } = world.selfService
  if (session.expires - earliestExtend >= now) return session
  const { text, micros } = momentAt(now + lifespan)
  const row = { ...session, expires_at: text, expires: micros }
  const stored = world.database?.session(row) ?? row
  world.store.write((draft) => draft.putSession(stored))
  return stored
}

/** `PATCH /admin/sessions/{id}/extend` (session/handler.go:943-971), whatever the session's state. */
export const extendSession: Route = (exchange) => {
  const { world } = exchange
  const session = extended(world, locateSession(world, sessionUuid(exchange.param('id'))))
  if (world.selfService.extendsFaster) return noContent(false)
  const expand = { identity: true, devices: false }
  return jsonAnswer(expandedJson(world, session, expand, { asPublic: world.profile.has.extendedAsPublic }))
}
