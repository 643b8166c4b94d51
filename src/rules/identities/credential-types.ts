import { textOf, type Bytes } from '../../model/bytes.ts'
import { KratosError } from '../../model/errors.ts'

/** The types that Kratos' admin API names (identity/credentials.go). */
export const credentialTypes: readonly string[] = [
  'password',
  'oidc',
  'saml',
  'totp',
  'lookup_secret',
  'webauthn',
  'code',
  'link_recovery',
  'code_recovery',
  'passkey',
]

/** An identifier as Kratos compares it: trimmed and in lower case, but for those of other providers. */
export const normalIdentifier = (type: string, identifier: string): string =>
  type === 'oidc' || type === 'saml' ? identifier : identifier.trim().toLowerCase()

/** Reads `include_credential`. @throws KratosError 400; `shown` says what its reason prints. */
export const parseIncluded = (
  values: readonly Bytes[],
  shown: (bad: string, before: readonly string[]) => string,
): readonly string[] => {
  for (const [n, value] of values.entries()) {
    if (credentialTypes.includes(value)) continue
    throw new KratosError(400, {
      reason: `Invalid value \`${shown(textOf(value), values.slice(0, n))}\` for parameter \`include_credential\`.`,
    })
  }
  return values
}
