import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describeDoors } from '../mock/doors.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

/** Other files of this process are not to get what was loaded under a fake clock. */
afterAll(() => {
  vi.resetModules()
})

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

/** More than any loop here takes before a timer of a few milliseconds fires, and few enough to end in seconds. */
const MANY = 300_000

/** Repeats a call without a pause until a timer of 20 ms fires. @returns whether it did. */
const fires = async (call: () => unknown): Promise<boolean> => {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), 20)
  for (let n = 0; n < MANY && !over.signal.aborted; n++) await call()
  clearTimeout(timer)
  return over.signal.aborted
}

describeDoors('However fast it is asked, timers run', (start) => {
  test.each([
    ['answers', (ory: Mock) => ory.fetch(LIST)],
    ['broken connections', (ory: Mock) => ory.fetch('/admin/identities').catch(() => {})],
    ['reads of the journal', (ory: Mock) => ory.requests.list({ status: 599 })],
    ['refused control', (ory: Mock) => ory.faults.remove('none').catch(() => {})],
  ])('between %s', async (_name, call) => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ match: { operation: 'listIdentities' }, effect: { connection: 'reset' } })
    expect(await fires(() => call(ory))).toBe(true)
  })
})

test('between calls of a mock that is closed, too', async () => {
  const ory = await createMock({ seed })
  await ory.close()
  expect(await fires(() => ory.fetch(LIST).catch(() => {}))).toBe(true)
})

test('a time limit ends a loop of requests in-process', async () => {
  await using ory = await createMock({ seed, now: NOW })
  const signal = AbortSignal.timeout(20)
  const loop = async (): Promise<void> => {
    for (let n = 0; n < MANY; n++) await ory.fetch(LIST, { signal })
  }
  await expect(loop()).rejects.toBe(
    await new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(signal.reason))
    }),
  )
})

test('requests are served in the order in which they were sent', async () => {
  await using ory = await createMock({ seed, now: NOW })
  const paths = Array.from({ length: 2000 }, (_, n) => `${LIST}?n=${n}`)
  await Promise.all(paths.map((path) => ory.fetch(path)))
  expect((await ory.requests.list()).map(({ query }) => query['n'])).toEqual(
    Array.from({ length: 1000 }, (_, n) => String(n + 1000)),
  )
})

describe.each([
  ['setImmediate', []],
  ['MessageChannel alone', ['setImmediate']],
  ['setTimeout alone', ['setImmediate', 'MessageChannel']],
] as const)('With %s', (_name, missing) => {
  beforeEach(() => {
    vi.resetModules()
    for (const name of missing) vi.stubGlobal(name, undefined)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('a turn lets timers run', async () => {
    const { Turns } = await import('../../src/world/turns.ts')
    const turns = new Turns()
    expect(await fires(() => turns.due())).toBe(true)
  })
})

test('a fake clock holds nothing back, whether it came before the mock or after', async () => {
  vi.useFakeTimers()
  try {
    vi.resetModules()
    const { createMock: createLater } = await import('../../src/index.ts')
    for (const create of [createMock, createLater]) {
      await using ory = await create({ seed })
      for (let n = 0; n < 200; n++) {
        vi.advanceTimersByTime(10)
        expect((await ory.fetch(LIST)).status).toBe(200)
      }
    }
  } finally {
    vi.useRealTimers()
  }
})
