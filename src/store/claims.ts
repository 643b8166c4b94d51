import type { Identity } from '../model/identity.ts'

/**
 * What only one identity may hold: credential identifiers per type, addresses per channel, external ids
 * (the unique indexes of Kratos' SQL migrations). A claim's key is also how the holder is found.
 */
export interface Claim {
  readonly key: string
  readonly identity_id: string
}

/** Joined, a key is one block of memory; concatenated it would keep its parts, and there are many. */
const joined = (...parts: readonly string[]): string => parts.join('\0')

export const claimKey = {
  identifier: (type: string, identifier: string): string => joined('identifier', type, identifier),
  verifiable: (via: string, value: string): string => joined('verifiable', via, value),
  recovery: (via: string, value: string): string => joined('recovery', via, value),
  external: (externalId: string): string => joined('external', externalId),
}

/** @param collate gives a text by which external ids and addresses are compared. */
export const claimsOf = (identity: Identity, collate: (text: string) => string): string[] => [
  ...identity.credentials.flatMap(({ type, identifiers }) => identifiers.map((one) => claimKey.identifier(type, one))),
  ...identity.verifiable_addresses.map(({ via, value }) => claimKey.verifiable(via, collate(value))),
  ...identity.recovery_addresses.map(({ via, value }) => claimKey.recovery(via, collate(value))),
  ...(identity.external_id === null ? [] : [claimKey.external(collate(identity.external_id))]),
]
