import { afterEach, expect, test, vi } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person } from '../support.ts'
import { describeDoors } from './doors.ts'

const NETWORK = 'https://x.projects.oryapis.com'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describeDoors('The `fetch` of a mock or a project', (start) => {
  test('answers for whatever host it is asked, with its own data, faults and journal', async () => {
    await using ory = await start({ seed: { identities: [person(1)] }, now: NOW })
    await using own = await ory.project({ seed: { identities: [person(2), person(3)] } })
    for (const [mock, count] of [
      [ory, 1],
      [own, 2],
    ] as const) {
      const asked = ['/admin/identities', '/admin/identities?a=%20b', '/admin/./identities#c'].map(
        (path) => NETWORK + path,
      )
      for (const url of [...asked, 'http://localhost:1/admin/identities', 'HTTPS://ORY.TEST/admin/identities'])
        for (const input of [url, new URL(url), new Request(url)])
          expect(await (await mock.fetch(input)).json()).toHaveLength(count)
      expect(await mock.requests.list({ operation: 'listIdentities' })).toHaveLength(15)
      await mock.faults.add({ effect: { status: 503 } })
      expect((await mock.fetch(`${NETWORK}/admin/identities`)).status).toBe(503)
      await mock.faults.clear()
    }
  })

  test('takes what is sent to another host along: method, headers and body', async () => {
    await using ory = await start({ seed: { identities: [] } })
    await using own = await ory.project()
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Own': 'yes' } }
    const body = (email: string) => JSON.stringify({ schema_id: 'default', traits: { email } })
    const at = `${NETWORK}/admin/identities`
    const sent = [
      await own.fetch(at, { ...init, body: body('a@example.com') }),
      await own.fetch(new Request(at, { ...init, body: body('b@example.com') })),
      await own.fetch(new Request(at), { ...init, body: body('c@example.com') }),
    ]
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201])
    const heard = await own.requests.list()
    expect(heard.map(({ headers }) => headers['x-own'])).toEqual(['yes', 'yes', 'yes'])
    expect(await ory.requests.list()).toEqual([])
  })

  test('walks the pages of another host by their links', async () => {
    await using ory = await start({ seed: { identities: [person(1), person(2), person(3)] } })
    await using own = await ory.project()
    for (const mock of [ory, own]) {
      const ids: string[] = []
      let next: string | undefined = '/admin/identities?page_size=1'
      while (next !== undefined) {
        const response: Response = await mock.fetch(new URL(next, NETWORK))
        ids.push(...((await response.json()) as { id: string }[]).map(({ id }) => id))
        next = /<([^>]+)>; ?rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      }
      expect(ids).toEqual([person(1).id, person(2).id, person(3).id])
    }
  })

  test('still reaches the whole mock and other projects at their own URLs', async () => {
    await using ory = await start({ seed: { identities: [person(1)] } })
    await using own = await ory.project()
    await using other = await ory.project()
    await own.fetch(`${ory.url}/admin/identities`)
    await own.fetch(`${other.url}/admin/identities`)
    expect(await Promise.all([ory, own, other].map(async ({ requests }) => (await requests.list()).length))).toEqual([
      1, 0, 1,
    ])
  })

  test('can stand in for the global one, whose spies hear no call of the mock itself', async () => {
    await using ory = await start({ seed: { identities: [person(1)] } })
    await using own = await ory.project()
    const spy = vi.spyOn(globalThis, 'fetch')
    await own.clock.now()
    await own.fetch('/admin/identities')
    expect(spy).not.toHaveBeenCalled()
    vi.stubGlobal('fetch', own.fetch)
    expect(await (await fetch(`${NETWORK}/admin/identities`)).json()).toHaveLength(1)
    expect(await own.requests.list()).toHaveLength(2)
  })
})

test('a `fetch` of a project is refused once that is gone, whatever host it asks', async () => {
  await using ory = await createMock({ seed: { identities: [] } })
  const own = await ory.project()
  await own.close()
  expect((await own.fetch(`${NETWORK}/admin/identities`)).status).toBe(410)
  expect(await ory.requests.list()).toEqual([])
})
