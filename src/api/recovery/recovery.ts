import { quote } from '../../go/bytes.ts'
import { parseGoDuration } from '../../go/duration.ts'
import { goText } from '../../go/json-decode.ts'
import { goUuid } from '../../go/json-values.ts'
import { KratosError, methodOff } from '../../model/errors.ts'
import { formatTime, type Micros } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import type { Exchange } from '../exchange.ts'
import { checkRead } from '../identities/read-identity.ts'

/** The flow that a code or a link leads to. */
export interface PlantedRecovery {
  readonly id: string
  readonly type: 'api' | 'browser'
  readonly identityId: string
  /** The code, or the token of the link. */
  readonly secret: string
  readonly kind: 'code' | 'link'
  readonly expires: Micros
}

/** Stores it. */
export type Plant = (exchange: Exchange, planted: PlantedRecovery) => Promise<void>

/** What both bodies hold. */
export const recoveryFields = { identity_id: goUuid, expires_in: goText() }

/** @throws KratosError 404 for a method that is off (selfservice/strategy/handler.go IsDisabled). */
export const checkEnabled = ({ selfService }: World, by: 'code' | 'link'): void => {
  if (!selfService[by].enabled) throw methodOff()
}

/** `expires_in` in nanoseconds. @param past says of one that is not in the future what Kratos does. */
export const lifespanOf = (
  by: 'code' | 'link',
  { profile, selfService }: World,
  expiresIn: string,
  past: (nanos: bigint) => string,
): bigint => {
  const nanos = expiresIn === '' ? BigInt(selfService[by].lifespan) * 1000n : parseGoDuration(expiresIn)
  if (nanos === undefined) {
    const how = profile.has.newWording
      ? 'as a duration string (e.g. "1h", "1m30s", "500ms")'
      : 'whose format should match "[0-9]+(ns|us|ms|s|m|h)" but did not'
    throw new KratosError(400, { reason: `Unable to parse "expires_in" ${how}: ${expiresIn}` })
  }
  if (nanos <= 0n) throw new KratosError(400, { reason: past(nanos) })
  return nanos
}

/** No address but Kratos' own may be returned to, as long as none is allowed. @throws KratosError 400 */
export const checkReturn = ({ world, query }: Exchange): void => {
  const returnTo = query.get('return_to')
  if (returnTo === '' || `${returnTo}/`.startsWith(`${world.origins.public}/`)) return
  throw new KratosError(400, {
    id: 'self_service_flow_return_to_forbidden',
    reason: `Requested return_to URL ${quote(returnTo)} is not allowed.`,
  })
}

export const identityExists = (world: World, id: string): boolean => {
  const identity = world.store.tables.identities.get({ id })
  if (identity !== undefined) checkRead(world, [identity], false)
  return identity !== undefined
}

/** When something expires that lasts so many nanoseconds from now. */
export const expiryOf = (world: World, nanos: bigint): { readonly expires: Micros; readonly expires_at: string } => {
  const expires = world.clock.now() + Number(nanos / 1000n)
  return { expires, expires_at: formatTime(expires) }
}
