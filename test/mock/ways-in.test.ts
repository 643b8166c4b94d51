import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock, type Mock, type Seed } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'

const PROFILES = ['documented', 'kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const

const CREDENTIALS = {
  password: { hashed_password: '$2a$04$AYZ4SJgxBPjPPXOOhZEO7.2VUXJ9aBGA7fcgSm1ZzbdX9hO0zgQNC' },
  code: { addresses: [{ channel: 'email', address: 'p1@example.test' }] },
  oidc: { providers: [{ subject: 'ada', provider: 'github' }] },
  totp: { totp_url: 'otpauth://totp/a' },
  lookup_secret: { recovery_codes: [{ code: 'a' }] },
  webauthn: { credentials: [{ id: 'AA==', is_passwordless: true }] },
} as const
type CredentialType = keyof typeof CREDENTIALS

/** A credential as a fixture may spell it: whole, without its configuration or identifiers, or with nothing at all. */
const credential = (type: CredentialType) =>
  fc.constantFrom<Record<string, unknown> | null>(
    { type, identifiers: [`${type}@example.test`], config: CREDENTIALS[type], version: 0 },
    { type, identifiers: [`${type}@example.test`], version: 1 },
    { type, identifiers: [`${type}@example.test`], config: {} },
    { config: CREDENTIALS[type] },
    { config: null },
    { identifiers: [] },
    {},
  )
const credentials = fc.oneof(
  fc.constantFrom(undefined, null, {}),
  fc.record(
    {
      password: credential('password'),
      code: credential('code'),
      oidc: credential('oidc'),
      totp: credential('totp'),
      lookup_secret: credential('lookup_secret'),
      webauthn: credential('webauthn'),
    },
    { requiredKeys: [] },
  ),
)

const address = { value: 'p1@example.test', via: 'email' }
const fixture = fc
  .record({
    traits: fc.constantFrom<object>(
      { email: 'p1@example.test' },
      {},
      { email: 'p1@example.test', name: { first: 'Ada' } },
    ),
    state: fc.constantFrom('active', 'inactive'),
    credentials,
    verifiable_addresses: fc.constantFrom(undefined, [], [address], [{ ...address, id: uuid(8), verified: true }]),
    recovery_addresses: fc.constantFrom(undefined, [], [address]),
    metadata_public: fc.constantFrom<unknown>(undefined, null, {}, 'text', [1]),
    external_id: fc.constantFrom(undefined, null, 'ext-1'),
    schema_id: fc.constantFrom('default', undefined, 'unknown'),
  })
  .map((parts) => JSON.parse(JSON.stringify({ ...person(1), ...parts })) as Record<string, unknown>)

const imported = fc.constantFrom<object | null | undefined>(
  undefined,
  null,
  {},
  { password: { config: { password: 'correct horse' } } },
  { password: { config: { hashed_password: CREDENTIALS.password.hashed_password } } },
  { oidc: { config: CREDENTIALS.oidc } },
  { oidc: { config: { providers: [] } } },
  { oidc: {} },
  { oidc: { config: null } },
  { oidc: null },
)
const body = imported.map((given) => ({
  schema_id: 'default',
  traits: { email: 'p1@example.test' },
  ...(given === undefined ? {} : { credentials: given }),
}))

const send = (ory: Mock, method: string, path: string, sent?: unknown): Promise<Response> =>
  ory.fetch(ory.url + path, {
    method,
    ...(sent === undefined ? {} : { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }),
  })

/** How an identity comes into a mock. */
const ways = {
  seeded: (ory, given) => ory.seed(given as Seed),
  created: (ory, given) => send(ory, 'POST', '/admin/identities', given),
  batched: (ory, given) => send(ory, 'PATCH', '/admin/identities', { identities: [{ create: given }] }),
} satisfies Record<string, (ory: Mock, given: unknown) => Promise<unknown>>
interface WayIn {
  readonly way: keyof typeof ways
  readonly given: unknown
  /** Whether it comes by way of what another mock shows of it, or of a snapshot. */
  readonly by: 'itself' | 'copy' | 'snapshot'
}
const by = fc.constantFrom('itself', 'copy', 'snapshot')
const wayIn: fc.Arbitrary<WayIn> = fc.oneof(
  fc.record({ way: fc.constantFrom('created', 'batched'), given: body, by }),
  fc.record({
    way: fc.constant('seeded' as const),
    given: fc.oneof(
      fc.constant<unknown>({ generate: { identities: 1 } }),
      fixture.map((identity) => ({ identities: [identity] })),
      fixture,
      fixture.map((identity) => [identity]),
      fixture.map((identity) => [{ active: true, identity }]),
      fixture.map((identity) => ({ sessions: [{ active: true, identity }] })),
    ),
    by,
  }),
)

const enter = async (ory: Mock, { way, given, by: means }: WayIn): Promise<void> => {
  if (means === 'copy') {
    await using other = await createMock({ seed: [], now: NOW })
    await ways[way](other, given)
    await ory.seed(await (await send(other, 'GET', `/admin/identities?${INCLUDED}`)).json())
    return
  }
  await ways[way](ory, given)
  if (means === 'itself') return
  const kept = await ory.snapshot()
  await ory.reset()
  await ory.restore(kept)
}

const TYPES = ['password', 'code', 'oidc', 'totp', 'lookup_secret', 'webauthn'] as const
const INCLUDED = TYPES.map((type) => `include_credential=${type}`).join('&')

type Operation = readonly [method: string, path: string, body?: unknown]
/** Stands in for the identity's id, in paths and bodies. */
const ID = '00000000-0000-0000-0000-000000000000'
const one = (rest: string): string => `/admin/identities/${ID}${rest}`
const operations: readonly Operation[] = [
  ['GET', one('')],
  ['GET', one(`?${INCLUDED}`)],
  ['GET', `/admin/identities?${INCLUDED}`],
  ['GET', '/admin/identities?credentials_identifier=p1@example.test'],
  ['GET', one('/sessions?expand=identity')],
  ['PATCH', one(''), [{ op: 'replace', path: '/state', value: 'inactive' }]],
  ['PATCH', one(''), [{ op: 'add', path: '/metadata_public', value: { a: 1 } }]],
  ['PATCH', one(''), [{ op: 'add', path: '/traits/email', value: 'other@example.test' }]],
  [
    'PATCH',
    one(''),
    [{ op: 'add', path: '/credentials/password', value: { type: 'password', config: CREDENTIALS.password } }],
  ],
  ['PATCH', one(''), [{ op: 'remove', path: '/credentials/code' }]],
  ['PATCH', one(''), []],
  ['PUT', one(''), { schema_id: 'default', state: 'active', traits: { email: 'p1@example.test' } }],
  ['PUT', one(''), { state: 'active', traits: {}, credentials: { oidc: { config: CREDENTIALS.oidc } } }],
  ['PUT', one(''), { state: 'active', traits: {}, credentials: { password: { config: { password: 'x' } } } }],
  ...TYPES.map((type): Operation => ['DELETE', one(`/credentials/${type}?identifier=github:ada`)]),
  ['POST', '/admin/recovery/code', { identity_id: ID }],
  ['POST', '/admin/recovery/link', { identity_id: ID }],
  ['DELETE', one('/sessions')],
  ['DELETE', one('')],
]

describe.each(PROFILES)('an identity of %s, whatever way it came,', (profile) => {
  test('bears every operation afterwards, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(wayIn, fc.shuffledSubarray([...operations], { minLength: 6 }), async (way, chosen) => {
        await using ory = await createMock({ seed: [], now: NOW, profile })
        await enter(ory, way)
        const [identity] = (await (await send(ory, 'GET', '/admin/identities')).json()) as { id: string }[]
        const known = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(ID, identity!.id)) as T
        for (const operation of chosen) {
          const response = await send(ory, ...known(operation))
          const text = await response.text()
          expect([operation, response.status < 500 ? '' : text]).toEqual([operation, ''])
        }
      }),
      {
        numRuns: 30,
        examples: [[{ way: 'seeded', given: { generate: { identities: 1 } }, by: 'itself' }, [...operations]]],
      },
    )
  })
})
