import type { Region } from '../api/identities/region.ts'
import type { credentialTypes } from '../api/identities/credential-types.ts'

/** RFC 3339, a `Date`, or relative to the fixture's time: `now`, `-90s`, `-2h`, `+15m`, `-30d`, `+1h30m`. */
export type FixtureTime = string | Date

/** A session by the name of its state; `expiring` ends in five seconds. */
export type NamedSession = 'active' | 'expiring' | 'expired' | 'revoked' | 'aal2'

/** A type of credential, as Kratos' admin API names it. */
export type CredentialType = (typeof credentialTypes)[number]

/** A credential of an identity, as Kratos prints it. */
export interface FixtureCredential {
  /** Its type, which the key that it stands under says, too. */
  readonly type?: string | null | undefined
  /** What its owner signs in with. Default: what the identity's schema makes of the traits. */
  readonly identifiers?: readonly string[] | null | undefined
  /** What Kratos keeps of it, such as `{ hashed_password }`. */
  readonly config?: object | null | undefined
  /** The version of its `config`: a whole number, default 0. */
  readonly version?: number | undefined
  /** Default: when the identity was created. */
  readonly created_at?: FixtureTime | null | undefined
  /** Default: when it was created. */
  readonly updated_at?: FixtureTime | null | undefined
}

/** An address of an identity that may have been verified. */
export interface FixtureVerifiableAddress {
  /** A UUID. Default: drawn from the random seed. */
  readonly id?: string | null | undefined
  /** The address. */
  readonly value: string
  /** Whether it was verified. Default false. */
  readonly verified?: boolean | null | undefined
  /** Default `email`. */
  readonly via?: string | null | undefined
  /** Default `completed` where it was verified, else `pending`. */
  readonly status?: string | null | undefined
  /** Default: never. */
  readonly verified_at?: FixtureTime | null | undefined
  /** Default: when the identity was created. */
  readonly created_at?: FixtureTime | null | undefined
  /** Default: when it was created. */
  readonly updated_at?: FixtureTime | null | undefined
}

/** An address that an identity is recovered by. */
export interface FixtureRecoveryAddress {
  /** A UUID. Default: drawn from the random seed. */
  readonly id?: string | null | undefined
  /** The address. */
  readonly value: string
  /** Default `email`. */
  readonly via?: string | null | undefined
  /** Of Ory Network; not read. */
  readonly break_glass_for_organization?: unknown
  /** Default: when the identity was created. */
  readonly created_at?: FixtureTime | null | undefined
  /** Default: when it was created. */
  readonly updated_at?: FixtureTime | null | undefined
}

/** An identity as Kratos prints it, with any part left out, and with its sessions. */
export interface FixtureIdentity {
  /** A UUID. Default: drawn from the random seed. */
  readonly id?: string | null | undefined
  /** An id of your own, which no other identity has. Default: none. */
  readonly external_id?: string | null | undefined
  /** Credentials by type. Default: what the schema makes of the traits; `{}` says that there are none. */
  readonly credentials?: { readonly [Type in CredentialType]?: FixtureCredential | undefined } | null | undefined
  /** The id of one of the schemas. Default `default`. */
  readonly schema_id?: string | null | undefined
  /** Printed by Kratos; not read, since it follows from `schema_id`. */
  readonly schema_url?: unknown
  /** Default `active`. */
  readonly state?: 'active' | 'inactive' | null | undefined
  /** Default: when it was created. */
  readonly state_changed_at?: FixtureTime | null | undefined
  /** What is known of the person, as the schema has it. Default `{}`. */
  readonly traits?: object | null | undefined
  /** Default: what the schema makes of the traits. */
  readonly verifiable_addresses?: readonly FixtureVerifiableAddress[] | null | undefined
  /** Default: what the schema makes of the traits. */
  readonly recovery_addresses?: readonly FixtureRecoveryAddress[] | null | undefined
  /** What the person may see, too. Default: none. */
  readonly metadata_public?: unknown
  /** What the admin API alone shows. Default: none. */
  readonly metadata_admin?: unknown
  /** Default: a month ago. */
  readonly created_at?: FixtureTime | null | undefined
  /** Default: when it was created. */
  readonly updated_at?: FixtureTime | null | undefined
  /** A UUID. Default: none. */
  readonly organization_id?: string | null | undefined
  /** Of Ory Network. Default: none. */
  readonly region?: Region | null | undefined
  /** Its sessions, each whole or as a named state. */
  readonly sessions?: readonly (FixtureSession | NamedSession)[] | null | undefined
}

