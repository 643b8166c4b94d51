import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock, type Mock, type Seed } from '../../src/index.ts'
import { team } from '../../src/seed/team.ts'
import { EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'

/** What an answer holds: tests look into it without a type. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any

const fixture = (name: string): string => new URL(`../../fixtures/${name}`, import.meta.url).pathname
const read = async (ory: Mock, path: string): Promise<Json> => (await ory.fetch(path)).json()
const everything = async (ory: Mock): Promise<string> =>
  (await (await ory.fetch('/admin/identities?include_credential=password')).text()) +
  (await (await ory.fetch('/admin/sessions?expand=devices')).text())

describe('a fixture', () => {
  test('may be what Kratos answered to a list of sessions', async () => {
    await using first = await createMock({
      now: NOW,
      seed: { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1)] },
    })
    const answered = await read(first, `/admin/identities/${uuid(1)}/sessions`)
    await using second = await createMock({ now: NOW, seed: answered })
    expect(await read(second, `/admin/identities/${uuid(1)}/sessions`)).toEqual(answered)
  })

  test('may be what Kratos answered to a request for an identity', async () => {
    await using first = await createMock({ now: NOW })
    const [answered] = await read(first, '/admin/identities?include_credential=password')
    await using second = await createMock({ now: NOW, seed: answered })
    expect(await read(second, '/admin/identities?include_credential=password')).toEqual([answered])
  })

  test('makes of the traits what it was not given: credentials, their identifiers and addresses', async () => {
    const identities = [
      { id: uuid(1), traits: { email: 'Ada@Example.com' } },
      {
        id: uuid(2),
        traits: { email: 'b@b.example' },
        credentials: { password: { config: { hashed_password: 'x' } } },
      },
      { id: uuid(3), traits: { email: 'c@c.example' }, credentials: {}, verifiable_addresses: [] },
    ]
    await using ory = await createMock({ now: NOW, seed: { schemas: { default: EMAIL }, identities } })
    const [ada, b, c] = await read(ory, '/admin/identities?include_credential=password')
    expect(ada.credentials.password).toMatchObject({ identifiers: ['ada@example.com'], config: {} })
    expect(ada.verifiable_addresses).toMatchObject([{ value: 'ada@example.com', via: 'email', status: 'pending' }])
    expect(ada.recovery_addresses).toMatchObject([{ value: 'ada@example.com', via: 'email' }])
    expect(b.credentials.password).toMatchObject({ identifiers: ['b@b.example'], config: { hashed_password: 'x' } })
    expect(c).not.toHaveProperty('credentials')
    expect(c).not.toHaveProperty('verifiable_addresses')
    expect(await read(ory, '/admin/identities?credentials_identifier=ADA@example.com')).toHaveLength(1)
  })

  test('may be several, of which each knows the others', async () => {
    await using ory = await createMock({ seed: [{ identities: [person(1)] }, { sessions: [sessionOf(1, 0)] }] })
    expect(await read(ory, `/admin/identities/${uuid(1)}/sessions`)).toHaveLength(1)
  })

  test('counts relative times from its own `now`, or else from the clock', async () => {
    const sessions = [{ issued_at: '-2h', expires_at: '+1h30m' }]
    await using ory = await createMock({
      now: '2026-11-23T06:00:00Z',
      seed: [{ now: NOW, identities: [{ id: uuid(1), sessions }] }, { identities: [{ id: uuid(2), sessions }] }],
    })
    const times = async (n: number) =>
      (await read(ory, `/admin/identities/${uuid(n)}/sessions`)).map(({ issued_at, expires_at }: Json) => [
        issued_at,
        expires_at,
      ])
    expect(await times(1)).toEqual([['2026-11-22T23:00:00Z', '2026-11-23T02:30:00Z']])
    expect(await times(2)).toEqual([['2026-11-23T04:00:00Z', '2026-11-23T07:30:00Z']])
  })

  test('names the states of sessions', async () => {
    const states = ['active', 'expiring', 'expired', 'revoked', 'aal2'] as const
    await using ory = await createMock({ now: NOW, seed: { identities: [{ sessions: states }] } })
    const made = (await ory.seed({ identities: [{ sessions: states }] })).sessions
    const shown = await Promise.all(made.map(({ id }) => read(ory, `/admin/sessions/${id}`)))
    expect(shown.map(({ active }) => active)).toEqual([true, true, false, false, true])
    expect(shown[4].authenticator_assurance_level).toBe('aal2')
    await ory.clock.advance('5s')
    expect((await read(ory, `/admin/sessions/${made[1]!.id}`)).active).toBe(false)
  })

  test('gives the same bytes at every start', async () => {
    const options = {
      now: NOW,
      seed: { identities: [{ sessions: ['active', {}] }], generate: { identities: 20, sessions: { min: 0, max: 4 } } },
    }
    await using first = await createMock(options)
    await using second = await createMock(options)
    await using other = await createMock({ ...options, randomSeed: 2 })
    expect(await everything(first)).toBe(await everything(second))
    expect(await everything(first)).not.toBe(await everything(other))
  })

  test('makes up as many people and sessions as it is told', async () => {
    await using ory = await createMock({ seed: { generate: { identities: 30, sessions: { min: 2, max: 2 } } } })
    expect(await read(ory, '/admin/identities')).toHaveLength(30)
    expect(await read(ory, '/admin/sessions')).toHaveLength(60)
  })

  test('is answered with what it made, generated people and their tokens included', async () => {
    await using ory = await createMock({ seed: {} })
    const { identities, sessions } = await ory.seed({ generate: { identities: 2, sessions: 1 } })
    expect(identities).toHaveLength(2)
    for (const { id, identity_id, token } of sessions) {
      expect((await read(ory, `/admin/sessions/${id}`)).id).toBe(id)
      expect(identities.map((one) => one.id)).toContain(identity_id)
      expect(token).toMatch(/^ory_st_\w{32}$/)
    }
  })

  test('may mix files, fixtures and what Kratos printed', async () => {
    await using ory = await createMock({
      seed: [new URL('../../fixtures/minimal.yaml', import.meta.url), person(1), { sessions: [sessionOf(1, 0)] }],
    })
    expect(await read(ory, '/admin/sessions')).toHaveLength(3)
  })

  test('keeps the nanoseconds of a time', async () => {
    await using ory = await createMock({ seed: [person(1, { state_changed_at: '2026-11-23T01:14:51.993510548Z' })] })
    expect((await read(ory, `/admin/identities/${uuid(1)}`)).state_changed_at).toBe('2026-11-23T01:14:51.993510548Z')
  })

  test('of any JSON whatever is taken or refused with a message, and pollutes nothing', async () => {
    const keys = fc.constantFrom(
      'identities',
      'sessions',
      'id',
      'traits',
      '__proto__',
      'constructor',
      'now',
      'generate',
      'state',
      'identity',
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(tree, async (seed) => {
        try {
          await (await createMock({ seed: (typeof seed === 'string' ? [seed, 1] : (seed ?? {})) as Seed })).close()
        } catch (error) {
          expect((error as Error).message).toContain('expected')
        }
        expect(({} as Json)['polluted']).toBeUndefined()
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('the fixtures that come along', () => {
  test('hold the built-in team', async () => {
    expect(JSON.parse(readFileSync(fixture('team.json'), 'utf8'))).toEqual(team)
    await using built = await createMock({ now: NOW })
    await using loaded = await createMock({ now: NOW, seed: fixture('team.json') })
    expect(await everything(loaded)).toBe(await everything(built))
  })

  test('show every state of a session in the team', async () => {
    await using ory = await createMock({ now: NOW })
    const people: Json[] = await read(ory, '/admin/identities')
    const sessions: Json[][] = await Promise.all(people.map(({ id }) => read(ory, `/admin/identities/${id}/sessions`)))
    const all = sessions.flat()
    expect(sessions.some((own) => own.length === 0)).toBe(true)
    expect(sessions.some((own) => own.length >= 25)).toBe(true)
    expect(people.some(({ state }) => state === 'inactive')).toBe(true)
    expect(all.some(({ authenticator_assurance_level }) => authenticator_assurance_level === 'aal2')).toBe(true)
    expect(all.some(({ expires_at }) => expires_at === '2026-11-23T01:00:05Z')).toBe(true)
    expect(all.some(({ active, expires_at }) => !active && expires_at > NOW)).toBe(true)
    expect(all.some(({ expires_at }) => expires_at < NOW)).toBe(true)
  })

  test('load from YAML', async () => {
    await using ory = await createMock({ seed: fixture('minimal.yaml') })
    expect(await read(ory, '/admin/sessions')).toHaveLength(2)
  })
})
