import { expect, test } from 'vitest'
import { NOW, person, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1)] }

describeDoors('Fault rules', (start) => {
  const get = async (ory: { fetch: typeof fetch }): Promise<number> =>
    (await ory.fetch(`/admin/identities/${uuid(1)}`)).status

  test('are armed one or several at a time, listed, removed and cleared', async () => {
    await using ory = await start({ seed, now: NOW })
    const one = await ory.faults.add({
      match: { operation: 'getIdentity' },
      when: { times: 1 },
      effect: { status: 503 },
    })
    expect(one).toMatchObject({ id: 'fault-1', hits: 0 })
    const two = await ory.faults.add([
      { id: 'a', effect: { status: 500 } },
      { id: 'b', effect: { status: 502 } },
    ])
    expect(two.map(({ id }) => id)).toEqual(['a', 'b'])
    expect([await get(ory), await get(ory)]).toEqual([503, 500])
    await ory.faults.remove('a')
    expect(await get(ory)).toBe(502)
    await ory.faults.remove(one)
    expect(await ory.faults.list()).toMatchObject([{ id: 'b', hits: 1 }])
    await ory.faults.clear()
    expect([await get(ory), await ory.faults.list()]).toEqual([200, []])
  })

  test('that are bad arm nothing', async () => {
    await using ory = await start({ seed, now: NOW })
    const bad = [{ id: 'good', effect: { status: 500 } }, { efect: { status: 500 } }]
    await expect(ory.faults.add(bad as never)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('/1') as string,
    })
    await expect(ory.faults.add(undefined as never)).rejects.toMatchObject({ status: 400 })
    expect(await ory.faults.list()).toEqual([])
  })

  test('that do not exist cannot be removed', async () => {
    await using ory = await start({ seed, now: NOW })
    await expect(ory.faults.remove('nothing')).rejects.toMatchObject({ status: 404 })
    await ory.faults.add({ id: 'there', effect: { status: 500 } })
    await expect(ory.faults.remove('their')).rejects.toThrow('Armed are there.')
    for (const id of ['', '.', '..', '../reset'])
      await expect(ory.faults.remove(id)).rejects.toMatchObject({ status: 404 })
    expect(await ory.faults.list()).toHaveLength(1)
  })

  test('are verified: each that never fired is named, with the reason', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.verify()
    await ory.faults.add([
      { id: 'used', match: { operation: 'getIdentity' }, effect: { status: 503 } },
      { id: 'idle', match: { operation: 'deleteIdentity' }, effect: { status: 503 } },
    ])
    await get(ory)
    const refusal = await ory.faults.verify().then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refusal).toMatchObject({ status: 409, details: { rules: [{ id: 'idle' }] } })
    expect((refusal as Error).message).toMatch(/^A fault rule never fired\. idle: /)
    await ory.faults.remove('idle')
    await ory.faults.verify()
  })
})
