import type { OperationId } from '../model/operations.ts'

/** A release of Kratos that the mock models; `next` is its main branch of 29 July 2026. */
export type Release = 'next' | 'v26.2.0' | 'v25.4.0' | 'v1.3.1'

/**
 * What a quirk bears on: an operation, requests of a kind, or a header of any answer.
 * - `errors`: what is refused, with it or without it
 * - `unrouted`: paths and methods that have no operation, with it or without it
 * - `without /admin`: the admin server's paths without it
 * - `escaped`: paths with a percent-escape
 * - `blanks`: a parameter with an empty value
 * - `unsafe`: the public server asked to change something
 */
export type Touch =
  | OperationId
  | 'errors'
  | 'unrouted'
  | 'without /admin'
  | 'escaped'
  | 'HEAD'
  | 'blanks'
  | 'unsafe'
  | 'cache-control'
  | 'ory-error-id'
  | 'set-cookie'

/** One way in which a Kratos differs from what its API reference says. */
export interface Quirk {
  readonly summary: string
  readonly releases: readonly Release[]
  /** Whatever is none of these is answered the same with it and without it, and leaves the same behind. */
  readonly touches: readonly Touch[]
  /** The upstream issue or file that it comes from. */
  readonly source: string
}

/** Every release that the mock models. */
export const ALL: readonly Release[] = ['next', 'v26.2.0', 'v25.4.0', 'v1.3.1']

/** Those before the next one. */
export const RELEASED: readonly Release[] = ALL.slice(1)

/** The operations that write identities from a body. */
export const WRITES = [
  'createIdentity',
  'batchPatchIdentities',
  'updateIdentity',
  'patchIdentity',
] as const satisfies readonly OperationId[]

/** Those that change one. */
export const UPDATES = [
  'updateIdentity',
  'patchIdentity',
  'deleteIdentityCredentials',
  'updateRegistrationFlow',
  'updateLoginFlow',
  'updateRecoveryFlow',
  'updateVerificationFlow',
  'updateSettingsFlow',
] as const satisfies readonly OperationId[]
