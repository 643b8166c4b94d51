import type { Identity } from '../model/identity.ts'

/**
 * What only one identity may hold: credential identifiers per type, addresses per channel, external ids
 * (the unique indexes of Kratos' SQL migrations). A claim's key is also how the holder is found.
 */
export interface Claim {
  readonly key: string
  readonly identity_id: string
}

export const claimKey = {
  identifier: (type: string, identifier: string): string => `identifier\0${type}\0${identifier}`,
  verifiable: (via: string, value: string): string => `verifiable\0${via}\0${value}`,
  recovery: (via: string, value: string): string => `recovery\0${via}\0${value}`,
  external: (externalId: string): string => `external\0${externalId}`,
}

export const claimsOf = (identity: Identity): string[] => [
  ...identity.credentials.flatMap(({ type, identifiers }) => identifiers.map((one) => claimKey.identifier(type, one))),
  ...identity.verifiable_addresses.map(({ via, value }) => claimKey.verifiable(via, value)),
  ...identity.recovery_addresses.map(({ via, value }) => claimKey.recovery(via, value)),
  ...(identity.external_id === null ? [] : [claimKey.external(identity.external_id)]),
]
