import { expect, test } from 'vitest'
import type { Mock, ProjectOptions } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const json = async (ory: Mock, path: string): Promise<unknown> => (await ory.fetch(path)).json()
const ids = async (ory: Mock): Promise<unknown> =>
  ((await json(ory, '/admin/identities')) as { id: string }[]).map(({ id }) => id)
const sessionIds = async (ory: Mock): Promise<unknown> =>
  ((await json(ory, `/admin/identities/${uuid(1)}/sessions`)) as { id: string }[]).map(({ id }) => id)

describeDoors('A project with options of its own', (start) => {
  test('has its own people, profile and time, and goes back to them', async () => {
    await using ory = await start({ seed: { identities: [person(1)] }, now: NOW })
    await using own = await ory.project({
      name: 'own',
      profile: 'kratos-25.4',
      seed: { identities: [person(2), person(3)], sessions: [sessionOf(2, 1, { expires_at: '+1h' })] },
      now: '2030-01-01T00:00:00Z',
    })
    expect(own.name).toBe('own')
    expect(await json(own, '/_mock/health')).toMatchObject({ profile: 'kratos-25.4', identities: 2, sessions: 1 })
    expect(await json(own, `/admin/sessions/${uuid(20_001)}`)).toMatchObject({ expires_at: '2030-01-01T01:00:00Z' })
    await own.clock.advance('2h')
    await own.fetch(`/admin/identities/${uuid(2)}`, { method: 'DELETE' })
    expect(await ids(own)).toEqual([uuid(3)])
    await own.reset()
    expect(await ids(own)).toEqual([uuid(2), uuid(3)])
    expect(await own.clock.now()).toEqual(new Date('2030-01-01T00:00:00Z'))
    expect(await ids(ory)).toEqual([uuid(1)])
    expect(await ory.clock.now()).toEqual(new Date(NOW))
    await using plain = await ory.project()
    expect(await ids(plain)).toEqual([uuid(1)])
    expect(await json(plain, '/_mock/health')).toMatchObject({ profile: 'documented' })
  })

  test('has the people of the mock in the order of its own release', async () => {
    const sessions = [
      sessionOf(1, 1, { created_at: '2026-11-22T10:00:00Z', authenticated_at: '2026-11-22T12:00:00Z' }),
      sessionOf(1, 2, { created_at: '2026-11-22T11:00:00Z', authenticated_at: '2026-11-22T11:00:00Z' }),
    ]
    await using ory = await start({ seed: { identities: [person(1)], sessions }, now: NOW })
    await using old = await ory.project({ profile: 'kratos-1.3' })
    await using twin = await start({ seed: { identities: [person(1)], sessions }, now: NOW, profile: 'kratos-1.3' })
    expect(await sessionIds(old)).toEqual(await sessionIds(twin))
    expect(await sessionIds(ory)).toEqual([uuid(10_002), uuid(10_001)])
    expect(await sessionIds(old)).toEqual([uuid(10_001), uuid(10_002)])
    await old.fetch(`/admin/sessions/${uuid(10_001)}`, { method: 'DELETE' })
    await old.reset()
    expect(await sessionIds(old)).toEqual([uuid(10_001), uuid(10_002)])
  })

  test('is refused for an option that is wrong, and then none is made', async () => {
    await using ory = await start({ seed: { identities: [] } })
    for (const [options, reason] of [
      [{ name: 'one', profil: 'documented' }, 'Did you mean profile?'],
      [{ name: 'one', profile: 'kratos-9' }, 'kratos-9'],
      [{ name: 'one', profile: { base: 'documented', quirks: { nope: true } } }, 'profile.quirks.nope is no quirk'],
      [{ name: 'one', now: 'soon' }, '"soon" is no time'],
      [{ name: 'A' }, 'lower-case'],
    ] as const)
      await expect(ory.project(options as ProjectOptions)).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining(reason) as string,
      })
    expect(await json(ory, '/_mock/projects')).toEqual([])
  })
})
