import { textOf } from '../../go/bytes.ts'
import { KratosError, notLocated } from '../../model/errors.ts'
import { storedTime } from '../../databases/database.ts'
import type { Credential, Identity } from '../../model/identity.ts'
import { isObject } from '../../model/json.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { noContent } from '../json.ts'
import type { Route } from '../exchange.ts'
import { configurationOf, firstFactors } from './factors.ts'
import { workOf } from './identity-work.ts'
import { locateIdentity } from './read-identity.ts'
import { providerId } from './providers.ts'
import { reviseIdentity } from './revise-identity.ts'

const UNIDENTIFIED = 'You must provide an identifier to delete this credential.'

const refuse = (reason: string, code = 400): KratosError => new KratosError(code, { reason })

/** One provider less, of the providers that a person signs in with (identity.go deleteCredentialOIDCSAMLFromIdentity). */
const withoutProvider = (credential: Credential, identifier: string, isOld: boolean): Credential => {
  if (identifier === '') throw refuse(UNIDENTIFIED)
  const { credentials: _, ...config } = configurationOf(credential)
  const providers = config.providers.filter((one) => providerId(one) !== identifier)
  if (providers.length === config.providers.length)
    throw refuse(`The identifier \`${identifier}\` was not found among OIDC credentials.`, 404)
  return {
    ...credential,
    identifiers: providers.map(providerId).sort(),
    // Go marshals a slice that nothing was appended to as null; later releases make it before.
    config: JSON.stringify({ ...config, providers: isOld && providers.length === 0 ? null : providers }),
  }
}

/** Keys that are a second factor go; those that sign in without a password stay. */
const withoutSecondFactor = (credential: Credential): Credential | undefined => {
  const { providers: _, ...config } = configurationOf(credential)
  const credentials = config.credentials.filter((key) => key.is_passwordless === true)
  return credentials.length === 0 ? undefined : { ...credential, config: JSON.stringify({ ...config, credentials }) }
}

/** What is left of a credential: undefined when nothing is. */
const remainder = (
  world: World,
  identity: Identity,
  credential: Credential,
  identifier: string,
): Credential | undefined => {
  const { type } = credential
  const { has, knows } = world.profile
  const isOld = !knows('v25.4.0')
  if (type === 'lookup_secret' || type === 'totp') return undefined
  if (type === 'webauthn') return withoutSecondFactor(credential)
  if (has.firstFactorsStay && (type === 'password' || type === 'code'))
    throw refuse('You cannot remove first factor credentials.')
  if (type !== 'password' && type !== 'oidc' && (isOld || type !== 'saml'))
    throw refuse(isOld ? `Unknown credentials type ${type}.` : `Credentials type ${type} cannot be deleted.`)
  if (!has.firstFactorsStay && firstFactors(world, identity) < 2)
    throw refuse('You cannot remove the last first factor credential.')
  return type === 'password' ? { ...credential, config: '{}' } : withoutProvider(credential, identifier, isOld)
}

/**
 * Takes one key of a device away (identity/handler.go deleteDeviceAuthnKey); without keys the credential stays, empty.
 * @throws KratosError 404 where the identity has no such credential, or the credential no such key.
 */
const revokeDeviceKey = (world: World, identity: Identity, identifier: string): void => {
  const credential = identity.credentials.find(({ type }) => type === 'deviceauthn')
  if (credential === undefined) throw notLocated()
  const { providers: _, credentials: __, ...rest } = configurationOf(credential)
  const keys = (configurationOf(credential).credentials as readonly unknown[]).filter(isObject)
  const left = keys.filter((key) => key['client_key_id'] !== identifier)
  if (left.length === keys.length) {
    throw refuse(`The identifier \`${identifier}\` was not found among deviceauthn credentials.`, 404)
  }
  const now = formatTime(world.clock.now())
  const revised = {
    ...credential,
    config: JSON.stringify({ ...rest, credentials: left }),
    identifiers: left.map((key) => String(key['client_key_id'])).toSorted(),
    updated_at: storedTime(world.database, now),
  }
  const credentials = identity.credentials.map((one) => (one === credential ? revised : one))
  world.store.write((draft) => draft.putIdentity({ ...identity, credentials }))
}

/** `DELETE /admin/identities/{id}/credentials/{type}` (identity/handler.go:1206-1266). */
export const deleteIdentityCredentials: Route = (exchange) => {
  const { world, query } = exchange
  const type = textOf(exchange.param('type'))
  const identifier = textOf(query.get('identifier'))
  const isDevice = type === 'deviceauthn' && world.profile.knows('next')
  if (isDevice && identifier === '') throw refuse(UNIDENTIFIED)
  const identity = locateIdentity(world, exchange.param('id'))
  if (isDevice) {
    revokeDeviceKey(world, identity, identifier)
    return noContent(false)
  }
  const credential = identity.credentials.find((one) => one.type === type)
  if (credential === undefined) throw refuse(`You tried to remove a ${type} but this user have no ${type} set up.`, 404)
  const left = remainder(world, identity, credential, identifier)
  const work = workOf(identity, '')
  if (left === undefined) work.credentials.delete(type)
  else work.credentials.set(type, { ...left })
  // What the traits make a credential of comes back.
  reviseIdentity(world, identity, work)
  return noContent(false)
}
