import type { Credential, Identity } from '../../model/identity.ts'
import { isObject } from '../../model/json.ts'
import type { World } from '../../world/world.ts'
import { providerId } from './providers.ts'

/** A key of WebAuthn. */
export interface Key {
  readonly is_passwordless?: boolean
}

/** What of a credential's configuration is looked at; a client may have written anything else there. */
export interface Configuration {
  readonly [name: string]: unknown
  readonly providers: readonly Readonly<Record<string, unknown>>[]
  readonly credentials: readonly Key[]
}

const objectsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : []

/** A credential's configuration as an object; Kratos keeps it as text. */
export const configurationOf = ({ config }: Pick<Credential, 'config'>): Configuration => {
  const value: unknown = config === '' ? {} : JSON.parse(config)
  const known = isObject(value) ? value : {}
  return { ...known, providers: objectsIn(known['providers']), credentials: objectsIn(known['credentials']) }
}

/** The sign-ins that a credential's identifiers name, cut at their first colon: none of a provider that has one. */
const namedSignIns = ({ identifiers }: Credential, { providers }: Configuration): number =>
  providers.filter(
    ({ provider, subject, organization }) =>
      !organization &&
      Boolean(provider) &&
      Boolean(subject) &&
      !String(provider).includes(':') &&
      identifiers.includes(providerId({ provider, subject })),
  ).length

const countOf = (credential: Credential): number => {
  const { type, identifiers } = credential
  const configuration = configurationOf(credential)
  const { hashed_password, password, credentials } = configuration
  if (type === 'password') return identifiers.length > 0 && Boolean(hashed_password ?? password) ? 1 : 0
  if (type === 'oidc') return namedSignIns(credential, configuration)
  // Who signs in without a password is looked up by an identifier.
  if (type === 'webauthn')
    return identifiers.length === 0 ? 0 : credentials.filter((key) => key.is_passwordless === true).length
  return type === 'passkey' ? credentials.length : 0
}

/** How many ways an identity has to sign in (identity/pool.go, CountActiveFirstFactorCredentials). */
export const firstFactors = ({ selfService }: World, identity: Identity): number =>
  identity.credentials.reduce((sum, one) => sum + countOf(one), selfService.code.counts ? 1 : 0)

/** How many second factors an identity has set up (CountActiveMultiFactorCredentials). */
export const secondFactors = (identity: Pick<Identity, 'credentials'>): number =>
  identity.credentials.filter((credential) => {
    const { totp_url, recovery_codes, credentials } = configurationOf(credential)
    if (credential.type === 'totp') return Boolean(totp_url)
    if (credential.type === 'lookup_secret') return Array.isArray(recovery_codes) && recovery_codes.length > 0
    return credential.type === 'webauthn' && credentials.some((key) => key.is_passwordless !== true)
  }).length
