import {
  decodeGo,
  goBool,
  goBytes,
  goInteger,
  goPointer,
  goSlice,
  goStruct,
  goText,
  type GoType,
} from '../../go/json-decode.ts'
import { goTime, ZERO_TIME } from '../../go/json-values.ts'
import { parseWhole } from '../../go/json-parse.ts'
import type { JsonText } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'

/** A key of WebAuthn or a passkey as a body or a configuration has it; bytes are base64, null where there are none. */
export interface KeyBody {
  readonly id: string | null
  readonly public_key: string | null
  readonly attestation_type: string
  readonly authenticator: object | null
  readonly display_name: string
  readonly added_at: string
  readonly is_passwordless: boolean
  readonly flags: object | null
  readonly transport: readonly string[] | null
  readonly attestation: object | null
}

export interface KeysBody {
  readonly credentials: readonly KeyBody[] | null
  readonly user_handle: string | null
}

/** A code that signs in once; the zero time where it was not used. */
export interface CodeBody {
  readonly code: string
  readonly used_at: string
}

const key: GoType<KeyBody> = goStruct<KeyBody>('identity.CredentialWebAuthn', {
  id: goBytes,
  public_key: goBytes,
  attestation_type: goText(),
  authenticator: goPointer<object>(
    goStruct('identity.AuthenticatorWebAuthn', {
      aaguid: goBytes,
      sign_count: goInteger('uint32', 0, 2 ** 32 - 1),
      clone_warning: goBool,
    }),
  ),
  display_name: goText(),
  added_at: goTime,
  is_passwordless: goBool,
  flags: goPointer<object>(
    goStruct('identity.CredentialWebAuthnFlags', {
      user_present: goBool,
      user_verified: goBool,
      backup_eligible: goBool,
      backup_state: goBool,
    }),
  ),
  transport: goSlice(goText('protocol.AuthenticatorTransport')),
  attestation: goPointer<object>(
    goStruct('identity.CredentialWebAuthnAttestation', {
      client_dataJSON: goBytes,
      client_data_hash: goBytes,
      authenticator_data: goBytes,
      public_key_algorithm: goInteger('int64', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      object: goBytes,
    }),
  ),
})

const keys = { credentials: goSlice(key, 'identity.CredentialsWebAuthn'), user_handle: goBytes }
export const storedKeys: GoType<KeysBody> = goStruct<KeysBody>('identity.CredentialsWebAuthnConfig', keys)

export const keysBody = (name: 'WebAuthn' | 'Passkey'): GoType<KeysBody> =>
  goStruct<KeysBody>(`identity.AdminIdentityImportCredentials${name}Config`, keys)

const code = goStruct<CodeBody>('identity.RecoveryCode', { code: goText(), used_at: goTime })

export const codesBody: GoType<{ readonly codes: readonly CodeBody[] | null }> = goStruct(
  'identity.AdminIdentityImportCredentialsLookupSecretConfig',
  { codes: goSlice(code) },
)

export const totpBody: GoType<{ readonly totp_url: string }> = goStruct(
  'identity.AdminIdentityImportCredentialsTOTPConfig',
  { totp_url: goText() },
)

export const storedCodes: GoType<{ readonly recovery_codes: readonly CodeBody[] | null }> = goStruct(
  'identity.CredentialsLookupConfig',
  { recovery_codes: goSlice(code) },
)

/** The keys inside a configuration. @throws GoJsonError */
export const keysOf = (config: JsonText): KeysBody => decodeGo(storedKeys, parseWhole(config))

/** The codes inside a configuration. @throws GoJsonError */
export const codesOf = (config: JsonText): readonly CodeBody[] | null =>
  decodeGo(storedCodes, parseWhole(config)).recovery_codes

/** A configuration that holds keys, in Go's words: what is empty is left out. */
export const keysConfig = ({ credentials, user_handle }: KeysBody): JsonText =>
  goJson({
    credentials:
      credentials?.map((one) => ({
        id: one.id,
        public_key: one.public_key,
        attestation_type: one.attestation_type,
        ...(one.authenticator === null ? {} : { authenticator: one.authenticator }),
        display_name: one.display_name,
        added_at: one.added_at,
        is_passwordless: one.is_passwordless,
        ...(one.flags === null ? {} : { flags: one.flags }),
        ...((one.transport ?? []).length === 0 ? {} : { transport: one.transport }),
        ...(one.attestation === null ? {} : { attestation: one.attestation }),
      })) ?? null,
    user_handle,
  })

/** A configuration that holds codes. */
export const codesConfig = (codes: readonly CodeBody[] | null): JsonText =>
  goJson({
    recovery_codes:
      codes?.map(({ code: text, used_at }) => ({ code: text, used_at: used_at === ZERO_TIME ? null : used_at })) ??
      null,
  })
