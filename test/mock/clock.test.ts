import { expect, test } from 'vitest'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0, { expires_at: '2026-11-23T02:00:00Z' })] }
const active = async (ory: { fetch: typeof fetch }, query = ''): Promise<boolean[]> => {
  const response = await ory.fetch(`/admin/identities/${uuid(1)}/sessions${query}`)
  return ((await response.json()) as { active: boolean }[]).map((one) => one.active)
}

describeDoors('The clock', (start) => {
  test('stands still at `now`, as a Date', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await ory.clock.now()).toEqual(new Date(NOW))
  })

  test('moves both ways, and sessions, lists and filters follow at once', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await active(ory)).toEqual([true])
    expect(await active(ory, '?active=true')).toEqual([true])
    expect(await ory.clock.advance('1h')).toEqual(new Date('2026-11-23T02:00:00Z'))
    expect(await active(ory)).toEqual([false])
    expect(await active(ory, '?active=true')).toEqual([])
    await ory.clock.advance(-1)
    expect(await active(ory)).toEqual([true])
    await ory.clock.advance('-30m')
    expect(await active(ory, '?active=true')).toEqual([true])
    await ory.clock.set('2030-01-01T00:00:00Z')
    expect(await active(ory)).toEqual([false])
  })

  test('is set by RFC 3339, a relative time, a Date and milliseconds', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await ory.clock.set('2026-12-01T02:00:00+02:00')).toEqual(new Date('2026-12-01T00:00:00Z'))
    expect(await ory.clock.set('+1h30m')).toEqual(new Date('2026-12-01T01:30:00Z'))
    expect(await ory.clock.set(new Date(86_400_000))).toEqual(new Date('1970-01-02T00:00:00Z'))
    expect(await ory.clock.set(0)).toEqual(new Date('1970-01-01T00:00:00Z'))
    expect(await ory.clock.advance(1500)).toEqual(new Date(1500))
  })

  test('runs with the machine, freezes, and runs on', async () => {
    await using ory = await start({ seed })
    const before = Date.now()
    const now = (await ory.clock.now()).getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
    const frozen = await ory.clock.freeze()
    expect(await ory.clock.set('now')).toEqual(frozen)
    await ory.clock.set('2020-01-01T00:00:00Z')
    await ory.clock.run()
    await expect.poll(async () => (await ory.clock.now()).getTime()).toBeGreaterThan(Date.parse('2020-01-01T00:00:00Z'))
  })

  test.each([
    ['yesterday', 'RFC 3339'],
    ['2026-02-30T00:00:00Z', 'RFC 3339'],
    [Number.NaN, 'no time'],
    [null, 'null is no time'],
    ['+99999999d', '9999-12-31'],
  ])('refuses to be set to %j', async (time, reason) => {
    await using ory = await start({ seed, now: NOW })
    await expect(ory.clock.set(time as string)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(reason) as string,
    })
    expect(await ory.clock.now()).toEqual(new Date(NOW))
  })

  test.each(['soon', '', '2026-11-23T01:00:00Z', true, Number.POSITIVE_INFINITY, 1e300])(
    'refuses to advance by %j',
    async (by) => {
      await using ory = await start({ seed, now: NOW })
      await expect(ory.clock.advance(by as string)).rejects.toMatchObject({ status: 400, name: 'ControlError' })
      expect(await ory.clock.now()).toEqual(new Date(NOW))
    },
  )
})
