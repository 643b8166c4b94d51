import { textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'

/** The types that Kratos' admin API names (identity/credentials.go). */
export const credentialTypes = [
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
] as const

/** Whether it is one of those types. */
export const isCredentialType = (type: string): boolean => credentialTypes.some((known) => known === type)

/** What a person types in is compared without case and space around it (persister_identity.go NormalizeIdentifier). */
const typedIn: readonly string[] = ['password', 'code', 'webauthn']

/** An identifier as Kratos stores it. */
export const normalIdentifier = (type: string, identifier: string): string =>
  typedIn.includes(type) ? identifier.trim().toLowerCase() : identifier

/** Reads `include_credential`. @throws KratosError 400; `shown` says what its reason prints. */
export const parseIncluded = (
  values: readonly Bytes[],
  shown: (bad: string, before: readonly string[]) => string,
): readonly string[] => {
  for (const [n, value] of values.entries()) {
    if (isCredentialType(value)) continue
    throw new KratosError(400, {
      reason: `Invalid value \`${shown(textOf(value), values.slice(0, n))}\` for parameter \`include_credential\`.`,
    })
  }
  return values
}
