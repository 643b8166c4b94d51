import type { SessionPage } from './list-identity-sessions.ts'
import { isActive } from './liveness.ts'
import type { Answer } from '../../model/answer.ts'
import type { Exchange } from '../exchange.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { identityJson } from '../identities/identity-json.ts'
import { jsonAnswer } from '../json.ts'
import { offsetLink } from '../paging/link.ts'
import { sessionJson } from './session-json.ts'

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
