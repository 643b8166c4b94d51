import type { Credential, Identity } from '../../model/identity.ts'

interface Configuration {
  readonly hashed_password?: string
  readonly providers?:
    | readonly { readonly provider?: string; readonly subject?: string; readonly organization?: string }[]
    | null
  readonly credentials?: readonly { readonly is_passwordless?: boolean }[] | null
  readonly totp_url?: string
  readonly recovery_codes?: readonly unknown[] | null
}

/** A credential's configuration as an object; Kratos keeps it as text. */
export const configurationOf = ({ config }: Credential): Configuration =>
  config === '' ? {} : (JSON.parse(config) as Configuration)

const countOf = (credential: Credential): number => {
  const { type, identifiers } = credential
  const { hashed_password, providers, credentials } = configurationOf(credential)
  if (type === 'password') return identifiers.length > 0 && Boolean(hashed_password) ? 1 : 0
  if (type === 'oidc') {
    return (providers ?? []).filter(
      ({ provider, subject, organization }) => !organization && identifiers.includes(`${provider}:${subject}`),
    ).length
  }
  if (type === 'webauthn') return (credentials ?? []).filter((key) => key.is_passwordless === true).length
  return type === 'passkey' ? (credentials ?? []).length : 0
}

/** How many ways an identity has to sign in (identity/pool.go, CountActiveFirstFactorCredentials). */
export const firstFactors = (identity: Identity): number =>
  identity.credentials.reduce((sum, one) => sum + countOf(one), 0)

/** How many second factors an identity has set up (CountActiveMultiFactorCredentials). */
export const secondFactors = (identity: Identity): number =>
  identity.credentials.filter((credential) => {
    const { totp_url, recovery_codes, credentials } = configurationOf(credential)
    if (credential.type === 'totp') return Boolean(totp_url)
    if (credential.type === 'lookup_secret') return (recovery_codes ?? []).length > 0
    return credential.type === 'webauthn' && (credentials ?? []).some((key) => key.is_passwordless !== true)
  }).length
