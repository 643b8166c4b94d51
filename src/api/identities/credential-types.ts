import { textOf, type Bytes } from '../../go/bytes.ts'
import { goLower, goTrim } from '../../go/letters.ts'
import { KratosError } from '../../model/errors.ts'
import { normalText } from '../../jsonschema/normalize.ts'
import { loadPhones } from '../../jsonschema/phone.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { Release } from '../../profiles/quirk.ts'

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
  'deviceauthn',
] as const

/** Since when there are those that were not always there. */
const SINCE: Readonly<Record<string, Release>> = { saml: 'v25.4.0', deviceauthn: 'next' }

/** Whether a release names a type. */
export const isCredentialType = (type: string, profile: Profile): boolean => {
  const since = SINCE[type]
  return credentialTypes.some((known) => known === type) && (since === undefined || profile.knows(since))
}

/** What a person types in is compared without case and space around it (persister_identity.go NormalizeIdentifier). */
const typedIn: readonly string[] = ['password', 'code', 'webauthn']

/** Loads what `normalTyped` needs: where identifiers are folded, any of them may be a phone number. */
export const loadForProfile = async ({ has }: Profile): Promise<void> => {
  if (has.identifiersFolded) await loadPhones()
}

/** What a person types in, such as an address, as Kratos stores it. */
export const normalTyped = (text: string, { has }: Profile): string =>
  has.identifiersFolded ? normalText(text) : goLower(goTrim(text))

/** An identifier as Kratos stores it. */
export const normalIdentifier = (type: string, identifier: string, profile: Profile): string =>
  typedIn.includes(type) ? normalTyped(identifier, profile) : identifier

/** Reads `include_credential`. @throws KratosError 400; `shown` says what its reason prints. */
export const parseIncluded = (
  profile: Profile,
  values: readonly Bytes[],
  shown: (bad: string, before: readonly string[]) => string,
): readonly string[] => {
  for (const [n, value] of values.entries()) {
    if (isCredentialType(value, profile)) continue
    throw new KratosError(400, {
      reason: `Invalid value \`${shown(textOf(value), values.slice(0, n))}\` for parameter \`include_credential\`.`,
    })
  }
  return values
}
