import { ZERO_TIME } from '../../go/json-values.ts'
import type { Identity, IdentityState, JsonText, RecoveryAddress, VerifiableAddress } from '../../model/identity.ts'
import { NIL_UUID } from '../../go/uuid.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { mapped } from '../../model/mapped.ts'

/** A credential in the making. `identifiers` are null and `config` is empty where nobody set them. */
export interface CredentialWork {
  type: string
  identifiers: readonly string[] | null
  config: JsonText
  version: number
  created_at: string
  updated_at: string
}

export const isState = (state: string): state is IdentityState => state === 'active' || state === 'inactive'

/** An address in the making: the nil UUID and the zero time stand for what storing will give it. */
export type VerifiableWork = { -readonly [K in keyof VerifiableAddress]: VerifiableAddress[K] }
export type RecoveryWork = { -readonly [K in keyof RecoveryAddress]: RecoveryAddress[K] }

/** An identity while a request changes it, as Kratos' handlers hold it in memory: what they answer is this. */
export interface IdentityWork {
  id: string
  external_id: string | null
  schema_id: string
  /** Filled in when a row is read, and not again when its schema changes. */
  schema_url: string
  state: IdentityState
  state_changed_at: string | null
  traits: JsonText
  credentials: Map<string, CredentialWork>
  verifiable_addresses: VerifiableWork[]
  recovery_addresses: RecoveryWork[]
  /** Null for what was not given; the text `null` for what was given as that. */
  metadata_public: JsonText | null
  metadata_admin: JsonText | null
  created_at: string
  updated_at: string
  organization_id: string | null
  region: string | null
}

export const credentialWork = (type: string, version = 0): CredentialWork => ({
  type,
  identifiers: null,
  config: '',
  version,
  created_at: ZERO_TIME,
  updated_at: ZERO_TIME,
})

/** A stored identity as Kratos reads it: metadata that is not there is read as `null`. */
export const workOf = (identity: Identity, schema_url: string): IdentityWork => ({
  id: identity.id,
  external_id: identity.external_id,
  schema_id: identity.schema_id,
  schema_url,
  state: identity.state,
  state_changed_at: identity.state_changed_at,
  traits: identity.traits,
  credentials: new Map(mapped(identity.credentials, (one) => [one.type, { ...one }])),
  verifiable_addresses: mapped(identity.verifiable_addresses, (one) => ({ ...one })),
  recovery_addresses: mapped(identity.recovery_addresses, (one) => ({ ...one })),
  metadata_public: identity.metadata_public ?? 'null',
  metadata_admin: identity.metadata_admin ?? 'null',
  created_at: identity.created_at,
  updated_at: identity.updated_at,
  organization_id: identity.organization_id,
  region: identity.region,
})

/** The nil UUID of what was not stored yet. */
export const UNSTORED: string = NIL_UUID

/** An identity that begins now, with nothing but traits. */
export const newWork = (world: World, schema_id: string, traits: JsonText): IdentityWork => ({
  id: UNSTORED,
  external_id: null,
  schema_id,
  schema_url: schemaUrl(world, schema_id),
  state: 'active',
  state_changed_at: formatTime(world.clock.now()),
  traits,
  credentials: new Map(),
  verifiable_addresses: [],
  recovery_addresses: [],
  metadata_public: null,
  metadata_admin: null,
  created_at: ZERO_TIME,
  updated_at: ZERO_TIME,
  organization_id: null,
  region: null,
})
