import type { Session } from '../../model/session.ts'
import type { Expand } from './expand.ts'
import { listIdentitySessions } from './list-identity-sessions.ts'
import { validityOf } from './identity-sessions.ts'
import { listSessions } from './list-sessions.ts'
import { isActive } from './liveness.ts'
import { manageSessions } from './manage-sessions.ts'
import { deleteIdentitySessions, disableSession, extendSession, getSession } from './one-session.ts'
import { encodeSessionKey, firstSessionToken } from './session-token.ts'
import type { Answer } from '../../model/answer.ts'
import type { Exchange } from '../exchange.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside } from '../identities/readable.ts'
import { jsonAnswer, lasting, noContent } from '../json.ts'
import { linkTo } from '../paging/link.ts'
import type { RouteTable } from '../route-table.ts'
import { sessionJson } from './session-json.ts'
import { sessionPageAnswer } from './session-page.ts'

/** A session with what was asked for; addresses only where Kratos loads one identity by itself. */
const expanded = (
  { world }: Exchange,
  session: Session,
  expand: Expand,
  parts: { addresses: boolean; devices: null | []; asPublic?: boolean; headers?: Readonly<Record<string, string>> },
): string => {
  const forAdmin = !world.profile.has.adminSessionsAsPublic && parts.asPublic !== true
  const identity = expand.identity ? world.store.tables.identities.get({ id: session.identity_id }) : undefined
  if (identity !== undefined) checkInside(world, identity, !parts.addresses, parts.headers)
  const inside =
    identity &&
    identityJson(identity, {
      schemaUrl: schemaUrl(world, identity.schema_id),
      addresses: parts.addresses,
      metadataAdmin: forAdmin,
    })
  return sessionJson(world, session, {
    forAdmin,
    active: isActive(session, identity, world.clock.now()),
    ...(inside === undefined ? {} : { identity: inside }),
    devices: expand.devices && (session.devices.length > 0 || parts.devices !== null) ? session.devices : parts.devices,
  })
}

const listed = (exchange: Exchange): Answer => {
  const { sessions, expand, size, next, total, validity } = listSessions(exchange.world, exchange.query)
  const page_size = String(size)
  const links = [linkTo(exchange, 'first', { page_size, page_token: firstSessionToken })]
  if (next !== undefined) links.push(linkTo(exchange, 'next', { page_size, page_token: encodeSessionKey(next) }))
  const count = total === undefined ? {} : { 'X-Total-Count': String(total) }
  const headers = { Link: links.join(','), ...count }
  const items = sessions.map((session) =>
    expanded(exchange, session, expand, { addresses: false, devices: null, headers }),
  )
  const answer = jsonAnswer(`[${items.join(',')}]`, headers)
  return validity === undefined ? answer : lasting(answer, validity)
}

export const sessionRoutes: RouteTable = {
  listIdentitySessions: (exchange) =>
    sessionPageAnswer(
      exchange,
      listIdentitySessions(exchange.world, { id: exchange.param('id'), query: exchange.query }),
      'admin',
    ),
  deleteIdentitySessions: (exchange) => {
    deleteIdentitySessions(exchange.world, exchange.param('id'))
    return noContent(false)
  },
  listSessions: listed,
  manageSessions,
  getSession: (exchange) => {
    const input = { id: exchange.param('id'), expand: exchange.query.all('expand') }
    const { session, expand } = getSession(exchange.world, input)
    const answer = jsonAnswer(expanded(exchange, session, expand, { addresses: true, devices: [] }))
    return lasting(answer, validityOf([session], exchange.world.clock.now()))
  },
  disableSession: (exchange) => {
    disableSession(exchange.world, exchange.param('id'))
    return noContent(true)
  },
  extendSession: (exchange) => {
    const session = extendSession(exchange.world, exchange.param('id'))
    if (exchange.world.selfService.extendsFaster) return noContent(false)
    return jsonAnswer(
      expanded(
        exchange,
        session,
        { identity: true, devices: false },
        { addresses: true, devices: [], asPublic: exchange.world.profile.has.extendedAsPublic },
      ),
    )
  },
}
