import { toPaddedBase64 } from '../../go/base64.ts'
import type { Credential } from '../../model/identity.ts'
import { configurationOf } from './factors.ts'

const userHandle = (id: string): string =>
  toPaddedBase64(
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
  if (credential.type !== 'webauthn' || credential.version > 0 || !/^\{|^$/.test(credential.config)) return credential
  const text = credential.config || '{}'
  const { credentials, user_handle, ...config } = JSON.parse(text) as Readonly<Record<string, unknown>>
  const keys = configurationOf(credential).credentials.map((key) => ({
    ...key,
    is_passwordless: key.is_passwordless ?? false,
  }))
  const settled = {
    ...config,
    ...(credentials === undefined ? {} : { credentials: keys }),
    user_handle: user_handle || userHandle(identityId),
  }
  return { ...credential, version: 1, config: JSON.stringify(settled) }
}
