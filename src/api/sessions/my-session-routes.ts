import { checkAssurance } from './assurance.ts'
import { callerOf, disableMyOtherSessions, disableMySession, listMySessions, type Caller } from './my-sessions.ts'
import { toSession } from './to-session.ts'
import type { Answer } from '../../model/answer.ts'
import { callerToken, cookieFlaw } from './caller-token.ts'
import { KratosError } from '../../model/errors.ts'
import type { Exchange } from '../exchange.ts'
import { validityOf } from './identity-sessions.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { identityJson } from '../identities/identity-json.ts'
import { jsonAnswer, lasting, noContent } from '../json.ts'
import type { RouteTable } from '../route-table.ts'
import { sessionJson } from './session-json.ts'
import { sessionPageAnswer } from './session-page.ts'

const caller = (exchange: Exchange): Caller =>
  callerOf(exchange.world, callerToken(exchange), 'No valid session cookie found.')

const whoami = (exchange: Exchange): Answer => {
  const { world, query } = exchange
  const asking = { token: callerToken(exchange), tokenizeAs: query.get('tokenize_as') }
  const { session, identity } = toSession(world, asking)
  const whose = { 'X-Kratos-Authenticated-Identity-Id': identity.id }
  // Kratos looks whether the cookie is to be renewed.
  const flaw = world.profile.has.internalErrors ? cookieFlaw(exchange) : undefined
  if (flaw !== undefined) throw new KratosError(500, { message: flaw, headers: whose })
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
  const answer = jsonAnswer(body, whose)
  return lasting(answer, validityOf([session], world.clock.now()))
}

export const mySessionRoutes: RouteTable = {
  toSession: whoami,
  listMySessions: (exchange) => {
    const { world, query } = exchange
    const asking = caller(exchange)
    if (!world.profile.has.mySessionsNeedNoAal2) checkAssurance(world, asking)
    return sessionPageAnswer(exchange, listMySessions(world, asking, query))
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