/** How somebody proved who they are. */
export interface FixtureAuthenticationMethod {
  /** Default `password`. */
  readonly method?: string | null | undefined
  /** The assurance level that it gives. Default `aal1`. */
  readonly aal?: string | null | undefined
  /** Default: when the session was authenticated. */
  readonly completed_at?: FixtureTime | null | undefined
  /** Of `oidc` and `saml`. Default: none. */
  readonly provider?: string | null | undefined
  /** Of `oidc` and `saml`. Default: none. */
  readonly organization?: string | null | undefined
  /** What the provider said of the sign-in's level (`acr`). Default: none. */
  readonly upstream_acr?: string | null | undefined
  /** What the provider said of the ways to sign in (`amr`). Default: none. */
  readonly upstream_amr?: readonly string[] | null | undefined
}

/** What a session was used on. */
export interface FixtureDevice {
  /** A UUID. Default: drawn from the random seed. */
  readonly id?: string | null | undefined
  /** Address and port, as Kratos notes them. */
  readonly ip_address?: string | null | undefined
  /** What the client called itself. */
  readonly user_agent?: string | null | undefined
  /** Where it was: city and country. */
  readonly location?: string | null | undefined
}

/** A session as Kratos prints it, with any part left out. */
export interface FixtureSession {
  /** A UUID. Default: drawn from the random seed. */
  readonly id?: string | null | undefined
  /** The stored flag; what an answer says of it also depends on the clock and the identity. Default true. */
  readonly active?: boolean | null | undefined
  /** Default: a day after it was issued, or after an hour ago if that is later. */
  readonly expires_at?: FixtureTime | null | undefined
  /** Default: when it was issued. */
  readonly authenticated_at?: FixtureTime | null | undefined
  /** Default `aal1`. */
  readonly authenticator_assurance_level?: string | null | undefined
  /** Default: by password. */
  readonly authentication_methods?: readonly FixtureAuthenticationMethod[] | null | undefined
  /** Default: an hour ago, or an hour before it expires if that is earlier. */
  readonly issued_at?: FixtureTime | null | undefined
  /** Whose it is: the identity itself, as a listed session brings it along, or its `id` alone. */
  readonly identity?: FixtureIdentity | null | undefined
  /** Default: none. */
  readonly devices?: readonly FixtureDevice[] | null | undefined
  /** Printed by Kratos; not read. */
  readonly tokenized?: unknown
  /** Whose it is, where it does not stand under its identity. A UUID. */
  readonly identity_id?: string | null | undefined
  /** What lists are ordered by. Default: when it was issued. */
  readonly created_at?: FixtureTime | null | undefined
  /** What its owner sends as `X-Session-Token`. Default: drawn from the random seed. */
  readonly token?: string | null | undefined
}

/** A session that stands by itself: it says whose it is. */
export type OwnedSession = FixtureSession & ({ readonly identity_id: string } | { readonly identity: FixtureIdentity })

/** Between how many and how many sessions each made-up person has. */
export interface FixtureSessionCount {
  /** The fewest, default 0. */
  readonly min?: number | null | undefined
  /** The most. Default: as `min`. */
  readonly max?: number | null | undefined
}

