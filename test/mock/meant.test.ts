import { expect, test } from 'vitest'
import { connect, startMock, UnboundError, type FaultRule, type RequestFilter, type Seed } from '../../src/index.ts'
import { NOW, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const reasonOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'taken',
    (error: unknown) => (error as Error).message,
  )

describeDoors('What is meant is told', (start) => {
  test('of parts of an effect beside it, and of a delay in it', async () => {
    await using ory = await start()
    const add = (rule: object): Promise<string> => reasonOf(ory.faults.add(rule as FaultRule))
    expect(await add({ status: 503 })).toContain('status: is a part of an effect: put it under `effect`')
    expect(await add({ effect: { status: 503, delay: '1s' } })).toContain('stands beside an effect')
    expect(await add({ effect: { delay: '1s' } })).toContain('stands beside an effect')
    expect(await ory.faults.list()).toEqual([])
  })

  test('of a misspelt list of identities, and of no fixture at all', async () => {
    await using ory = await start()
    const seed = (fixture: unknown): Promise<string> => reasonOf(ory.seed(fixture as Seed))
    expect(await seed({ identity: [] })).toContain('did you mean "identities"?')
    expect(await seed(undefined)).toBe('There is no fixture.')
  })

  test('of a path with a query in a filter', async () => {
    await using ory = await start()
    const list = (filter: RequestFilter): Promise<string> => reasonOf(ory.requests.list(filter))
    expect(await list({ path: '/sessions?page_size=1' })).toBe("A filter's path is without a query: /sessions.")
  })

  test('by a time and a stop at once: the clock stands at that very time', async () => {
    await using ory = await start()
    const moved = await ory.fetch(`${ory.url}/_mock/clock`, {
      method: 'PUT',
      body: JSON.stringify({ now: NOW, running: false }),
      headers: { 'Content-Type': 'application/json' },
    })
    expect(await moved.json()).toEqual({ now: NOW, running: false })
    await ory.clock.run()
    await ory.clock.freeze()
    expect(await ory.clock.set(NOW)).toEqual(new Date(NOW))
  })
})

test('a misspelt option of connect is refused', () => {
  expect(() => connect('http://127.0.0.1:4434', { publicURL: uuid(1) } as object)).toThrow(
    'connect has no option publicURL; it takes publicUrl.',
  )
})

test('a port in use is an UnboundError', async () => {
  await using first = await startMock({ port: 0 })
  const error: unknown = await startMock({ port: Number(new URL(first.url).port) }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UnboundError)
  expect(error).toMatchObject({ code: 'EADDRINUSE' })
})
