import { isActive } from '../rules/sessions/liveness.ts'
import { listIdentitySessions, type SessionPage } from '../rules/sessions/list-identity-sessions.ts'
import type { Answer } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { identityJson, schemaUrl } from './identity-json.ts'
import { jsonAnswer } from './json.ts'
import { offsetLink } from './link.ts'
import type { RouteTable } from './route-table.ts'
import { sessionJson } from './session-json.ts'

/** A page of one identity's sessions, each with the bare identity inside. */
const pageAnswer = (exchange: Exchange, found: SessionPage): Answer => {
  const { world } = exchange
  const { identity, sessions, now } = found
  const bare = world.profile.has.listedSessionsBare
  const inside =
    identity && identityJson(identity, { schemaUrl: bare ? '' : schemaUrl(world, identity.schema_id), addresses: false, metadataAdmin: false })
  const items = sessions.map((session) =>
    sessionJson(world, session, {
      active: isActive(session, identity, now),
      ...(inside === undefined ? {} : { identity: inside }),
      devices: bare && session.devices.length === 0 ? null : session.devices,
    }),
  )
  const headers = { Link: offsetLink(exchange, found.page, found.total), 'X-Total-Count': String(found.total) }
  return { ...jsonAnswer(exchange, `[${items.join(',')}]`, headers), fresh: found.window }
}

export const sessionRoutes: RouteTable = {
  listIdentitySessions: (exchange: Exchange): Answer =>
    pageAnswer(exchange, listIdentitySessions(exchange.world, { id: exchange.param('id'), query: exchange.query })),
}
