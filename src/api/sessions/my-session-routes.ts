import { assured, checkAssurance } from './assurance.ts'
import { disableMyOtherSessions, disableMySession, listMySessions, managerOf, type Caller } from './my-sessions.ts'
import { toSession } from './to-session.ts'
import type { Device, Session } from '../../model/session.ts'
import type { Micros } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import type { Answer } from '../../model/answer.ts'
import { callerToken, cookieFlaw } from './caller-token.ts'
import { KratosError } from '../../model/errors.ts'
import { textOf } from '../../go/bytes.ts'
import type { Exchange } from '../exchange.ts'
import { validityOf } from './identity-sessions.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside } from '../identities/readable.ts'
import { jsonAnswer, lasting, noContent } from '../json.ts'
import type { RouteTable } from '../route-table.ts'
import { sessionJson } from './session-json.ts'
import { sessionPageAnswer } from './session-page.ts'

const caller = (exchange: Exchange): Caller => managerOf(exchange.world, callerToken(exchange))

/** The devices of one session as the database finds them. */
const devicesOf = (world: World, { devices }: Session): readonly Device[] =>
  devices.length > 1 && world.database?.hasDevicesByAddress === true
    ? devices.toSorted((a, b) => {
        const [x, y] = [addressOf(a), addressOf(b)]
        return x < y ? -1 : x > y ? 1 : 0
      })
    : devices

const addressOf = ({ ip_address, user_agent }: Device): string => `${ip_address ?? ''}\0${user_agent ?? ''}`

const whoami = (exchange: Exchange): Answer | Promise<Answer> => {
  const { world, query } = exchange
  const tokenizeAs = query.get('tokenize_as')
  const asking = toSession(world, { token: callerToken(exchange), tokenizeAs })
  return tokenizeAs === '' ? shown(exchange, asking) : tokenized(exchange, asking, textOf(tokenizeAs))
}

const tokenized = async (exchange: Exchange, asking: Caller, template: string): Promise<Answer> => {
  const { tokenize } = await import('./tokenize.ts')
  return shown(exchange, asking, await tokenize(exchange.world, template, asking))
}

/** How long Ory's edge may keep an answer: as long as the session lasts, and no longer than `most`, unless that is 0. */
const cached = (left: Micros, most: Micros): Readonly<Record<string, string>> => ({
  'Ory-Session-Cache-For': String(Math.round((most > 0 ? Math.min(left, most) : left) / 1e6)),
})

const shown = (exchange: Exchange, { session, identity }: Caller, jwt?: string): Answer => {
  const { world } = exchange
  const now = world.clock.now()
  const { cacheFor } = world.selfService
  const headers = {
    'X-Kratos-Authenticated-Identity-Id': identity.id,
    ...(cacheFor === undefined || jwt !== undefined ? {} : cached(session.expires - now, cacheFor)),
  }
  checkInside(world, identity, false, headers)
  // Kratos looks whether the cookie is to be renewed.
  const flaw = world.profile.has.internalErrors ? cookieFlaw(exchange) : undefined
  if (flaw !== undefined) throw new KratosError(500, { message: flaw, headers })
  const inside = identityJson(identity, {
    schemaUrl: schemaUrl(world, identity.schema_id),
    addresses: true,
    metadataAdmin: false,
  })
  const body = sessionJson(world, session, {
    forAdmin: false,
    active: true,
    identity: inside,
    devices: session.devices.length > 0 ? devicesOf(world, session) : null,
    ...(jwt === undefined ? {} : { tokenized: jwt }),
  })
  const answer = jsonAnswer(body, headers)
  // A token says when it was made.
  const isLasting = cacheFor === undefined && jwt === undefined
  return isLasting ? lasting(answer, validityOf([session], now)) : answer
}

export const mySessionRoutes: RouteTable = {
  toSession: whoami,
  listMySessions: (exchange) => {
    const { world, query } = exchange
    const asking = caller(exchange)
    if (!world.profile.has.mySessionsNeedNoAal2) checkAssurance(world, assured(world, asking))
    return sessionPageAnswer(exchange, listMySessions(world, asking, query), 'public')
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
