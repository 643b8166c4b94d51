import type { SessionPage } from '../rules/sessions/list-identity-sessions.ts'
import { isActive } from '../rules/sessions/liveness.ts'
import type { Answer } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { schemaUrl } from '../rules/schemas/identity-schema.ts'
import { identityJson } from '../model/identity-json.ts'
import { jsonAnswer } from './json.ts'
import { offsetLink } from './link.ts'
import { sessionJson } from '../rules/sessions/session-json.ts'

/** A page of one identity's sessions, each with the bare identity inside. */
export const sessionPageAnswer = (exchange: Exchange, found: SessionPage): Answer => {
  const { world } = exchange
  const { identity, sessions, now } = found
  const bare = world.profile.has.listedSessionsBare
  const url = identity === undefined || bare ? '' : schemaUrl(world, identity.schema_id)
  const inside = identity && identityJson(identity, { schemaUrl: url, addresses: false, metadataAdmin: false })
  const items = sessions.map((session) =>
    sessionJson(world, session, {
      active: isActive(session, identity, now),
      ...(inside === undefined ? {} : { identity: inside }),
      devices: bare && session.devices.length === 0 ? null : session.devices,
    }),
  )
  const headers = { Link: offsetLink(exchange, found.page, found.total), 'X-Total-Count': String(found.total) }
  return { ...jsonAnswer(`[${items.join(',')}]`, headers), fresh: found.window }
}
