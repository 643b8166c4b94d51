import { expect, onTestFinished, test } from 'vitest'
import type { Control } from '../../src/control/control.ts'
import type { Fixture, Mock } from '../../src/index.ts'
import { serveMock } from '../../src/mock.ts'
import { NOW, person } from '../support.ts'

const start = async (): Promise<{ readonly mock: Mock; readonly control: Control }> => {
  const started = await serveMock({
    port: 0,
    seed: { identities: [person(1)] },
    now: NOW,
    faults: { id: 'armed', delay: 1 },
  })
  onTestFinished(() => started.mock.close())
  return started
}

const held = async (ory: Mock): Promise<number> =>
  ((await (await ory.fetch('/admin/identities')).json()) as unknown[]).length

test('a new baseline is there at once, for new projects too, and for others when they are reset', async () => {
  const { mock, control } = await start()
  const before = await mock.project('before')
  await mock.clock.advance('1h')
  await control.replaceBaseline({ identities: [person(1), person(2), person(3)] })
  expect(await held(mock)).toBe(3)
  expect(await mock.clock.now()).toEqual(new Date(NOW))
  expect(await mock.faults.list()).toMatchObject([{ id: 'armed' }])
  expect(await held(await mock.project('after'))).toBe(3)
  expect(await held(before)).toBe(1)
  await before.reset()
  expect(await held(before)).toBe(3)
  await mock.reset()
  expect(await held(mock)).toBe(3)
})

test('a bad baseline changes nothing', async () => {
  const { mock, control } = await start()
  await mock.clock.advance('1h')
  await expect(control.replaceBaseline({ identities: [person(2), { trait: {} }] })).rejects.toMatchObject({
    message: expect.stringContaining('/identities/1/trait') as string,
  })
  await expect(control.replaceBaseline('/nowhere/at/all.yaml')).rejects.toMatchObject({
    message: expect.stringContaining('/nowhere/at/all.yaml') as string,
  })
  expect(await held(mock)).toBe(1)
  expect(await mock.clock.now()).toEqual(new Date('2026-11-23T02:00:00Z'))
  await mock.reset()
  expect(await held(mock)).toBe(1)
})

test('a new baseline draws the ids that a start with it would', async () => {
  const seed: Fixture = { identities: [{ traits: { email: 'x@example.test' }, sessions: ['active'] }] }
  const { mock, control } = await start()
  await mock.seed(seed)
  await control.replaceBaseline(seed)
  const twin = await serveMock({ port: 0, seed, now: NOW })
  onTestFinished(() => twin.mock.close())
  const list = async (ory: Mock): Promise<unknown> =>
    ((await (await ory.fetch('/admin/sessions')).json()) as { id: string }[]).map(({ id }) => id)
  expect(await list(mock)).toEqual(await list(twin.mock))
})
