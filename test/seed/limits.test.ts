import { expect, test } from 'vitest'
import { createMock, startMock } from '../../src/index.ts'
import { emptyTables, PLAIN, type Layout } from '../../src/store/tables.ts'
import { Schemas } from '../../src/store/schemas.ts'
import { Store } from '../../src/store/store.ts'
import { World } from '../../src/world/world.ts'
import { createApp } from '../../src/http/app.ts'
import { CallReader, FetchWire } from '../../src/http/in-process.ts'
import { Projects } from '../../src/world/projects.ts'
import { profileOf } from '../../src/profiles/profile.ts'
import { applyFixture } from '../../src/seed/seed.ts'

const ORIGIN = 'http://127.0.0.1:4434'
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

test.each([
  ['/identities', { identities: many(250_001, {}) }, 'at most 250000 identities', '250001'],
  ['/sessions', { identities: [{}], sessions: many(1_000_001, 'active') }, 'at most 1000000 sessions', '1000001'],
  ['/identities/0/sessions', { identities: [{ sessions: many(1_000_001, 'active') }] }, 'at most 1000000', '1000001'],
  ['', many(250_001, { traits: {} }), 'at most 250000 identities', '250001'],
  ['', many(1_000_001, { identity_id: 'x' }), 'at most 1000000 sessions', '1000001'],
  ['/generate', { identities: [{}], generate: { identities: 250_000 } }, 'at most 250000 identities in all', '250001'],
  [
    '/generate',
    { identities: [{ sessions: ['active'] }], generate: { identities: 1000, sessions: 1000 } },
    'at most 1000000 sessions in all',
    '1000001',
  ],
])('a fixture with too much at %j is refused before any of it is made', async (pointer, seed, expected, found) => {
  const refusal = await createMock({ seed: seed as never }).catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    problems: [{ pointer, expected: expect.stringContaining(expected) as string, found }],
  })
})

test('an array of too many is refused over HTTP, too', async () => {
  await using ory = await startMock({ port: 0, seed: {} })
  const body = `{"identities":[${many(1_000_001, '{}').join()}]}`
  const answer = await ory.fetch('/_mock/seed', { method: 'POST', body })
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('at most 250000 identities')])
  expect(await (await ory.fetch('/admin/identities')).json()).toEqual([])
})

const LAYOUT: Layout = { ...PLAIN, order: 'created' }

/** A world that says that it holds this many rows already: as many as that would take a test too long to make. */
const crowded = (identities: number, sessions: number): World => {
  const world = new World({
    profile: profileOf('documented'),
    randomSeed: 1,
    origins: { admin: ORIGIN, public: ORIGIN },
  })
  const tables = emptyTables(LAYOUT)
  const sized = <T extends object>(tree: T, size: number): T =>
    new Proxy(tree, {
      get: (target, name) => {
        if (name === 'size') return size
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  world.store.tables = {
    ...tables,
    identities: sized(tables.identities, identities),
    sessions: sized(tables.sessions, sessions),
  }
  return world
}

test('what the mock holds already counts', async () => {
  const world = crowded(249_999, 999_999)
  await expect(applyFixture(world, { identities: [{}, {}] })).rejects.toThrow(
    'at most 250000 identities in all, found 2, beside the 249999 that the mock holds',
  )
  await expect(applyFixture(world, { identities: [{ sessions: ['active', 'active'] }] })).rejects.toThrow(
    'at most 1000000 sessions in all, found 2, beside the 999999 that the mock holds',
  )
})

test('a write over the API that would be one too many is a 507, and nothing of it is stored', async () => {
  const world = crowded(250_000, 0)
  const app = createApp(new Projects(world))
  const before = world.store.tables
  const calls = new CallReader({ url: ORIGIN, publicUrl: ORIGIN }, () => 'both')
  const send = (method: string, body: unknown): Response | Promise<Response> => {
    const headers = { 'Content-Type': 'application/json' }
    const wire = new FetchWire(calls.read('/admin/identities', { method, body: JSON.stringify(body), headers }))
    app(wire)
    return wire.response
  }
  const create = { schema_id: 'default', traits: {} }
  const text = '{"type":"object","properties":{"traits":{}}}'
  world.store.tables = { ...before, schemas: new Schemas([{ id: 'default', text }]) }
  const { tables } = world.store
  const answer = await send('POST', create)
  expect([answer.status, await answer.json()]).toMatchObject([
    507,
    { error: { reason: 'This mock holds at most 250000 identities. Delete some, or reset it.' } },
  ])
  expect((await send('PATCH', { identities: [{ create }] })).status).toBe(507)
  expect(world.store.tables).toBe(tables)
})

test('a session that would be one too many is refused', () => {
  const world = crowded(0, 1_000_000)
  const store = new Store(LAYOUT, world.store.tables)
  expect(() => store.write((draft) => draft.putSession({ id: 'a' } as never))).toThrow('full')
  expect(() =>
    store.write((draft) => draft.add({ identities: [], holdings: [], sessions: [{ id: 'a' }] } as never)),
  ).toThrow('full')
})
