import * as fetchClient from '@ory/client-fetch'
import * as kratosClient from '@ory/kratos-client'
import { createMock, startMock, type Mock, type MockOptions } from 'ory-identities-mock'
import { describe, expect, test } from 'vitest'
import { operations } from '../../src/model/operations.ts'
import { EMAIL, person, sessionOf, uuid } from '../support.ts'

/** Calls an operation and gives what the client decoded. */
// oxlint-disable-next-line typescript/no-explicit-any
type Call = (operation: string, parameters?: object) => Promise<any>

const dynamic = (api: object): Call => {
  const methods = api as Record<string, (parameters: object) => Promise<unknown>>
  return (operation, parameters = {}) => methods[operation]!(parameters)
}

const clients: readonly (readonly [
  name: string,
  start: (options: MockOptions) => Promise<Mock>,
  (ory: Mock) => Call,
])[] = [
  [
    '@ory/client-fetch, in-process',
    createMock,
    ({ url, fetch }) =>
      dynamic(new fetchClient.IdentityApi(new fetchClient.Configuration({ basePath: url, fetchApi: fetch }))),
  ],
  [
    '@ory/client-fetch',
    (options) => startMock({ ...options, port: 0 }),
    ({ url }) => dynamic(new fetchClient.IdentityApi(new fetchClient.Configuration({ basePath: url }))),
  ],
  [
    '@ory/kratos-client',
    (options) => startMock({ ...options, port: 0 }),
    ({ url }) => {
      const call = dynamic(new kratosClient.IdentityApi(new kratosClient.Configuration({ basePath: url })))
      return async (operation, parameters) => (await call(operation, parameters)).data
    },
  ],
]

const seed = {
  schemas: { default: EMAIL },
  identities: [
    person(1, {
      credentials: {
        password: { config: { hashed_password: '$2a$04$x' } },
        totp: { identifiers: [uuid(1)], config: { totp_url: 'otpauth://totp/a' } },
      },
    }),
  ],
  sessions: [0, 1, 2, 3].map((n) => sessionOf(1, n, { token: `token-${n}`, expires_at: '+24h', issued_at: '-1h' })),
}

/** What the clients have and no modelled release serves. */
const UNSERVED = ['createTestLoginFlow', 'manageSessions']

const namesOf = (api: { readonly prototype: object }): string[] =>
  Object.getOwnPropertyNames(api.prototype).filter((name) => !/^constructor$|Raw$|RequestOpts$/.test(name))

/** A life of an identity, by every operation that a release has. */
const live = async (call: Call, isOld: boolean): Promise<Set<string>> => {
  const called = new Set<string>()
  const ask: Call = (operation, parameters) => {
    called.add(operation)
    return call(operation, parameters)
  }
  const [schema] = await ask('listIdentitySchemas')
  expect(await ask('getIdentitySchema', { id: schema.id })).toMatchObject({ type: 'object' })

  const extra = isOld ? {} : { external_id: 'crm-7' }
  const created = await ask('createIdentity', {
    createIdentityBody: { schema_id: 'default', traits: { email: 'New@example.com' }, ...extra },
  })
  expect(created).toMatchObject({ state: 'active', traits: { email: 'New@example.com' } })
  const { id } = created
  expect((await ask('getIdentity', { id })).verifiable_addresses).toMatchObject([{ value: 'new@example.com' }])
  if (!isOld) expect(await ask('getIdentityByExternalID', { externalID: 'crm-7' })).toMatchObject({ id })
  expect(await ask('listIdentities', { credentialsIdentifier: 'new@example.com' })).toMatchObject([{ id }])
  const updated = await ask('updateIdentity', {
    id,
    updateIdentityBody: { schema_id: 'default', state: 'inactive', traits: { email: 'newer@example.com' } },
  })
  expect(updated).toMatchObject({ id, state: 'inactive', traits: { email: 'newer@example.com' } })
  const jsonPatch = [{ op: 'add', path: '/metadata_public', value: { team: 'a' } }]
  expect(await ask('patchIdentity', { id, jsonPatch })).toMatchObject({ metadata_public: { team: 'a' } })
  const batch = await ask('batchPatchIdentities', {
    patchIdentitiesBody: {
      identities: ['one@example.com', 'two@example.com'].map((email, n) => ({
        create: { schema_id: 'default', traits: { email } },
        patch_id: uuid(100 + n),
      })),
    },
  })
  expect(batch.identities).toMatchObject([{ action: 'create', patch_id: uuid(100) }, { action: 'create' }])

  const createRecoveryCodeForIdentityBody = { identity_id: id, expires_in: '15m' }
  const code = await ask('createRecoveryCodeForIdentity', { createRecoveryCodeForIdentityBody })
  expect(code.recovery_code).toMatch(/^\d{6}$/)
  const link = await ask('createRecoveryLinkForIdentity', {
    createRecoveryLinkForIdentityBody: { identity_id: id },
  })
  expect(link.recovery_link).toContain('token=')

  const sessions = await ask('listIdentitySessions', { id: uuid(1), active: true })
  expect(sessions).toHaveLength(4)
  expect(await ask('listSessions', { pageSize: 3, expand: ['identity'] })).toMatchObject(
    [1, 2, 3].map(() => ({ identity: { id: uuid(1) } })),
  )
  const [first, second] = sessions
  expect(new Date((await ask('getSession', { id: first.id })).issued_at).getTime()).toBeLessThan(Date.now())
  const extended = await ask('extendSession', { id: first.id })
  expect(new Date(extended.expires_at).getTime()).toBeGreaterThanOrEqual(new Date(first.expires_at).getTime())
  await ask('disableSession', { id: second.id })
  expect(await ask('listIdentitySessions', { id: uuid(1), active: true })).toHaveLength(3)
  await ask('deleteIdentitySessions', { id: uuid(1) })
  expect(await ask('listSessions')).toEqual([])
  await ask('deleteIdentityCredentials', { id: uuid(1), type: 'totp' })
  expect(Object.keys((await ask('getIdentity', { id: uuid(1) })).credentials)).toEqual(['password'])
  await ask('deleteIdentity', { id })
  const gone = await ask('getIdentity', { id }).catch((error: { response: { status: number } }) => error.response)
  expect(gone.status).toBe(404)
  return called
}

describe.each(clients)('%s calls every operation on identities', (_name, start, connect) => {
  test.each(['documented', 'kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const)(
    'of %s',
    async (profile) => {
      await using ory = await start({ profile, seed })
      const called = await live(connect(ory), profile === 'kratos-1.3')
      const here = operations.filter(({ since }) => since === undefined || profile !== 'kratos-1.3').map(({ id }) => id)
      const known = [fetchClient.IdentityApi, kratosClient.IdentityApi].flatMap(namesOf)
      const expected = known.filter((name) => !UNSERVED.includes(name) && (here as string[]).includes(name))
      expect([...called].sort()).toEqual([...new Set(expected)].sort())
      for (const name of known)
        if (!UNSERVED.includes(name)) expect(operations.map(({ id }) => id as string)).toContain(name)
    },
  )
})
