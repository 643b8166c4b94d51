import { expect, test } from 'vitest'
import { createMock, type Fixture, type Mock } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1), sessionOf(1, 2)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

const ids = async (ory: Mock): Promise<string[]> =>
  ((await (await ory.fetch(LIST)).json()) as { id: string }[]).map(({ id }) => id)

describeDoors('Projects', (start) => {
  test('have data, clock, faults and journal of their own, from the same seeded state', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.clock.advance('1h')
    await using one = await ory.project('one')
    await using two = await ory.project('two')
    expect([one.name, two.name]).toEqual(['one', 'two'])
    expect(one.url).toBe(`${ory.url}/_mock/projects/one`)
    expect(await one.clock.now()).toEqual(new Date(NOW))
    expect(await ids(one)).toHaveLength(3)

    const next: Fixture = { identities: [{ traits: { email: 'x@example.test' }, sessions: ['active'] }] }
    expect(await one.seed(next)).toEqual(await two.seed(next))
    await one.fetch(LIST, { method: 'DELETE' })
    await one.clock.set('2030-01-01T00:00:00Z')
    await one.faults.add({ id: 'busy', match: { method: 'PUT' }, effect: { status: 503 } })

    for (const other of [two, ory]) {
      expect(await ids(other)).toHaveLength(3)
      expect(await other.faults.list()).toEqual([])
      expect(await other.requests.list({ method: 'DELETE' })).toEqual([])
    }
    expect(await two.clock.now()).toEqual(new Date(NOW))
    await one.reset()
    expect(await ids(one)).toHaveLength(3)
    expect(await one.clock.now()).toEqual(new Date(NOW))
  })

  test('share the rules that were armed at the start, each with its own count', async () => {
    await using ory = await start({
      seed,
      now: NOW,
      faults: { id: 'once', when: { times: 1 }, effect: { status: 503 } },
    })
    expect((await ory.fetch(LIST)).status).toBe(503)
    await using project = await ory.project()
    expect((await project.fetch(LIST)).status).toBe(503)
    expect((await project.fetch(LIST)).status).toBe(200)
    await project.faults.verify()
  })

  test('keep their root in Link headers, redirects and schema URLs', async () => {
    await using ory = await start({ seed, now: NOW, profile: 'kratos-26.2' })
    await using project = await ory.project('cart')
    const page = await project.fetch(`${LIST}?page_size=2`)
    expect(page.headers.get('link')).toContain(`</_mock/projects/cart${LIST}?`)
    const followed = /<([^>]+)>; rel="next"/.exec(page.headers.get('link')!)![1]!
    expect((await ory.fetch(new URL(followed, project.url))).status).toBe(200)
    const identity = (await (await project.fetch(`/admin/identities/${uuid(1)}`)).json()) as { schema_url: string }
    expect(identity.schema_url.startsWith(`${project.publicUrl}/schemas/`)).toBe(true)
    const schema = await ory.fetch(identity.schema_url)
    expect(schema.status).toBe(200)
    const away = await project.fetch(`/admin//identities/${uuid(1)}`, { redirect: 'manual' })
    expect(away.headers.get('location')).toBe(`/_mock/projects/cart/admin/identities/${uuid(1)}`)
  })

  test('take a root that is given over and over once, as a client has it that puts a link behind its base URL', async () => {
    await using ory = await start({ seed, now: NOW })
    await using project = await ory.project('cart')
    await using other = await ory.project('other')
    const page = await project.fetch(`${LIST}?page_size=2`)
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link')!)![1]!
    expect(next).toMatch(/^\/_mock\/projects\/cart\//)
    const followed = await ory.fetch(project.url + next)
    expect([followed.status, await followed.json()]).toMatchObject([200, [{ id: uuid(10_002) }]])
    expect(followed.headers.get('link')).toContain(`</_mock/projects/cart${LIST}?`)
    expect((await ory.fetch(`${project.url}/${next}`)).status).toBe(200)
    expect((await ory.fetch(project.url + new URL(project.url).pathname.repeat(5) + LIST)).status).toBe(200)
    expect((await ory.fetch(`${project.url}/_mock/projects/cart/_mock/health`)).status).toBe(200)
    expect((await project.requests.list()).map(({ path }) => path)).toEqual([LIST, LIST, LIST, LIST])
    expect((await ory.fetch(`${other.url}${next}`)).status).toBe(404)
  })

  test('are picked by their bearer token at the URL of the whole mock', async () => {
    await using ory = await start({ seed, now: NOW, token: 'ory_pat_admin' })
    await using project = await ory.project()
    const as = (token: string, url: string = ory.url, method = 'GET'): Promise<Response> =>
      ory.fetch(`${url}${LIST}`, { method, headers: { Authorization: `Bearer ${token}` } })
    expect((await as(project.token, ory.url, 'DELETE')).status).toBe(204)
    expect(await (await as(project.token)).json()).toEqual([])
    expect(await (await as('ory_pat_admin')).json()).toHaveLength(3)
    expect(await (await as('ory_pat_admin', project.url)).json()).toEqual([])
    expect((await as(project.token, project.url)).status).toBe(200)
    expect((await as('ory_pat_wrong')).status).toBe(401)
    expect((await project.fetch(LIST)).status).toBe(401)
    await project.close()
    const gone = await as(project.token)
    expect([gone.status, await gone.json()]).toMatchObject([
      410,
      { error: { reason: `The project ${project.name} was removed.` } },
    ])
    expect((await as('ory_mock_unknown')).status).toBe(410)
  })

  test('take names that are slugs, each once; made-up names avoid those in use', async () => {
    await using ory = await start({ seed, now: NOW })
    for (const name of ['', 'A', 'a b', 'a/b', '-a', 'a--b', '../x', 'ä', 'a'.repeat(101), 7, null]) {
      await expect(ory.project(name as string)).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining('lower-case') as string,
      })
    }
    await ory.project('project-1')
    await expect(ory.project('project-1')).rejects.toMatchObject({ status: 409 })
    expect((await ory.project()).name).toBe('project-2')
    expect((await ory.project()).name).toBe('project-3')
    const again = await ory.project('again')
    await again.close()
    await again.close()
    expect((await ory.project('again')).name).toBe('again')
  })

  test('that are gone keep their handles from another one of the same name', async () => {
    await using ory = await start({ seed, now: NOW })
    const stale = await ory.project('checkout')
    await ory.fetch('/_mock/projects/checkout', { method: 'DELETE' })
    const fresh = await ory.project('checkout')
    const reason = 'The project checkout was removed.'
    const gone = { status: 410, message: expect.stringContaining(reason) as string }
    await expect(stale.seed({ identities: [person(2)] })).rejects.toMatchObject(gone)
    await expect(stale.reset()).rejects.toMatchObject(gone)
    await expect(stale.faults.add({ effect: { status: 503 } })).rejects.toMatchObject(gone)
    for (const target of [LIST, stale.url + LIST, new Request(stale.url + LIST, { headers: { 'X-A': 'b' } })]) {
      const answer = await stale.fetch(target, { method: 'DELETE' })
      expect([answer.status, await answer.text()]).toEqual([410, expect.stringContaining(reason)])
    }
    await stale.close()
    expect(await ids(fresh)).toHaveLength(3)
    expect((await stale.fetch(`${ory.url}${LIST}`)).status).toBe(200)
    const entry = (await fresh.requests.list())[0]!
    expect(Object.keys(entry.headers)).not.toContain('ory-mock-project')
    await fresh.close()
  })

  test('that are closed say so; one that never was names the nearest', async () => {
    await using ory = await start({ seed, now: NOW })
    const project = await ory.project('checkout')
    const near = await ory.fetch('/_mock/projects/chekout/admin/identities')
    expect([near.status, await near.text()]).toEqual([404, expect.stringContaining('Did you mean checkout?')])
    await project.close()
    const gone = await project.fetch(LIST)
    expect([gone.status, await gone.text()]).toEqual([
      410,
      expect.stringContaining('The project checkout was removed.'),
    ])
    await expect(project.reset()).rejects.toMatchObject({ status: 410, message: 'The project checkout was removed.' })
    expect((await ory.fetch('/_mock/projects/checkout', { method: 'DELETE' })).status).toBe(410)
    expect((await ory.fetch('/_mock/projects/nobody', { method: 'DELETE' })).status).toBe(404)
  })

  test('are dropped past the limit, the one not used for longest first, and say so', async () => {
    await using ory = await start({ seed, now: NOW, maxProjects: 2 })
    const [one, two] = [await ory.project('one'), await ory.project('two')]
    await one.clock.now()
    await ory.project('three')
    expect(await ids(one)).toHaveLength(3)
    await expect(two.clock.now()).rejects.toMatchObject({
      status: 410,
      message: expect.stringMatching(/two was dropped.*maxProjects/) as string,
    })
    const listed = (await (await ory.fetch('/_mock/projects')).json()) as { name: string }[]
    expect(listed.map(({ name }) => name)).toEqual(['one', 'three'])
  })

  test('make projects too, beside themselves', async () => {
    await using ory = await start({ seed, now: NOW })
    const one = await ory.project('one')
    const two = await one.project('two')
    expect(two.url).toBe(`${ory.url}/_mock/projects/two`)
    await one.close()
    expect(await ids(two)).toHaveLength(3)
  })

  test('of a mock with two ports have both URLs', async () => {
    await using ory = await start({ seed, now: NOW, port: 0, publicPort: 0 })
    await using project = await ory.project('cart')
    expect(ory.publicUrl).not.toBe(ory.url)
    expect(project.publicUrl).toBe(`${ory.publicUrl}/_mock/projects/cart`)
    await project.clock.set('2030-01-01T00:00:00Z')
    const who = (url: string): Promise<Response> =>
      ory.fetch(`${url}/sessions/whoami`, { headers: { 'X-Session-Token': 'ory_st_1_0' } })
    expect((await who(project.publicUrl)).status).toBe(401)
    expect((await who(ory.publicUrl)).status).toBe(200)
    expect(await project.requests.list()).toMatchObject([{ path: '/sessions/whoami', status: 401 }])
  })
})

test('A hundred tests at once, each in its project, never see each other', async () => {
  await using ory = await createMock({ seed, now: NOW })
  await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      await using project = await ory.project()
      await project.seed({
        identities: [person(100 + n)],
        sessions: Array.from({ length: n % 7 }, (__, s) => sessionOf(100 + n, s)),
      })
      await project.clock.advance(n)
      const response = await project.fetch(`/admin/identities/${uuid(100 + n)}/sessions`)
      expect(await response.json()).toHaveLength(n % 7)
      expect((await (await project.fetch('/admin/identities')).json()) as unknown[]).toHaveLength(2)
      expect(await project.requests.list()).toHaveLength(2)
      expect(await project.clock.now()).toEqual(new Date(Date.parse(NOW) + n))
    }),
  )
  expect(await (await ory.fetch('/admin/identities')).json()).toHaveLength(1)
})
