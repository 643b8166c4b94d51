import { offsetPage, rowsOf } from '../paging/offset.ts'
import type { Route } from '../exchange.ts'
import { assured, checkAssurance } from './assurance.ts'
import { managerOf, othersOf } from './caller.ts'
import { inActiveOrder } from './identity-sessions.ts'
import { validityOf } from './liveness.ts'
import { sessionList } from './session-page.ts'

/** `GET /sessions`: the caller's other sessions that are active, paged like those of an identity. */
export const listMySessions: Route = (exchange) => {
  const { world, query } = exchange
  const caller = managerOf(exchange)
  if (!world.profile.has.mySessionsNeedNoAal2) checkAssurance(world, assured(world, caller))
  const page = offsetPage(query, world.profile)
  const now = world.clock.now()
  const others = othersOf(world, caller)
  const rows = inActiveOrder(
    world,
    others.filter(({ active, expires }) => active && expires >= now),
  )
  const sessions = rows.slice(...rowsOf(page, rows.length, world))
  const fresh = validityOf([caller.session, ...others], now)
  return sessionList(exchange, { sessions, identity: caller.identity, page, total: rows.length, now, fresh }, 'public')
}
