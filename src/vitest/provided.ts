import type { ProvidedContext } from 'vitest'

/** The mock that the global setup started. */
export interface OryMock {
  /** Where the admin API is. */
  readonly url: string
  /** Where the public API is. */
  readonly publicUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The mock that `ory-identities-mock/vitest/setup` started. */
    oryMock: OryMock
  }
}

/** What `inject` takes for it. */
export const ORY_MOCK: 'oryMock' = 'oryMock' satisfies keyof ProvidedContext
