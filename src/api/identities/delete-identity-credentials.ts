import { textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Credential, Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'
import { configurationOf, firstFactors } from './factors.ts'
import { existingIdentity, locateIdentity } from './get-identity.ts'
import { workOf } from './identity-work.ts'
import { providerId } from './providers.ts'
import { revokeDeviceKey } from './revoke-device-key.ts'
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
  if (!has.firstFactorsStay && firstFactors(identity) < 2)
    throw refuse('You cannot remove the last first factor credential.')
  return type === 'password' ? { ...credential, config: '{}' } : withoutProvider(credential, identifier, isOld)
}

/** `DELETE /admin/identities/{id}/credentials/{type}` (identity/handler.go:1206-1266). */
export const deleteIdentityCredentials = (
  world: World,
  input: { readonly id: Bytes; readonly type: Bytes; readonly identifier: Bytes },
): void => {
  const type = textOf(input.type)
  const isDevice = type === 'deviceauthn' && world.profile.knows('next')
  if (isDevice && input.identifier === '') throw refuse(UNIDENTIFIED)
  const identity = locateIdentity(world, input.id)
  if (isDevice) return revokeDeviceKey(world, identity, textOf(input.identifier))
  const credential = identity.credentials.find((one) => one.type === type)
  if (credential === undefined) throw refuse(`You tried to remove a ${type} but this user have no ${type} set up.`, 404)
  const left = remainder(world, identity, credential, textOf(input.identifier))
  const work = workOf(identity, '')
  if (left === undefined) work.credentials.delete(type)
  else work.credentials.set(type, { ...left })
  // What the traits make a credential of comes back.
  reviseIdentity(world, identity, work)
}

/** `DELETE /admin/identities/{id}` (identity/handler.go): with all that is the identity's. */
export const deleteIdentity = (world: World, id: Bytes): void => {
  const identity = existingIdentity(world, id)
  world.store.write((draft) => draft.deleteIdentity(identity.id))
}
