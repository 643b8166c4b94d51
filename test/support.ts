import { describe } from 'vitest'
import {
  createMock,
  startMock,
  type FixtureIdentity,
  type FixtureSession,
  type Mock,
  type MockOptions,
  type OwnedSession,
} from '../src/index.ts'

/** The same suite against a mock in this process and against one behind a socket. */
export const describeTransports = (
  title: string,
  suite: (start: (options?: MockOptions) => Promise<Mock>) => void,
): void => {
  describe.each([
    ['in-process', createMock],
    ['over a socket', (options?: MockOptions) => startMock({ port: 0, ...options })],
  ] as const)(`${title}, %s`, (_name, start) => {
    suite(start)
  })
}

/** A time for tests to stand still at. */
export const NOW = '2026-11-23T01:00:00Z'

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** An identity as Kratos prints it. */
export const person = (
  n: number,
  extra: FixtureIdentity & { readonly id?: string } = {},
): FixtureIdentity & { readonly id: string } => ({
  id: uuid(n),
  schema_id: 'default',
  state: 'active',
  traits: { email: `p${n}@example.test` },
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
  ...extra,
})

/** A session of an identity, active for a day; a higher number is an older session. */
export const sessionOf = (
  owner: number,
  n: number,
  extra: FixtureSession & { readonly id?: string; readonly identity_id?: string } = {},
): OwnedSession & { readonly id: string } => {
  const at = `2026-11-22T${String(23 - (n % 24)).padStart(2, '0')}:${String(59 - Math.floor(n / 24)).padStart(2, '0')}:00Z`
  return {
    id: uuid(owner * 10_000 + n),
    identity_id: uuid(owner),
    active: true,
    expires_at: '2026-11-24T00:00:00Z',
    authenticated_at: at,
    issued_at: at,
    created_at: at,
    authenticator_assurance_level: 'aal1',
    authentication_methods: [{ method: 'password', aal: 'aal1', completed_at: at }],
    devices: [],
    token: `ory_st_${owner}_${n}`,
    ...extra,
  }
}

/** An identity schema whose e-mail address signs in, is verified and recovers. */
export const EMAIL = {
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        email: {
          type: 'string',
          format: 'email',
          'ory.sh/kratos': {
            credentials: { password: { identifier: true } },
            verification: { via: 'email' },
            recovery: { via: 'email' },
          },
        },
      },
      required: ['email'],
    },
  },
}

/** An identity schema whose one trait, `a`, is as given. */
export const withTrait = (a: unknown): object => ({
  type: 'object',
  properties: { traits: { type: 'object', properties: { a } } },
})
