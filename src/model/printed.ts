import type { Identity, RecoveryAddress, VerifiableAddress } from './identity.ts'
import type { AuthenticationMethod, Device, Session } from './session.ts'

/** What is known of a person, as the schema has it. */
export type Traits = Readonly<Record<string, unknown>>

/** A credential as Kratos prints it to an admin. */
export interface PrintedCredential {
  readonly type: string
  readonly identifiers: readonly string[]
  /** What Kratos keeps of it, where there is anything. */
  readonly config?: unknown
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

/** A verifiable address as Kratos prints it. */
export interface PrintedVerifiableAddress extends Omit<VerifiableAddress, 'verified_at'> {
  /** Not there before it was verified. */
  readonly verified_at?: string
}

/** An identity as Kratos prints it to its owner: times are RFC 3339, and what is empty is left out. */
export interface PrintedIdentity extends Pick<
  Identity,
  'id' | 'schema_id' | 'state' | 'created_at' | 'updated_at' | 'organization_id'
> {
  readonly external_id?: string
  readonly schema_url: string
  readonly state_changed_at?: string | null
  readonly traits: Traits
  readonly verifiable_addresses?: readonly PrintedVerifiableAddress[]
  readonly recovery_addresses?: readonly RecoveryAddress[]
  readonly metadata_public: unknown
  readonly region?: string
}

/** A device as Kratos prints it: what is not known of it is left out, or null, by its release. */
export interface PrintedDevice extends Pick<Device, 'id'>, Partial<Omit<Device, 'id'>> {}

/** A session as Kratos prints it to its owner: times are RFC 3339. */
export interface PrintedSession extends Pick<
  Session,
  'id' | 'active' | 'expires_at' | 'authenticated_at' | 'authenticator_assurance_level' | 'issued_at'
> {
  readonly authentication_methods: readonly AuthenticationMethod[]
  readonly identity: PrintedIdentity
  readonly devices: readonly PrintedDevice[]
}

/** An identity that a seeding made: every property of Kratos' `identity` but its `schema_url`, null where it has none. */
export interface SeededIdentity extends Omit<
  Identity,
  'traits' | 'credentials' | 'metadata_public' | 'metadata_admin'
> {
  readonly traits: Traits
  /** By type. */
  readonly credentials: Readonly<Record<string, PrintedCredential>>
  readonly metadata_public: unknown
  readonly metadata_admin: unknown
}

/** A session that a seeding made: every property of Kratos' `session` but its identity, with `identity_id` and `token`. */
export interface SeededSession extends Omit<Session, 'expires' | 'created' | 'cookieUntil' | 'place'> {
  /** What lists are ordered by. */
  readonly created_at: string
}
