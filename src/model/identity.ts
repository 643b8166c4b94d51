/** JSON text, compacted, as it was sent: Kratos keeps traits and metadata as text, so `1.0` stays `1.0`. */
export type JsonText = string

export type IdentityState = 'active' | 'inactive'

/** A row of Kratos' `identity_credentials` (identity/credentials.go). Times are RFC 3339. */
export interface Credential {
  readonly type: string
  readonly identifiers: readonly string[]
  /** `''` when there is none. */
  readonly config: JsonText
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

export interface VerifiableAddress {
  readonly id: string
  readonly value: string
  readonly verified: boolean
  readonly via: string
  readonly status: string
  readonly verified_at: string | null
  readonly created_at: string
  readonly updated_at: string
}

export interface RecoveryAddress {
  readonly id: string
  readonly value: string
  readonly via: string
  readonly created_at: string
  readonly updated_at: string
}

/** An identity as the store holds it (identity/identity.go:52-142). Immutable: a change is a new row. */
export interface Identity {
  readonly id: string
  readonly external_id: string | null
  readonly schema_id: string
  readonly state: IdentityState
  readonly state_changed_at: string | null
  readonly traits: JsonText
  /** Sorted by type. */
  readonly credentials: readonly Credential[]
  /** Sorted by id. */
  readonly verifiable_addresses: readonly VerifiableAddress[]
  /** Sorted by id. */
  readonly recovery_addresses: readonly RecoveryAddress[]
  readonly metadata_public: JsonText | null
  readonly metadata_admin: JsonText | null
  readonly created_at: string
  readonly updated_at: string
  readonly organization_id: string | null
  /** Of Ory Network. */
  readonly region: string | null
}
