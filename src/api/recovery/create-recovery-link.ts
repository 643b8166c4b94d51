import { goStruct, type GoType } from '../../go/json-decode.ts'
import { KratosError } from '../../model/errors.ts'
import { readRequest } from '../body.ts'
import { jsonAnswer } from '../json.ts'
import type { Route } from '../exchange.ts'
import {
  checkEnabled,
  checkReturn,
  expiryOf,
  identityExists,
  lifespanOf,
  recoveryFields,
  type Plant,
} from './recovery.ts'

/** `createRecoveryLinkForIdentityBody` of the reference. */
interface LinkBody {
  readonly identity_id: string
  readonly expires_in: string
}

const linkBody: GoType<LinkBody> = goStruct('link.createRecoveryLinkForIdentityBody', recoveryFields)

/** `POST /admin/recovery/link` (selfservice/strategy/link/strategy_recovery.go). */
export const createRecoveryLinkForIdentity =
  (plant: Plant): Route =>
  async (exchange) => {
    const { world } = exchange
    checkEnabled(world, 'link')
    const body = await readRequest(exchange, linkBody)
    const nanos = lifespanOf(
      'link',
      world,
      body.expires_in,
      () => `Value from "expires_in" must be result to a future time: ${body.expires_in}`,
    )
    checkReturn(exchange)
    if (!identityExists(world, body.identity_id))
      throw new KratosError(400, { reason: 'The requested identity id does not exist.' })
    const id = world.random.uuid()
    const secret = world.random.alphanumeric(32)
    const recovery_link = `${world.origins.public}/self-service/recovery?flow=${id}&token=${secret}`
    const { expires, expires_at } = expiryOf(world, nanos)
    await plant(exchange, { id, type: 'browser', secret, identityId: body.identity_id, kind: 'link', expires })
    // Kratos leaves the `&` of these links as it is.
    return jsonAnswer(JSON.stringify({ recovery_link, expires_at }))
  }
