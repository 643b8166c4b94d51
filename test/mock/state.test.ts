import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock, type Fixture, type Mock } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1)] }

const sessionsOf = async (ory: Mock, identity = uuid(1)): Promise<string> =>
  (await ory.fetch(`/admin/identities/${identity}/sessions`)).text()
const ids = async (ory: Mock, path = `/admin/identities/${uuid(1)}/sessions`): Promise<string[]> => {
  const response = await ory.fetch(path)
  return ((await response.json()) as { id: string }[]).map(({ id }) => id)
}
const revoke = async (ory: Mock, id: string): Promise<number> =>
  (await ory.fetch(`/admin/sessions/${id}`, { method: 'DELETE' })).status
const drop = async (ory: Mock): Promise<number> =>
  (await ory.fetch(`/admin/identities/${uuid(1)}/sessions`, { method: 'DELETE' })).status

describeDoors('State', (start) => {
  test('seed adds data and answers what it made, drawn ids and tokens included', async () => {
    await using ory = await start({ seed, now: NOW })
    const made = await ory.seed({
      identities: [{ traits: { email: 'grace@example.test' }, sessions: ['active', 'expired'] }],
    })
    expect(made.identities).toHaveLength(1)
    expect(made.sessions).toHaveLength(2)
    const [grace] = made.identities
    expect(grace).toMatchObject({ traits: { email: 'grace@example.test' } })
    expect(made.sessions.every((one) => one.identity_id === grace!.id && one.token.startsWith('ory_st_'))).toBe(true)
    expect((await ids(ory, `/admin/identities/${grace!.id}/sessions`)).toSorted()).toEqual(
      made.sessions.map(({ id }) => id).toSorted(),
    )
  })

  test('seed is refused whole, and nothing changes, the next drawn ids included', async () => {
    await using ory = await start({ seed, now: NOW })
    await using twin = await createMock({ seed, now: NOW })
    const bad = { identities: [{ traits: { email: 'grace@example.test' } }, { id: uuid(1), traits: {} }] }
    await expect(ory.seed(bad)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('/identities/1') as string,
    })
    await expect(ory.seed({ identitys: [] } as object)).rejects.toThrow('identities')
    await expect(ory.seed(undefined as unknown as Fixture)).rejects.toMatchObject({ status: 400 })
    const next = { identities: [{ traits: { email: 'grace@example.test' } }] }
    expect(await ory.seed(next)).toEqual(await twin.seed(next))
  })

  test('a snapshot brings back identities as they were, and the draw: what is made after it is the same', async () => {
    await using ory = await start({ seed, now: NOW })
    const write = async (method: string, path: string, body: unknown): Promise<string> => {
      const headers = { 'content-type': 'application/json' }
      const response = await ory.fetch(path, { method, headers, body: JSON.stringify(body) })
      return `${response.status} ${await response.text()}`
    }
    const made = async (): Promise<string[]> => [
      await write('POST', '/admin/identities', { traits: { email: 'new@example.com' } }),
      await write('PATCH', `/admin/identities/${uuid(1)}`, [{ op: 'add', path: '/metadata_public', value: [1] }]),
      await write('PATCH', '/admin/identities', {
        identities: ['a', 'new'].map((name) => ({ create: { traits: { email: `${name}@example.com` } } })),
      }),
      await write('POST', '/admin/recovery/code', { identity_id: uuid(1) }),
      await (await ory.fetch('/admin/identities?include_credential=password')).text(),
    ]
    const before = await (await ory.fetch('/admin/identities')).text()
    const snapshot = await ory.snapshot()
    const first = await made()
    expect(first.map((answer) => answer.slice(0, 3))).toEqual(['201', '200', '200', '201', '[{"'])
    await ory.fetch(`/admin/identities/${uuid(1)}`, { method: 'DELETE' })
    for (let time = 0; time < 2; time++) {
      await ory.restore(snapshot)
      expect(await (await ory.fetch('/admin/identities')).text()).toBe(before)
      expect(await made()).toEqual(first)
    }
  })

  test('reset goes back to the seeded state: data, clock, ids, faults and journal', async () => {
    await using ory = await start({
      seed,
      now: NOW,
      faults: { id: 'first', match: { path: '/admin/sessions' }, effect: { status: 503 } },
    })
    const before = await sessionsOf(ory)
    const more = { identities: [{ traits: { email: 'x@example.test' } }] }
    const made = await ory.seed(more)
    expect(await drop(ory)).toBe(204)
    await ory.fetch('/admin/sessions')
    await ory.clock.advance('3d')
    await ory.faults.add({ id: 'second', effect: { status: 500 } })
    await ory.reset()
    expect(await ory.clock.now()).toEqual(new Date(NOW))
    expect(await ory.faults.list()).toMatchObject([{ id: 'first', hits: 0 }])
    expect(await ory.requests.list()).toEqual([])
    expect(await sessionsOf(ory)).toBe(before)
    expect(await ory.requests.list()).toMatchObject([{ seq: 1 }])
    expect(await ory.seed(more)).toEqual(made)
  })

  test('a snapshot is restored to the byte, any number of times, after resets and deletions', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.clock.advance('5m')
    await revoke(ory, uuid(10_000))
    const snapshot = await ory.snapshot()
    const then = await sessionsOf(ory)
    const next: Fixture = { identities: [{ traits: { email: 'x@example.test' }, sessions: ['active'] }] }
    const drawn = await ory.seed(next)
    for (const spoil of [() => drop(ory), () => ory.reset(), () => ory.clock.advance('1d')]) {
      await spoil()
      await ory.restore(snapshot)
      expect(await sessionsOf(ory)).toBe(then)
      expect(await ory.clock.now()).toEqual(new Date('2026-11-23T01:05:00Z'))
      expect(await ory.seed(next)).toEqual(drawn)
    }
  })

  test('a snapshot brings back the fault rules and how often each fired', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ id: 'twice', when: { times: 2 }, effect: { status: 503 } })
    const get = async (): Promise<number> => (await ory.fetch('/admin/sessions')).status
    expect(await get()).toBe(503)
    const snapshot = await ory.snapshot()
    expect([await get(), await get()]).toEqual([503, 200])
    await ory.faults.clear()
    await ory.restore(snapshot)
    expect(await ory.faults.list()).toMatchObject([{ id: 'twice', hits: 1 }])
    expect([await get(), await get()]).toEqual([503, 200])
  })

  test('a snapshot of another project, or of nobody, is refused', async () => {
    await using ory = await start({ seed, now: NOW })
    await using project = await ory.project('cart')
    const snapshot = await project.snapshot()
    await expect(ory.restore(snapshot)).rejects.toMatchObject({
      status: 409,
      message: `The snapshot ${snapshot.id} is of the project cart, not of the root project.`,
    })
    await expect(ory.restore({ id: 'nothing' })).rejects.toMatchObject({ status: 404 })
    await expect(ory.restore(undefined as never)).rejects.toMatchObject({ status: 400 })
  })
})

