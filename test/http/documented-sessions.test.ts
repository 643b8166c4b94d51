import { expect, test } from 'vitest'
import { describeTransports, NOW, person, sessionOf, uuid } from '../support.ts'

const seed = {
  identities: [person(1), person(2, { state: 'inactive' }), person(3)],
  sessions: [
    ...Array.from({ length: 5 }, (_, n) => sessionOf(1, n)),
    sessionOf(1, 5, { expires_at: '2026-11-23T00:30:00Z' }),
    sessionOf(1, 6, { active: false }),
    sessionOf(2, 0),
  ],
}
const list = (n: number, query = ''): string => `/admin/identities/${uuid(n)}/sessions${query}`

describeTransports('listIdentitySessions as the reference has it', (start) => {
  const setup = () => start({ seed, now: NOW })

  test('gives each session once when `rel="next"` is followed', async () => {
    await using ory = await setup()
    const seen: string[] = []
    for (let url: string | undefined = `${ory.url}${list(1, '?page_size=3')}`; url !== undefined;) {
      const response = await ory.fetch(url)
      seen.push(...(await response.json()).map(({ id }: { id: string }) => id))
      const next: string | undefined = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      url = next === undefined ? undefined : ory.url + next
    }
    expect(seen).toEqual(Array.from({ length: 7 }, (_, n) => uuid(10_000 + n)))
  })

  test('counts pages from 0', async () => {
    await using ory = await setup()
    const page = await (await ory.fetch(`${ory.url}${list(1, '?page=1&per_page=3')}`)).json()
    expect(page.map(({ id }: { id: string }) => id)).toEqual([uuid(10_003), uuid(10_004), uuid(10_005)])
  })

  test('answers 404 for an identity that is not there', async () => {
    await using ory = await setup()
    const response = await ory.fetch(`${ory.url}${list(99)}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      error: { code: 404, status: 'Not Found', reason: expect.stringContaining(uuid(99)) },
    })
  })

  test.each(['page_size=abc', 'per_page=1.5', 'page=x', 'page_token=nope', 'page_size=9223372036854775808'])(
    'refuses %s with a reason',
    async (query) => {
      await using ory = await setup()
      const response = await ory.fetch(`${ory.url}${list(1, `?${query}`)}`)
      expect(response.status).toBe(400)
      expect((await response.json()).error.reason).toContain(query.split('=')[0])
    },
  )

  test('links an empty list to itself alone', async () => {
    await using ory = await setup()
    const response = await ory.fetch(`${ory.url}${list(3)}`)
    expect(await response.json()).toEqual([])
    expect(response.headers.get('link')).toMatch(/^<[^>]+page=0[^>]+>; rel="first"$/)
    expect(response.headers.get('x-total-count')).toBe('0')
  })

  test.each([1, 2])('lists as active just the sessions whose body says so, of identity %i', async (n) => {
    await using ory = await setup()
    const read = async (query: string) =>
      (await (await ory.fetch(`${ory.url}${list(n, query)}`)).json()) as { id: string; active: boolean }[]
    const all = await read('')
    expect(await read('?active=true')).toEqual(all.filter(({ active }) => active))
    expect(await read('?active=false')).toEqual(all.filter(({ active }) => !active))
  })

  test('fills in the schema URL and the devices', async () => {
    await using ory = await setup()
    const [session] = await (await ory.fetch(`${ory.url}${list(1)}`)).json()
    expect(session.devices).toEqual([])
    expect(session.identity.schema_url).toBe(`${ory.publicUrl}/schemas/ZGVmYXVsdA`)
  })

  test('deletes the sessions of an identity that has none with 204', async () => {
    await using ory = await setup()
    expect((await ory.fetch(`${ory.url}${list(3)}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ory.fetch(`${ory.url}${list(99)}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('answers what it does not model with 501, and a wrong method with 405 and Allow', async () => {
    await using ory = await setup()
    const unmodelled = await ory.fetch(`${ory.url}/self-service/fed-cm/parameters`)
    expect(unmodelled.status).toBe(501)
    expect((await unmodelled.json()).error.reason).toContain('does not model GET')
    const wrong = await ory.fetch(`${ory.url}${list(1)}`, { method: 'PUT' })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('DELETE, GET, HEAD')
    expect((await wrong.json()).error.code).toBe(405)
  })
})