/** People and sessions that faker makes up, the same ones from the same random seed. */
export interface FixtureGenerate {
  /** How many people: at most 250,000. Default 0. */
  readonly identities?: number | null | undefined
  /** How many sessions each has: at most 1,000,000 in all. Default 0. */
  readonly sessions?: number | FixtureSessionCount | undefined
}

/** An identity schema: the JSON Schema itself, or a `base64://` or `file://` URL of it as Kratos' configuration has. */
export type FixtureSchema = object | string

/** An identity schema as `GET /schemas` lists it, or as Kratos' configuration names it. */
export interface ListedSchema {
  /** What identities name it by in their `schema_id`. */
  readonly id: string
  /** The JSON Schema. */
  readonly schema?: object | undefined
  /** Where it is: `base64://` or `file://`. */
  readonly url?: string | undefined
  /** Of Kratos' configuration; not read. */
  readonly selfservice_selectable?: unknown
}

/** What is done to one identity of a bulk import. */
export interface FixtureImport {
  /** The identity, as `POST /admin/identities` takes it. */
  readonly create?: FixtureIdentity | null | undefined
  /** What the answer names it by; not read. */
  readonly patch_id?: string | undefined
}

/** A fixture: identities and sessions to start with. */
export interface Fixture {
  /** What relative times count from. Default: the mock's clock when it is seeded. */
  readonly now?: FixtureTime | null | undefined
  /** Identity schemas by id, or a list of them as Kratos prints it. Default: a person with an email address and a name. */
  readonly schemas?: Readonly<Record<string, FixtureSchema>> | readonly ListedSchema[] | null | undefined
  /** Identities, or the body of a bulk import. */
  readonly identities?: readonly (FixtureIdentity | FixtureImport)[] | null | undefined
  /** Sessions that say whose they are. */
  readonly sessions?: readonly OwnedSession[] | null | undefined
  /** Bulk. Default: none. */
  readonly generate?: FixtureGenerate | null | undefined
}

/** What `kratos list identities --format json` prints. */
export interface FixtureListing extends Pick<Fixture, 'identities'> {
  /** Where the next page starts; not read. */
  readonly next_page_token?: string | null | undefined
  /** Whether there is none; not read. */
  readonly is_last_page?: boolean | null | undefined
}

/** What a native login or registration answers: a session and its token, or an identity. */
export interface FixtureSignIn {
  /** The session, with its identity. */
  readonly session?: FixtureSession | null | undefined
  /** Becomes the session's token. */
  readonly session_token?: string | null | undefined
  /** The identity that registered. */
  readonly identity?: FixtureIdentity | null | undefined
  /** What Kratos asks to do next; not read. */
  readonly continue_with?: unknown
}

/** None of the keys of the others, so that what is two things at once is refused. */
type Alone<T, Others> = T extends unknown ? T & { readonly [K in Exclude<KeyOf<Others>, keyof T>]?: undefined } : never
type KeyOf<T> = T extends unknown ? keyof T : never

/** An identity by itself. Sessions without traits and a schema are those of a fixture. */
type PastedIdentity = FixtureIdentity &
  ({ readonly traits: object } | { readonly schema_id: string } | { readonly sessions?: undefined })

/** What a file may hold: a fixture, or what Kratos itself printed, one of it or a list. */
export type FixtureContent =
  | Alone<Fixture, FixtureIdentity | FixtureSession | FixtureSignIn>
  | Alone<PastedIdentity, Fixture | FixtureSession | FixtureSignIn>
  | Alone<OwnedSession, Fixture | FixtureIdentity | FixtureSignIn>
  | Alone<FixtureSignIn, Fixture | FixtureIdentity>
  | FixtureListing
  | ListedSchema
  | readonly (FixtureIdentity | OwnedSession | FixtureSignIn | ListedSchema)[]

/** What `seed` takes: the path or `file:` URL of a fixture, what such a file would hold, or several of these. */
export type Seed = string | URL | FixtureContent | readonly (string | URL | FixtureContent)[]
