import { textOf } from '../../go/bytes.ts'
import type { Answer } from '../../model/answer.ts'
import { KratosError } from '../../model/errors.ts'
import type { HeaderList } from '../../model/headers.ts'
import type { Device, Session } from '../../model/session.ts'
import type { Micros } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import type { Exchange } from '../exchange.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside } from '../identities/read-identity.ts'
import { jsonAnswer, lasting } from '../json.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { assured, checkAssurance } from './assurance.ts'
import { callerToken, cookieFlaw, sessionCookie } from './caller-token.ts'
import { callerOf, type Caller } from './caller.ts'
import { validityOf } from './liveness.ts'
import { issuedCookie } from './session-cookie.ts'
import { identityMember, sessionJson } from './session-json.ts'

const addressOf = ({ ip_address, user_agent }: Device): string => `${ip_address ?? ''}\0${user_agent ?? ''}`

/** The devices of one session as the database finds them. */
const devicesOf = (world: World, { devices }: Session): readonly Device[] =>
  devices.length > 1 && world.database?.hasDevicesByAddress === true
    ? devices.toSorted((a, b) => {
        const [x, y] = [addressOf(a), addressOf(b)]
        return x < y ? -1 : x > y ? 1 : 0
      })
    : devices

/** How long Ory's edge may keep an answer: as long as the session lasts, and no longer than `most`, unless that is 0. */
const cached = (left: Micros, most: Micros): HeaderList => [
  'Ory-Session-Cache-For',
  String(Math.round((most > 0 ? Math.min(left, most) : left) / 1e6)),
]

/** Where whoami is cached, the answer to a request without credentials is, too, for a minute. */
const cachedRefusal = ({ selfService }: World, token: string | undefined): HeaderList | undefined =>
  selfService.cacheFor === undefined || token !== undefined ? undefined : ['Ory-Session-Cache-For', '60']

/** A cookie that lasts less long than its session is given anew (session/manager_http.go RefreshCookie). */
const renewed = (exchange: Exchange, session: Session): HeaderList => {
  const { world } = exchange
  const token = sessionCookie(exchange)
  const until = token && world.store.tables.tokens.get({ token })?.cookieUntil
  return world.profile.hasDatabase && until && until < session.expires
    ? ['Set-Cookie', issuedCookie(world, session)]
    : []
}

/** @param jwt the session as one, where that was asked for. */
const printed = (exchange: Exchange, { session, identity }: Caller, jwt?: string): Answer => {
  const { world } = exchange
  const now = world.clock.now()
  const { cacheFor } = world.selfService
  const headers = [
    'X-Kratos-Authenticated-Identity-Id',
    identity.id,
    ...(cacheFor === undefined || jwt !== undefined ? [] : cached(session.expires - now, cacheFor)),
  ]
  checkInside(world, identity, false, () => headers)
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
    identity: identityMember(inside),
    devices: session.devices.length > 0 ? devicesOf(world, session) : null,
    ...(jwt === undefined ? {} : { tokenized: jwt }),
  })
  const cookie = renewed(exchange, session)
  const answer = jsonAnswer(body, [...headers, ...cookie])
  // A token says when it was made.
  const isLasting = cacheFor === undefined && jwt === undefined && cookie.length === 0
  return isLasting ? lasting(answer, validityOf([session], now)) : answer
}

const tokenized = async (exchange: Exchange, caller: Caller, template: string): Promise<Answer> => {
  const { tokenize } = await import('./tokenize.ts')
  return printed(exchange, caller, await tokenize(exchange.world, template, caller))
}

/**
 * `GET /sessions/whoami` (session/handler.go:217-251): the token, then the second factor, then the template.
 * @throws KratosError 401, 403, or 400 for a template that is not configured (driver/config/config.go TokenizeTemplate).
 */
export const toSession = (exchange: Exchange): Answer | Promise<Answer> => {
  const { world, query } = exchange
  const token = callerToken(exchange)
  const template = textOf(query.get('tokenize_as'))
  const reason = 'No valid session credentials found in the request.'
  const refusing = { reason, mayBeInactive: false, headers: cachedRefusal(world, token) }
  const caller = assured(world, callerOf(world, token, refusing))
  checkAssurance(world, caller)
  if (template === '') return printed(exchange, caller)
  if (!Object.hasOwn(world.selfService.tokenTemplates, template))
    throw new KratosError(400, { reason: `Unable to find tokenizer template "${template}".` })
  return tokenized(exchange, caller, template)
}
