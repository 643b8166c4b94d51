import { isObject } from '../../model/json.ts'
import { KratosError, notLocated } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { configurationOf } from './factors.ts'

/**
 * Takes one key of a device away (identity/handler.go deleteDeviceAuthnKey); without keys the credential stays, empty.
 * @throws KratosError 404 where the identity has no such credential, or the credential no such key.
 */
export const revokeDeviceKey = (world: World, identity: Identity, identifier: string): void => {
  const credential = identity.credentials.find(({ type }) => type === 'deviceauthn')
  if (credential === undefined) throw notLocated()
  const { providers: _, credentials: __, ...rest } = configurationOf(credential)
  const keys = (configurationOf(credential).credentials as readonly unknown[]).filter(isObject)
  const left = keys.filter((key) => key['client_key_id'] !== identifier)
  if (left.length === keys.length) {
    const reason = `The identifier \`${identifier}\` was not found among deviceauthn credentials.`
    throw new KratosError(404, { reason })
  }
  const revised = {
    ...credential,
    config: JSON.stringify({ ...rest, credentials: left }),
    identifiers: left.map((key) => String(key['client_key_id'])).toSorted(),
    updated_at: formatTime(world.clock.now()),
  }
  const credentials = identity.credentials.map((one) => (one === credential ? revised : one))
  world.store.write((draft) => draft.putIdentity({ ...identity, credentials }))
}
