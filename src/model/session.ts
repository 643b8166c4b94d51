import type { Micros } from './time.ts'

export interface AuthenticationMethod {
  readonly method: string
  readonly aal?: string
  readonly completed_at?: string
  readonly provider?: string
  readonly organization?: string
  readonly upstream_acr?: string
  readonly upstream_amr?: readonly string[]
}

export interface Device {
  readonly id: string
  readonly ip_address: string | null
  readonly user_agent: string | null
  readonly location: string | null
}

/**
 * A session as the store holds it (session/session.go:72-148). Immutable: a change is a new row.
 * `active` is the stored flag; what an answer says of it also depends on the clock and the identity.
 */
export interface Session {
  readonly id: string
  readonly identity_id: string
  readonly active: boolean
  readonly expires_at: string
  /** `expires_at` to compare with the clock. */
  readonly expires: Micros
  readonly authenticated_at: string
  readonly authenticator_assurance_level: string
  readonly authentication_methods: readonly AuthenticationMethod[] | null
  readonly issued_at: string
  /** `created_at`, which no answer shows but every list sorts by. */
  readonly created: Micros
  readonly devices: readonly Device[]
  readonly token: string
  /** Until when the cookie lasts that a browser was given last, where a flow gave it one. */
  readonly cookieUntil?: Micros
  /** Where the row lies among the others, in the order in which they were written; 0 where nothing depends on it. */
  readonly place: number
}
