import { expect, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { Exchange } from '../../src/api/exchange.ts'
import { CallReader, FetchWire } from '../../src/http/in-process.ts'
import { Router } from '../../src/http/routing.ts'
import { profileOf } from '../../src/profiles/profile.ts'
import { World } from '../../src/world/world.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

test("a project's bearer token never gets a page that was kept for the root, nor the root one of the project", async () => {
  await using ory = await startMock({ port: 0, seed, now: NOW })
  await using project = await ory.project()
  await project.fetch(`/admin/sessions/${uuid(10_000)}`, { method: 'DELETE' })
  const read = async (headers: Record<string, string> = {}): Promise<unknown[]> =>
    (await (await fetch(ory.url + LIST, { headers })).json()) as unknown[]
  const bearing = { Authorization: `Bearer ${project.token}` }
  const root = await read()
  expect(await read()).toEqual(root)
  const own = await read(bearing)
  expect(own).toEqual(await (await project.fetch(LIST)).json())
  expect(own).not.toEqual(root)
  expect(await read(bearing)).toEqual(own)
  expect(await read()).toEqual(root)
  expect(await read({ Authorization: 'Bearer of-nobody' })).toEqual(root)
  await project.close()
  expect((await fetch(ory.url + LIST, { headers: bearing })).status).toBe(410)
  expect(await ory.requests.list()).toHaveLength(4)
})

test('of several answers that a request is said to have got, the journal takes the first alone', async () => {
  const origins = { admin: 'http://127.0.0.1:4434', public: 'http://127.0.0.1:4434' }
  const world = new World({ profile: profileOf('documented'), randomSeed: 1, origins })
  const wire = new FetchWire(
    new CallReader({ url: origins.admin, publicUrl: origins.admin }, () => 'both').read('/health/alive', undefined),
  )
  const routing = new Router('both', world.profile).route('GET', { path: '/health/alive', query: '' })
  const exchange = new Exchange({ world, wire, root: '', origin: '', authorized: false }, routing)
  exchange.answered(200)
  exchange.answered(0)
  expect(await world.journal.list()).toMatchObject([{ seq: 1, status: 200 }])
})
