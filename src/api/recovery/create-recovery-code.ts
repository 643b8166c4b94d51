import { bytesOf, quote } from '../../go/bytes.ts'
import { goDurationText } from '../../go/duration.ts'
import { goPointer, goStruct, goText, type GoType } from '../../go/json-decode.ts'
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

/** `createRecoveryCodeForIdentityBody` of the reference. */
interface CodeBody {
  readonly identity_id: string
  readonly expires_in: string
  readonly flow_type: string | null
}

const codeBody: GoType<CodeBody> = goStruct('code.createRecoveryCodeForIdentityBody', {
  ...recoveryFields,
  flow_type: goPointer(goText('flow.Type')),
})

/** `POST /admin/recovery/code` (selfservice/strategy/code/strategy_recovery_admin.go): the code has six digits. */
export const createRecoveryCodeForIdentity =
  (plant: Plant): Route =>
  async (exchange) => {
    const { world } = exchange
    checkEnabled(world, 'code')
    const body = await readRequest(exchange, codeBody)
    const nanos = lifespanOf(
      'code',
      world,
      body.expires_in,
      (value) => `Value from "expires_in" must result to a future time: ${goDurationText(value)}`,
    )
    const type = body.flow_type ?? 'browser'
    if (type !== 'browser' && type !== 'api') {
      throw new KratosError(400, { reason: `Value from "flow_type" is not valid: ${quote(bytesOf(type))}` })
    }
    checkReturn(exchange)
    if (!identityExists(world, body.identity_id)) {
      throw new KratosError(404, { message: 'Unable to locate the resource', reason: 'could not find identity' })
    }
    const id = world.random.uuid()
    const code = String(world.random.integer(0, 999_999)).padStart(6, '0')
    const { uiUrl } = world.selfService.recovery
    const recovery_link = `${uiUrl}${uiUrl.includes('?') ? '&' : '?'}flow=${id}`
    const { expires, expires_at } = expiryOf(world, nanos)
    await plant(exchange, { id, type, secret: code, identityId: body.identity_id, kind: 'code', expires })
    // Kratos leaves the `&` of these links as it is.
    return jsonAnswer(JSON.stringify({ recovery_link, recovery_code: code, expires_at }), [], 201)
  }
