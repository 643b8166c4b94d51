import { performance } from 'node:perf_hooks'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp, type App } from '../../src/http/app.ts'
import { CallReader, FetchWire } from '../../src/http/in-process.ts'
import { startMock } from '../../src/index.ts'
import { profileOf } from '../../src/profiles/profile.ts'
import { Projects } from '../../src/world/projects.ts'
import { World } from '../../src/world/world.ts'
import { NOW, person, uuid } from '../support.ts'
import { RawConnection } from './raw-connection.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const ORIGIN = 'http://127.0.0.1:4434'
const calls = new CallReader({ url: ORIGIN, publicUrl: ORIGIN }, () => 'both')
const PATH = `/admin/identities/${uuid(1)}/sessions`

/** For a busy machine. */
const PATIENCE = 60_000

describe('requests that hang', { timeout: PATIENCE }, () => {
  let world: World
  let app: App
  beforeAll(() => {
    world = new World({ profile: profileOf('documented'), randomSeed: 1, origins: { admin: ORIGIN, public: ORIGIN } })
    app = createApp(new Projects(world))
    world.faults.add({ effect: { connection: 'hang' } })
  })
  afterAll(() => world.close(() => new Error('over')))

  const hang = (signal: AbortSignal): Promise<unknown> => {
    const wire = new FetchWire(calls.read(PATH, { signal }))
    app(wire)
    return Promise.resolve(wire.response).catch((error: unknown) => error)
  }

  const hangAndLeave = async (count: number): Promise<void> => {
    const clients = Array.from({ length: count }, () => new AbortController())
    const hung = clients.map(({ signal }) => hang(signal))
    expect(world.waiting.size).toBe(count)
    for (const client of clients) client.abort()
    await Promise.all(hung)
  }

  test('cost the processor nothing while they hang', async () => {
    const clients = Array.from({ length: 1000 }, () => new AbortController())
    const hung = clients.map(({ signal }) => hang(signal))
    // What it cost to receive them is over when the loop has turned.
    for (let turn = 0; turn < 3; turn++) await setImmediate()
    collect()
    const before = performance.eventLoopUtilization()
    await setTimeout(100)
    const { utilization } = performance.eventLoopUtilization(before)
    for (const client of clients) client.abort()
    await Promise.all(hung)
    expect(utilization).toBeLessThan(0.5)
  })

  test('leave nothing behind, be it ten thousand that were given up', async () => {
    await hangAndLeave(1000)
    expect(world.waiting.size).toBe(0)
    collect()
    const before = process.memoryUsage().heapUsed
    for (let round = 0; round < 10; round++) await hangAndLeave(1000)
    expect(world.waiting.size).toBe(0)
    await setImmediate()
    collect()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(3_000_000)
  })
})

test(
  'connections that hang, two hundred at a time, are all let go when their clients leave',
  { timeout: PATIENCE },
  async () => {
    await using mock = await startMock({ port: 0, seed: { identities: [person(1)] }, now: NOW })
    await mock.faults.add({ match: { operation: 'listIdentitySessions' }, effect: { connection: 'hang' } })
    for (let round = 0; round < 5; round++) {
      const clients = await Promise.all(Array.from({ length: 200 }, () => RawConnection.open(mock.url)))
      for (const client of clients) client.request('GET', PATH)
      while ((await mock.faults.list())[0]!.hits < 200 * (round + 1)) await setImmediate()
      for (const [n, client] of clients.entries()) client.leave(n % 2 === 0 ? 'FIN' : 'RST')
    }
    while ((await mock.requests.list({ status: 0 })).length < 1000) await setImmediate()
    expect((await mock.fetch(`${mock.url}/health/alive`)).status).toBe(200)
  },
)
