import { checkAssurance } from '../rules/sessions/assurance.ts'
import {
  callerOf,
  disableMyOtherSessions,
  disableMySession,
  listMySessions,
  type Caller,
} from '../rules/sessions/my-sessions.ts'
import type { Answer } from './answer.ts'
import { callerToken } from './caller-token.ts'
import type { Exchange } from './exchange.ts'
import { schemaUrl } from '../rules/schemas/identity-schema.ts'
import { identityJson } from '../model/identity-json.ts'
import { jsonAnswer, noContent } from './json.ts'
import type { RouteTable } from './route-table.ts'
import { sessionJson } from '../rules/sessions/session-json.ts'
import { sessionPageAnswer } from './session-page.ts'

const caller = (exchange: Exchange): Caller =>
  callerOf(exchange.world, callerToken(exchange), 'No valid session cookie found.')

const whoami = (exchange: Exchange): Answer => {
  const { world } = exchange
  const asking = callerOf(world, callerToken(exchange), 'No valid session credentials found in the request.')
  checkAssurance(world, asking)
  const { session, identity } = asking
  const inside = identityJson(identity, {
    schemaUrl: schemaUrl(world, identity.schema_id),
    addresses: true,
    metadataAdmin: false,
  })
  const body = sessionJson(world, session, {
    active: true,
    identity: inside,
    devices: session.devices.length > 0 ? session.devices : null,
  })
  return jsonAnswer(body, { 'X-Kratos-Authenticated-Identity-Id': identity.id })
}

export const mySessionRoutes: RouteTable = {
  toSession: whoami,
  listMySessions: (exchange) => {
    const { world, query } = exchange
    const asking = caller(exchange)
    if (!world.profile.has.mySessionsNeedNoAal2) checkAssurance(world, asking)
    const { fresh: _, ...answer } = sessionPageAnswer(exchange, listMySessions(world, asking, query))
    return answer
  },
  disableMySession: (exchange) => {
    // Kratos registers DELETE for an id alone, and its handler knows that `whoami` is none.
    if (exchange.param('id') === 'whoami') return whoami(exchange)
    disableMySession(exchange.world, caller(exchange), exchange.param('id'))
    return noContent(true)
  },
  disableMyOtherSessions: (exchange) =>
    jsonAnswer(JSON.stringify({ count: disableMyOtherSessions(exchange.world, caller(exchange)) })),
}
