import type { Fixture } from 'ory-identities-mock'

/** When the mock's clock stands still. */
export const NOW = '2026-11-23T01:00:00Z'

export const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

/** One person with two sessions. */
export const seed: Fixture = {
  identities: [{ id: ADA, traits: { email: 'ada@example.com' }, sessions: ['active', 'expired'] }],
}