test('restoring any snapshot out of any history gives the same bytes as when it was taken', async () => {
  const step = fc.oneof(
    fc.constantFrom('snapshot', 'reset', 'drop', 'seed').map((kind) => ({ kind, n: 0 })),
    fc.nat({ max: 5 }).map((n) => ({ kind: 'restore', n })),
    fc.integer({ min: -9, max: 9 }).map((n) => ({ kind: 'advance', n })),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using ory = await createMock({ seed, now: NOW })
      const state = async (): Promise<string> =>
        `${(await ory.clock.now()).toISOString()} ${await sessionsOf(ory)} ${await (await ory.fetch('/admin/identities')).text()}`
      const taken: { id: string; bytes: string }[] = []
      for (const { kind, n } of steps) {
        if (kind === 'snapshot') taken.push({ id: (await ory.snapshot()).id, bytes: await state() })
        else if (kind === 'reset') await ory.reset()
        else if (kind === 'drop') await drop(ory)
        else if (kind === 'advance') await ory.clock.advance(`${n}h`)
        else if (kind === 'seed') await ory.seed({ identities: [{ traits: {}, sessions: ['active'] }] })
        else if (taken[n] !== undefined) {
          await ory.restore(taken[n])
          expect(await state()).toBe(taken[n].bytes)
        }
      }
    }),
    { numRuns: 40 },
  )
})
