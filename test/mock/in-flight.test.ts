import { expect, test } from 'vitest'
import type { Mock } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1), person(2)], sessions: [sessionOf(1, 0), sessionOf(1, 1)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

/** Longer than a test may take. */
const LONG = 600_000

const create = (ory: Mock): Promise<unknown> =>
  ory
    .fetch('/admin/identities', {
      method: 'POST',
      body: JSON.stringify({ schema_id: 'default', traits: { email: 'late@example.test' } }),
      headers: { 'Content-Type': 'application/json' },
    })
    .then(
      ({ status }) => status,
      (error: unknown) => error,
    )

const people = async (ory: Mock): Promise<number> =>
  ((await (await ory.fetch('/admin/identities')).json()) as unknown[]).length

const CUT = { name: 'TypeError' }

describeDoors('A request in flight', (start) => {
  test('is in the journal, with the rule that holds it and the body that it brought', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ id: 'slow', match: { method: 'POST' }, delay: LONG })
    const held = create(ory)
    const entry = await ory.requests.wait({ status: null })
    expect(entry).toMatchObject({
      seq: 1,
      at: NOW,
      operation: 'createIdentity',
      status: null,
      fault: 'slow',
      response: null,
      body: { traits: { email: 'late@example.test' } },
    })
    await ory.fetch(LIST)
    expect((await ory.requests.list()).map(({ seq, status }) => [seq, status])).toEqual([
      [1, null],
      [2, 200],
    ])
    expect((await ory.requests.list({ status: null, fault: 'slow' })).map(({ seq }) => seq)).toEqual([1])
    await expect(ory.requests.wait({ method: 'POST' }, { timeout: 1 })).rejects.toThrow(
      `were: POST /admin/identities in flight; GET ${LIST} 200.`,
    )
    await ory.faults.clear()
    expect(await held).toMatchObject(CUT)
    expect((await ory.requests.list()).map(({ seq, status, fault }) => [seq, status, fault])).toEqual([
      [1, 0, 'slow'],
      [2, 200, null],
    ])
  })

  test('that was forgotten by `clear` is there once it is answered', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ id: 'hung', match: { path: LIST }, effect: { connection: 'hang' } })
    const hung = ory.fetch(LIST).catch((error: unknown) => error)
    await ory.requests.wait({ status: null })
    await ory.requests.clear()
    expect(await ory.requests.list()).toEqual([])
    await ory.faults.remove('hung')
    expect(await hung).toMatchObject(CUT)
    expect(await ory.requests.wait({ path: LIST })).toMatchObject({ seq: 2, status: 0, fault: 'hung' })
  })

  test.each(['reset', 'restore', 'faults.clear', 'faults.remove'] as const)(
    'that a delay holds back does not land after %s, and is cut',
    async (how) => {
      await using ory = await start({ seed, now: NOW })
      const before = await ory.snapshot()
      const rule = await ory.faults.add({ match: { method: 'POST' }, delay: LONG })
      const held = create(ory)
      await ory.requests.wait({ status: null })
      if (how === 'reset') await ory.reset()
      else if (how === 'restore') await ory.restore(before)
      else if (how === 'faults.clear') await ory.faults.clear()
      else await ory.faults.remove(rule)
      expect(await held).toMatchObject(CUT)
      expect(await people(ory)).toBe(2)
      const left = (await ory.requests.list({ method: 'POST' })).map(({ status }) => status)
      expect(left).toEqual(how === 'reset' ? [] : [0])
    },
  )

  test.each(['reset', 'restore', 'faults.clear'] as const)('that hangs is cut by %s', async (how) => {
    await using ory = await start({ seed, now: NOW })
    const before = await ory.snapshot()
    await ory.faults.add({ effect: { connection: 'hang' } })
    const hung = [ory.fetch(LIST), ory.fetch(LIST)].map((one) => one.catch((error: unknown) => error))
    await expect.poll(() => ory.requests.list({ status: null })).toHaveLength(2)
    if (how === 'reset') await ory.reset()
    else if (how === 'restore') await ory.restore(before)
    else await ory.faults.clear()
    for (const one of hung) expect(await one).toMatchObject(CUT)
    expect((await ory.fetch(LIST)).status).toBe(200)
  })

  test('of another rule stays when one is removed, and a wait for a request outlives a reset', async () => {
    await using ory = await start({ seed, now: NOW })
    const [one, two] = await ory.faults.add([
      { match: { path: LIST }, effect: { connection: 'hang' } },
      { match: { path: '/admin/sessions' }, effect: { connection: 'hang' } },
    ])
    const first = ory.fetch(LIST).catch((error: unknown) => error)
    const second = ory.fetch('/admin/sessions').catch((error: unknown) => error)
    await expect.poll(() => ory.requests.list({ status: null })).toHaveLength(2)
    await ory.faults.remove(one!)
    expect(await first).toMatchObject(CUT)
    expect(await ory.requests.list({ status: null })).toMatchObject([{ fault: two!.id }])
    const waiting = ory.requests.wait({ path: '/health/alive' })
    await ory.requests.list()
    await ory.reset()
    expect(await second).toMatchObject(CUT)
    await ory.fetch('/health/alive')
    expect(await waiting).toMatchObject({ seq: 1, status: 200 })
  })
})
