import { goJson, escapeHtml } from '../model/json.ts'
import type { Identity } from '../model/identity.ts'
import type { World } from '../world/world.ts'

/** What of an identity an answer shows. */
export interface IdentityParts {
  /** `''` where Kratos forgets to fill it in. */
  readonly schemaUrl: string
  readonly addresses: boolean
  readonly metadataAdmin: boolean
  /** The `credentials` object as JSON; absent, there is none. */
  readonly credentials?: string
}

/** `<public>/schemas/<base64url of the id>` (identity/identity.go InjectTraitsSchemaURL). */
export const schemaUrl = (world: World, schemaId: string): string => {
  const bytes = Array.from(new TextEncoder().encode(schemaId), (byte) => String.fromCharCode(byte)).join('')
  const encoded = btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return `${world.origins.public}/schemas/${encoded}`
}

const addressesJson = (name: string, addresses: readonly object[]): string =>
  addresses.length === 0 ? '' : `,"${name}":${goJson(addresses)}`

/** An identity as Go's encoder writes it (identity/identity.go:52-142): keys in struct order, what is empty left out. */
export const identityJson = (identity: Identity, parts: IdentityParts): string => {
  const { external_id, state_changed_at, metadata_admin, organization_id } = identity
  return (
    `{"id":"${identity.id}"` +
    (external_id === null ? '' : `,"external_id":${goJson(external_id)}`) +
    (parts.credentials === undefined ? '' : `,"credentials":${parts.credentials}`) +
    `,"schema_id":${goJson(identity.schema_id)},"schema_url":${goJson(parts.schemaUrl)},"state":"${identity.state}"` +
    (state_changed_at === null ? '' : `,"state_changed_at":"${state_changed_at}"`) +
    `,"traits":${escapeHtml(identity.traits)}` +
    (parts.addresses ? addressesJson('verifiable_addresses', identity.verifiable_addresses.map(shown)) : '') +
    (parts.addresses ? addressesJson('recovery_addresses', identity.recovery_addresses) : '') +
    `,"metadata_public":${escapeHtml(identity.metadata_public ?? 'null')}` +
    (parts.metadataAdmin ? `,"metadata_admin":${escapeHtml(metadata_admin ?? 'null')}` : '') +
    `,"created_at":"${identity.created_at}","updated_at":"${identity.updated_at}","organization_id":${goJson(organization_id)}}`
  )
}

const shown = ({ id, value, verified, via, status, verified_at, created_at, updated_at }: Identity['verifiable_addresses'][number]): object => ({
  id,
  value,
  verified,
  via,
  status,
  ...(verified_at === null ? {} : { verified_at }),
  created_at,
  updated_at,
})
