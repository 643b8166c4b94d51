import { ZERO_TIME } from '../../go/json-values.ts'
import { escapeHtml } from '../../model/json.ts'
import type { Identity, JsonText, RecoveryAddress, VerifiableAddress } from '../../model/identity.ts'

/** JSON of what was decoded before: its U+FFFD is a letter like any other. */
const printed = (value: unknown): string => escapeHtml(JSON.stringify(value))

/** What a credential's JSON shows; `identifiers` are null where Go's slice is nil. */
export interface CredentialParts {
  readonly type: string
  readonly identifiers: readonly string[] | null
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

/** A credential as Go's encoder writes it (identity/credentials.go:163-188); an empty `config` is left out. */
export const credentialJson = (
  { type, identifiers, version, created_at, updated_at }: CredentialParts,
  config: JsonText,
): string =>
  `{"type":${printed(type)},"identifiers":${printed(identifiers)}` +
  (config === '' ? '' : `,"config":${escapeHtml(config)}`) +
  `,"version":${version},"created_at":"${created_at}","updated_at":"${updated_at}"}`

/** The `credentials` object by type, or undefined when there are none. */
export const credentialsObject = (all: readonly (readonly [type: string, json: string])[]): string | undefined =>
  all.length === 0
    ? undefined
    : `{${all
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([type, json]) => `${printed(type)}:${json}`)
        .join(',')}}`

/** What of an identity an answer shows. */
export interface IdentityParts {
  /** `''` where Kratos forgets to fill it in. */
  readonly schemaUrl: string
  readonly addresses: boolean
  readonly metadataAdmin: boolean
  /** The `credentials` object as JSON; absent, there is none. */
  readonly credentials?: string
}

const addressesJson = (name: string, addresses: readonly object[]): string =>
  addresses.length === 0 ? '' : `,"${name}":${printed(addresses)}`

/** An identity as Go's encoder writes it (identity/identity.go:52-142): keys in struct order, what is empty left out. */
export const identityJson = (identity: Omit<Identity, 'credentials'>, parts: IdentityParts): string => {
  const { external_id, state_changed_at, metadata_admin, organization_id, region } = identity
  return (
    `{"id":"${identity.id}"` +
    (external_id === null ? '' : `,"external_id":${printed(external_id)}`) +
    (parts.credentials === undefined ? '' : `,"credentials":${parts.credentials}`) +
    `,"schema_id":${printed(identity.schema_id)},"schema_url":${printed(parts.schemaUrl)},"state":"${identity.state}"` +
    (state_changed_at === null
      ? ''
      : `,"state_changed_at":${state_changed_at === ZERO_TIME ? 'null' : `"${state_changed_at}"`}`) +
    `,"traits":${escapeHtml(identity.traits)}` +
    (parts.addresses ? addressesJson('verifiable_addresses', identity.verifiable_addresses.map(verifiableParts)) : '') +
    (parts.addresses ? addressesJson('recovery_addresses', identity.recovery_addresses.map(recoveryParts)) : '') +
    `,"metadata_public":${escapeHtml(identity.metadata_public ?? 'null')}` +
    (parts.metadataAdmin ? `,"metadata_admin":${escapeHtml(metadata_admin ?? 'null')}` : '') +
    `,"created_at":"${identity.created_at}","updated_at":"${identity.updated_at}","organization_id":${printed(organization_id)}` +
    (region === null ? '}' : `,"region":${printed(region)}}`)
  )
}

const verifiableParts = ({
  id,
  value,
  verified,
  via,
  status,
  verified_at,
  created_at,
  updated_at,
}: VerifiableAddress): object => ({
  id,
  value,
  verified,
  via,
  status,
  ...(verified_at === null ? {} : { verified_at }),
  created_at,
  updated_at,
})

const recoveryParts = ({ id, value, via, created_at, updated_at }: RecoveryAddress): object => ({
  id,
  value,
  via,
  created_at,
  updated_at,
})
