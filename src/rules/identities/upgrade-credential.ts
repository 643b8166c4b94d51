import type { Credential } from '../../model/identity.ts'

interface WebAuthn {
  readonly credentials?: readonly { readonly is_passwordless?: boolean }[] | null
  readonly user_handle?: string
}

const userHandle = (id: string): string =>
  btoa(
    String.fromCharCode(
      ...id
        .replaceAll('-', '')
        .match(/../g)!
        .map((byte) => Number.parseInt(byte, 16)),
    ),
  )

/**
 * A credential as Kratos reads it back: WebAuthn's first version lacks the user's handle, and whether a key
 * signs in without a password (identity/credentials_webauthn_migrate.go).
 */
export const upgraded = (identityId: string, credential: Credential): Credential => {
  if (credential.type !== 'webauthn' || credential.version > 0) return credential
  const { user_handle, ...config } = JSON.parse(credential.config || '{}') as WebAuthn
  const keys = config.credentials?.map((key) => ({ ...key, is_passwordless: key.is_passwordless ?? false }))
  const settled = {
    ...config,
    ...(keys === undefined ? {} : { credentials: keys }),
    user_handle: user_handle || userHandle(identityId),
  }
  return { ...credential, version: 1, config: JSON.stringify(settled) }
}
