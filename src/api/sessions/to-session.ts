import { textOf } from '../../go/bytes.ts'
import type { Answer } from '../../model/answer.ts'
import { KratosError } from '../../model/errors.ts'
import type { Device, Session } from '../../model/session.ts'
import type { World } from '../../world/world.ts'
import type { Exchange } from '../exchange.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside } from '../identities/readable.ts'
import { jsonAnswer, lasting } from '../json.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { assured, checkAssurance } from './assurance.ts'
import { callerOf, callerToken, type Caller } from './caller.ts'
import { validityOf } from './liveness.ts'
import { sessionJson } from './session-json.ts'

const addressOf = ({ ip_address, user_agent }: Device): string => `${ip_address ?? ''}\0${user_agent ?? ''}`

/** The devices of one session as the database finds them. */
const devicesOf = (world: World, { devices }: Session): readonly Device[] =>
  devices.length > 1 && world.database?.hasDevicesByAddress === true
    ? devices.toSorted((a, b) => {
        const [x, y] = [addressOf(a), addressOf(b)]
        return x < y ? -1 : x > y ? 1 : 0
      })
    : devices

/** @param jwt the session as one, where that was asked for. */
const printed = (world: World, { session, identity }: Caller, jwt?: string): Answer => {
  const headers = { 'X-Kratos-Authenticated-Identity-Id': identity.id }
  checkInside(world, identity, false, () => headers)
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
  return lasting(jsonAnswer(body, headers), validityOf([session], world.clock.now()))
}

const tokenized = async (world: World, caller: Caller, template: string): Promise<Answer> => {
  const { tokenize } = await import('./tokenize.ts')
  return printed(world, caller, await tokenize(world, template, caller))
}

/**
 * `GET /sessions/whoami` (session/handler.go:217-251): the token, then the second factor, then the template.
 * @throws KratosError 401, 403, or 400 for a template that is not configured (driver/config/config.go TokenizeTemplate).
 */
export const toSession = (exchange: Exchange): Answer | Promise<Answer> => {
  const { world, query } = exchange
  const template = textOf(query.get('tokenize_as'))
  const reason = 'No valid session credentials found in the request.'
  const caller = assured(world, callerOf(world, callerToken(exchange), { reason, mayBeInactive: false }))
  checkAssurance(world, caller)
  if (template === '') return printed(world, caller)
  if (!Object.hasOwn(world.selfService.tokenTemplates, template))
    throw new KratosError(400, { reason: `Unable to find tokenizer template "${template}".` })
  return tokenized(world, caller, template)
}
