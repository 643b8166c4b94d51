import {
  CreateIdentityBodyFromJSON,
  IdentityCredentialsFromJSON,
  IdentityFromJSON,
  IdentityPatchFromJSON,
  IdentitySchemaContainerFromJSON,
  RecoveryIdentityAddressFromJSON,
  SessionAuthenticationMethodFromJSON,
  SessionDeviceFromJSON,
  SessionFromJSON,
  SuccessfulNativeLoginFromJSON,
  SuccessfulNativeRegistrationFromJSON,
  VerifiableIdentityAddressFromJSON,
} from '@ory/client-fetch'
import { expect, test } from 'vitest'
import { createMock, type Seed } from '../../src/index.ts'
import { IMPORT_KEYS, SCHEMA_KEYS, SIGN_IN_KEYS } from '../../src/seed/forms.ts'
import { CREATE_KEYS, CREDENTIAL_KEYS, IDENTITY_KEYS, RECOVERY_KEYS, VERIFIABLE_KEYS } from '../../src/seed/identity.ts'
import { DEVICE_KEYS, METHOD_KEYS, SESSION_KEYS } from '../../src/seed/session.ts'
import { describeDoors } from '../mock/doors.ts'
import { EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'

test.each([
  ['an identity', IdentityFromJSON, IDENTITY_KEYS],
  ['a credential', IdentityCredentialsFromJSON, CREDENTIAL_KEYS],
  ['a verifiable address', VerifiableIdentityAddressFromJSON, VERIFIABLE_KEYS],
  ['a recovery address', RecoveryIdentityAddressFromJSON, RECOVERY_KEYS],
  ['a session', SessionFromJSON, SESSION_KEYS],
  ['a device', SessionDeviceFromJSON, DEVICE_KEYS],
  ['an authentication method', SessionAuthenticationMethodFromJSON, METHOD_KEYS],
  ['a schema', IdentitySchemaContainerFromJSON, SCHEMA_KEYS],
  ['a login', SuccessfulNativeLoginFromJSON, SIGN_IN_KEYS],
  ['a registration', SuccessfulNativeRegistrationFromJSON, SIGN_IN_KEYS],
  ['an item of a bulk import', IdentityPatchFromJSON, IMPORT_KEYS],
  ['the identity of one', CreateIdentityBodyFromJSON, CREATE_KEYS],
])("a fixture knows every member that Ory's SDK gives %s", (_name, read, known: readonly string[]) => {
  const given = Object.keys(read({}) as object)
  expect(given).not.toEqual([])
  expect(given.filter((key) => !known.includes(key))).toEqual([])
})

/** What a spread or a client may leave undefined beside what an object says. */
const MEMBERS = (
  'schemas schema url identities sessions identity session traits schema_id identity_id token session_token min id ' +
  'continue_with create patch_id now generate $schema config password stray trait'
).split(' ')

/** The same with every member that is not there as undefined. */
const strewn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(strewn)
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).map(([key, one]) => [key, strewn(one)] as const)
  return { ...Object.fromEntries(MEMBERS.map((key) => [key, undefined])), ...Object.fromEntries(own) }
}

const { identity_id: _, created_at: __, token: ___, ...session } = sessionOf(1, 0)
const signedIn = { ...session, identity: person(1) }

describeDoors('A member that is undefined is as if it was absent in', (start) => {
  test.each<readonly [string, unknown]>([
    ['an empty fixture', {}],
    ['an identity', person(1)],
    ['identities', [person(1), person(2)]],
    ['a session with its identity', signedIn],
    ['a login', { session_token: 'ory_st_x', session: signedIn }],
    ['a registration', { session_token: 'ory_st_x', session, identity: person(1) }],
    ['a registration that signs nobody in', { identity: person(1), continue_with: null }],
    ['schemas', [{ id: 'default', schema: EMAIL }]],
    ['schemas of a configuration', { schemas: [{ id: 'default', url: `base64://${btoa(JSON.stringify(EMAIL))}` }] }],
    [
      'a bulk import',
      {
        identities: [
          {
            create: {
              traits: {},
              credentials: {
                password: { config: { password: 'correct horse' } },
                oidc: { config: { providers: [{ provider: 'github', subject: '7' }] } },
                totp: { config: { totp_url: 'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP' } },
              },
            },
          },
        ],
      },
    ],
    [
      'a fixture',
      {
        now: NOW,
        schemas: { default: EMAIL },
        identities: [
          {
            id: uuid(1),
            traits: { email: 'ada@example.com' },
            credentials: { password: { identifiers: ['ada'], config: { hashed_password: 'x' } } },
            verifiable_addresses: [{ value: 'ada@example.com' }],
            recovery_addresses: [{ value: 'ada@example.com' }],
            sessions: ['active', { devices: [{ user_agent: 'x' }], authentication_methods: [{ method: 'code' }] }],
          },
        ],
        sessions: [{ identity: { id: uuid(1) } }, { identity_id: uuid(1), active: false }],
        generate: { identities: 1, sessions: { max: 2 } },
      },
    ],
    ['several fixtures', [{ identities: [{ traits: {} }] }, person(1)]],
  ])('%s', async (_name, seed) => {
    const outcome = async (one: unknown): Promise<unknown> => {
      await using ory = await start({ now: NOW, seed: {} })
      const made = await ory.seed(one as Seed).catch((error: unknown) => String(error))
      return { made, schemas: await (await ory.fetch('/schemas')).json() }
    }
    const plain = await outcome(seed)
    expect(plain).toMatchObject({ made: { identities: expect.any(Array) as unknown } })
    expect(await outcome(strewn(seed))).toEqual(plain)
  })
})

test("what Ory's SDK reads of one mock seeds another", async () => {
  await using from = await createMock({ now: NOW })
  const read = async (path: string): Promise<readonly unknown[]> => (await from.fetch(path)).json()
  const people = await read('/admin/identities?page_size=250')
  const sessions = await read('/admin/sessions?expand=identity&expand=devices&page_size=250')
  await using ory = await createMock({ now: NOW, seed: {} })
  expect((await ory.seed(people.map(IdentityFromJSON))).identities).toHaveLength(people.length)
  expect((await ory.seed(sessions.map(SessionFromJSON))).sessions).toHaveLength(sessions.length)
  const again = await (await ory.fetch('/admin/identities?page_size=250')).json()
  const ids = (rows: readonly unknown[]) => rows.map((row) => (row as { readonly id: string }).id).toSorted()
  expect(ids(again as unknown[])).toEqual(ids(people))
})
