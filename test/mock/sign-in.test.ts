import { expect, test } from 'vitest'
import type { ControlError, Mock, SignInOptions } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1), person(2, { state: 'inactive' })] }

const whoami = async (ory: Mock, headers: Record<string, string>) => {
  const response = await ory.fetch(`${ory.publicUrl}/sessions/whoami`, { headers })
  return [response.status, (await response.json()) as unknown] as const
}

const refused = async (signing: Promise<unknown>): Promise<[number, string]> => {
  const error = (await signing.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  )) as ControlError
  expect(error.name).toBe('ControlError')
  return [error.status, error.message]
}

describeDoors('signIn', (start) => {
  test('gives a session at once, with what proves it', async () => {
    await using ory = await start({ seed, now: NOW, profile: 'kratos-26.2' })
    const { session, token, cookie } = await ory.signIn(uuid(1))
    expect(token).toMatch(/^ory_st_\w{32}$/)
    expect(cookie).toBe(`ory_kratos_session=${token}`)
    expect(session).toMatchObject({
      active: true,
      expires_at: '2026-11-24T01:00:00Z',
      issued_at: '2026-11-23T01:00:00Z',
      authenticator_assurance_level: 'aal1',
      authentication_methods: [{ method: 'password', aal: 'aal1', completed_at: '2026-11-23T01:00:00Z' }],
      identity: { id: uuid(1), schema_id: 'default' },
      devices: [{ ip_address: '127.0.0.1', location: '' }],
    })
    expect(await whoami(ory, { 'x-session-token': token })).toMatchObject([200, { id: session.id, active: true }])
    expect(await whoami(ory, { authorization: `Bearer ${token}` })).toMatchObject([200, { id: session.id }])
    expect(await whoami(ory, { cookie })).toMatchObject([200, { id: session.id }])
    await ory.clock.advance('24h')
    expect(await whoami(ory, { cookie })).toMatchObject([401, {}])
  })

  test('takes an identity by its id, as it was seeded, or by what it signs in with', async () => {
    await using ory = await start({ now: NOW, seed: { identities: [] } })
    const { identities } = await ory.seed({ identities: [{ traits: { email: 'ada@example.test' } }] })
    for (const who of [identities[0]!, identities[0]!.id, 'ada@example.test'])
      expect((await ory.signIn(who)).session).toMatchObject({ identity: { id: identities[0]!.id } })
    const listed = await ory.fetch(`/admin/identities/${identities[0]!.id}/sessions`)
    expect(await listed.json()).toHaveLength(3)
  })

  test.each<[SignInOptions, object, number]>([
    [{ method: 'code' }, { authentication_methods: [{ method: 'code', aal: 'aal1' }] }, 200],
    [{ aal: 'aal2' }, { authenticator_assurance_level: 'aal2' }, 200],
    [{ state: 'aal2' }, { authentication_methods: [{ method: 'password' }, { method: 'totp', aal: 'aal2' }] }, 200],
    [{ method: 'webauthn' }, { authentication_methods: [{ method: 'password' }, { method: 'webauthn' }] }, 200],
    [{ state: 'expiring' }, { active: true, expires_at: '2026-11-23T01:00:05Z' }, 200],
    [{ state: 'expired' }, { active: false, expires_at: '2026-11-23T00:00:00Z' }, 401],
    [{ state: 'revoked' }, { active: false, expires_at: '2026-11-24T01:00:00Z' }, 401],
    [
      { device: { user_agent: 'Firefox', ip_address: '192.0.2.1', location: 'Munich, DE' } },
      { devices: [{ user_agent: 'Firefox', ip_address: '192.0.2.1', location: 'Munich, DE' }] },
      200,
    ],
  ])('takes %j', async (options, shown, status) => {
    await using ory = await start({ seed, now: NOW })
    const { session, token } = await ory.signIn(uuid(1), options)
    expect(session).toMatchObject(shown)
    expect((await whoami(ory, { 'x-session-token': token }))[0]).toBe(status)
  })

  test('says what it cannot do, and what would be right', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await refused(ory.signIn(uuid(9)))).toEqual([404, expect.stringContaining('Seed it first.')])
    expect(await refused(ory.signIn(uuid(2)))).toEqual([409, expect.stringContaining('is inactive')])
    for (const [options, remedy] of [
      [{ method: 'pasword' }, 'method knows no "pasword"; did you mean password?'],
      [{ state: 'toString' }, 'state knows no "toString"; known are active, expiring, expired, revoked, aal2.'],
      [{ aal: 3 }, 'aal must be one of aal1, aal2, not 3.'],
      [{ devise: {} }, 'Did you mean device?'],
      [{ device: { user_agent: 1 } }, 'device.user_agent must be a text, not 1.'],
    ] as const)
      expect(await refused(ory.signIn(uuid(1), options as unknown as SignInOptions))).toEqual([
        400,
        expect.stringContaining(remedy),
      ])
    for (const nobody of [undefined, null, 7, {}, { id: 7 }])
      expect(await refused(ory.signIn(nobody as unknown as string))).toEqual([
        400,
        expect.stringContaining('is no identity'),
      ])
    expect(await (await ory.fetch(`/admin/identities/${uuid(1)}/sessions`)).json()).toEqual([])
  })

  test('is taken back by reset, kept by a snapshot, and drawn from the seed', async () => {
    await using ory = await start({ seed, now: NOW })
    const before = await ory.snapshot()
    const first = await ory.signIn(uuid(1))
    await ory.restore(before)
    expect((await whoami(ory, { 'x-session-token': first.token }))[0]).toBe(401)
    expect(await ory.signIn(uuid(1))).toEqual(first)
    const project = await ory.project()
    expect(await project.signIn(uuid(1))).toMatchObject({ token: first.token, session: { id: first.session.id } })
    await ory.reset()
    expect((await whoami(ory, { 'x-session-token': first.token }))[0]).toBe(401)
    expect((await whoami(project, { 'x-session-token': first.token }))[0]).toBe(200)
  })
})

describeDoors('POST /_mock/sign-in', (start) => {
  test('is the same', async () => {
    await using ory = await start({ seed, now: NOW })
    const send = (body: unknown) => ory.fetch('/_mock/sign-in', { method: 'POST', body: JSON.stringify(body) })
    const response = await send({ identity: uuid(1), state: 'revoked' })
    expect([response.status, await response.json()]).toEqual([
      201,
      { session: expect.objectContaining({ active: false }), token: expect.any(String), cookie: expect.any(String) },
    ])
    expect((await send([])).status).toBe(400)
  })
})
