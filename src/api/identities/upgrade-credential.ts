import { toPaddedBase64 } from '../../go/base64.ts'
import type { Credential } from '../../model/identity.ts'
import type { Profile } from '../../profiles/profile.ts'
import { normalIdentifier } from './credential-types.ts'
import { configurationOf, type Key } from './factors.ts'

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
 * A credential as Kratos reads it back: a password's identifiers folded, where that is what the release does;
 * WebAuthn's first version lacks the user's handle, and whether a key
 * signs in without a password (identity/credentials_webauthn_migrate.go).
 */
export const upgraded = (profile: Profile, identityId: string, credential: Credential): Credential => {
  if (credential.type === 'password' && credential.version === 0 && profile.has.identifiersFolded) {
    const identifiers = credential.identifiers.map((one) => normalIdentifier('password', one, profile))
    return { ...credential, version: 1, identifiers: [...new Set(identifiers)].sort() }
  }
  if (credential.type !== 'webauthn' || credential.version > 0 || !/^\{|^$/.test(credential.config)) return credential
  const text = credential.config || '{}'
  const { credentials, user_handle, ...config } = JSON.parse(text) as Readonly<Record<string, unknown>>
  // gjson goes once over what is null.
  const there: readonly Key[] = credentials === null ? [{}] : configurationOf(credential).credentials
  const keys = there.map((key) => ({ ...key, is_passwordless: key.is_passwordless ?? false }))
  const settled = {
    ...config,
    ...(credentials === undefined ? {} : { credentials: keys }),
    user_handle: user_handle || userHandle(identityId),
  }
  return { ...credential, version: 1, config: JSON.stringify(settled) }
}
