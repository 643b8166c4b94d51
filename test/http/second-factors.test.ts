import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { EMAIL, NOW, person, uuid } from '../support.ts'

type Profile = 'documented' | 'kratos-next'
const PROFILES = ['documented', 'kratos-next'] as const

const TYPES = ['totp', 'lookup_secret', 'webauthn', 'passkey']
const shown = TYPES.map((type) => `include_credential=${type}`).join('&')

const key = (id: string, display_name: string): object => ({ id, public_key: 'AQID', display_name })

const setup = (profile: Profile): Promise<Mock> =>
  createMock({
    seed: { schemas: { default: EMAIL }, identities: [person(1, { traits: { email: 'ada@example.com' } })] },
    now: NOW,
    profile,
  })

const put = async (ory: Mock, credentials: object, more: object = {}): Promise<Response> =>
  ory.fetch(`/admin/identities/${uuid(1)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits: { email: 'ada@example.com' }, state: 'active', credentials, ...more }),
  })

interface Shown {
  readonly identifiers: readonly string[]
  readonly config: Readonly<Record<string, unknown>>
}

const credentials = async (ory: Mock): Promise<Readonly<Record<string, Shown>>> =>
  (await (await ory.fetch(`/admin/identities/${uuid(1)}?${shown}`)).json()).credentials

describe.each(PROFILES)('second factors that %s imports', (profile) => {
  test('are found by whose they are: one-time passwords and codes', async () => {
    await using ory = await setup(profile)
    const made = await put(ory, {
      totp: { config: { totp_url: 'otpauth://totp/a' } },
      lookup_secret: { config: { codes: [{ code: 'a' }, { code: 'b', used_at: '2026-01-01T00:00:00Z' }] } },
    })
    expect(made.status).toBe(200)
    const { totp, lookup_secret } = await credentials(ory)
    expect(totp).toMatchObject({ identifiers: [uuid(1)], config: { totp_url: 'otpauth://totp/a' } })
    expect(lookup_secret).toMatchObject({
      identifiers: [uuid(1)],
      config: {
        recovery_codes: [
          { code: 'a', used_at: null },
          { code: 'b', used_at: '2026-01-01T00:00:00Z' },
        ],
      },
    })
  })

  test('join those that are there: codes behind them, keys by their ids, one-time passwords instead of them', async () => {
    await using ory = await setup(profile)
    const give = (codes: object[], keys: object[], totp_url: string): Promise<Response> =>
      put(ory, {
        totp: { config: { totp_url } },
        lookup_secret: { config: { codes } },
        webauthn: { config: { credentials: keys, user_handle: 'AQID' } },
        passkey: { config: { credentials: keys, user_handle: 'YWRh' } },
      })
    await give([{ code: 'a' }], [key('AQ==', 'one')], 'otpauth://totp/a')
    await give([{ code: 'b' }], [key('AQ==', 'renamed'), key('Ag==', 'two')], 'otpauth://totp/b')
    const { totp, lookup_secret, webauthn, passkey } = await credentials(ory)
    expect(totp?.config['totp_url']).toBe('otpauth://totp/b')
    expect(lookup_secret?.config['recovery_codes']).toMatchObject([{ code: 'a' }, { code: 'b' }])
    const keys = [
      { id: 'AQ==', display_name: 'renamed' },
      { id: 'Ag==', display_name: 'two' },
    ]
    expect(webauthn?.config).toMatchObject({ credentials: keys, user_handle: 'AQID' })
    expect(passkey).toMatchObject({ identifiers: ['ada'], config: { credentials: keys } })
  })

  test.each([
    [{ passkey: { config: { credentials: [key('AQ==', 'one')] } } }, 'non-empty user_handle'],
    [{ passkey: { config: { user_handle: 'AQID' } } }, 'at least one entry'],
    [{ webauthn: { config: { credentials: [{ id: '%' }] } } }, 'illegal base64 data at input byte 0'],
    [{ webauthn: { config: { credentials: [{ id: 'A' }] } } }, 'illegal base64 data at input byte 0'],
    [
      { webauthn: { config: { credentials: [{ authenticator: { sign_count: -1 } }] } } },
      'number -1 into Go struct field',
    ],
    [{ lookup_secret: { config: { codes: 5 } } }, 'of type []identity.RecoveryCode'],
  ])('are refused and nothing is kept of them: %j', async (given, why) => {
    await using ory = await setup(profile)
    const response = await put(ory, given)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(why)])
    expect(Object.keys(await credentials(ory))).toEqual(['password'])
  })

  test('come with a bulk import that is a fixture', async () => {
    const create = {
      traits: { email: 'bob@example.com' },
      credentials: {
        totp: { config: { totp_url: 'otpauth://totp/b' } },
        passkey: { config: { credentials: [key('AQ==', 'one')], user_handle: 'Ym9i' } },
      },
    }
    await using ory = await createMock({ seed: { identities: [{ create }], schemas: { default: EMAIL } }, profile })
    const [bob] = await (await ory.fetch('/admin/identities?include_credential=passkey')).json()
    expect(bob.credentials).toMatchObject({ totp: { identifiers: [bob.id] }, passkey: { identifiers: ['bob'] } })
  })
})

describe('the key of a device', () => {
  const deviceauthn = {
    identifiers: ['k1', 'k2'],
    config: { credentials: [{ client_key_id: 'k1' }, { client_key_id: 'k2' }] },
  }
  const remove = async (ory: Mock, query: string): Promise<number> => {
    const path = `/admin/identities/${uuid(1)}/credentials/deviceauthn${query}`
    return (await ory.fetch(path, { method: 'DELETE' })).status
  }

  test('is taken away by its id, and the credential stays when none is left', async () => {
    await using ory = await createMock({ seed: { identities: [person(1, { credentials: { deviceauthn } })] } })
    expect(await remove(ory, '')).toBe(400)
    expect(await remove(ory, '?identifier=k3')).toBe(404)
    expect(await remove(ory, '?identifier=k1')).toBe(204)
    expect(await remove(ory, '?identifier=k2')).toBe(204)
    const found = await (await ory.fetch(`/admin/identities/${uuid(1)}?include_credential=deviceauthn`)).json()
    expect(found.credentials.deviceauthn).toMatchObject({ identifiers: [], config: { credentials: [] } })
  })

  test('is nothing that a release before the next one knows', async () => {
    await using ory = await createMock({ seed: { identities: [person(1)] }, profile: 'kratos-26.2' })
    expect(await remove(ory, '?identifier=k1')).toBe(404)
    expect((await ory.fetch(`/admin/identities/${uuid(1)}?include_credential=deviceauthn`)).status).toBe(400)
  })
})

describe('the region of an identity', () => {
  const region = async (ory: Mock): Promise<unknown> =>
    (await (await ory.fetch(`/admin/identities/${uuid(1)}`)).json()).region

  test.each([
    ['documented', 'eu'],
    ['kratos-next', undefined],
  ] as const)('is answered by %s, and afterwards is %s', async (profile, kept) => {
    await using ory = await setup(profile)
    expect((await (await put(ory, {}, { region: 'eu' })).json()).region).toBe('eu')
    expect(await region(ory)).toBe(kept)
    expect((await put(ory, {}, { region: 'mars' })).status).toBe(400)
    expect(await region(ory)).toBe(kept)
  })

  test.each(PROFILES)('is patched by %s apart from everything else', async (profile) => {
    await using ory = await setup(profile)
    const patch = async (operations: unknown): Promise<Response> =>
      ory.fetch(`/admin/identities/${uuid(1)}`, { method: 'PATCH', body: JSON.stringify(operations) })
    const done = await patch([
      { op: 'replace', path: '/region', value: 'us' },
      { op: 'add', path: '/metadata_public', value: { a: 1 } },
    ])
    expect(await done.json()).toMatchObject({ region: 'us', metadata_public: { a: 1 } })
    expect(await (await patch([{ op: 'remove', path: '/region' }])).text()).toContain('is not supported on /region')
    expect((await patch([{ op: 'add', path: '/region', value: 'mars' }])).status).toBe(400)
    expect((await patch([{ op: 'add', path: '/region', value: '' }])).status).toBe(400)
  })

  test('is in a fixture, and none that there is not', async () => {
    await using ory = await createMock({ seed: { identities: [person(1, { region: 'asia' })] } })
    expect(await region(ory)).toBe('asia')
    const wrong = { identities: [{ region: 'Asia' }] } as object
    await expect(createMock({ seed: wrong })).rejects.toThrow('/identities/0/region')
    await using old = await createMock({
      seed: { identities: [person(1, { region: 'asia' })] },
      profile: 'kratos-26.2',
    })
    expect(await region(old)).toBeUndefined()
  })
})
