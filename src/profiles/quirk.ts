/** A release of Kratos that the mock models; `next` is its main branch of 29 July 2026. */
export type Release = 'next' | 'v26.2.0' | 'v25.4.0' | 'v1.3.1'

/** One way in which a Kratos differs from what its API reference says. */
export interface Quirk {
  readonly summary: string
  readonly releases: readonly Release[]
  /** The upstream issue or file that it comes from. */
  readonly source: string
}

/** Every release that the mock models. */
export const ALL: readonly Release[] = ['next', 'v26.2.0', 'v25.4.0', 'v1.3.1']

/** Those before the next one. */
export const RELEASED: readonly Release[] = ALL.slice(1)
