import { expect, test } from 'vitest'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = {
  identities: [person(1)],
  sessions: Array.from({ length: 250 }, (_, n) => sessionOf(1, n, { created_at: NOW })),
}
const LIST = `/admin/identities/${uuid(1)}/sessions`

describeDoors('The journal', (start) => {
  test('keeps the response of each request, a page that was served before too', async () => {
    await using ory = await start({ seed, now: NOW })
    const target = `${LIST}?page_size=1`
    for (let n = 0; n < 3; n++) {
      const answer = await ory.fetch(target)
      const [entry] = (await ory.requests.list()).slice(-1)
      expect(entry!.response!.body).toEqual(await answer.json())
      expect(entry!.response!.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        link: answer.headers.get('link'),
        'x-total-count': '250',
      })
    }
    await ory.fetch(`/admin/identities/${uuid(9)}`)
    await ory.fetch(`/admin/sessions/${uuid(10_000)}`, { method: 'DELETE' })
    await ory.fetch(LIST, { method: 'HEAD' })
    const bodies = (await ory.requests.list()).slice(-3).map(({ response }) => response!.body)
    expect(bodies).toMatchObject([{ error: { code: 404 } }, null, null])
  })

  test('keeps the first 64 kB of a long one, of a page that was served before too', async () => {
    await using ory = await start({ seed, now: NOW })
    const target = `${LIST}?page_size=250`
    const texts = []
    for (let n = 0; n < 2; n++) texts.push(await (await ory.fetch(target)).text())
    expect(texts[0]!.length).toBeGreaterThan(65_536)
    expect((await ory.requests.list()).map(({ response }) => response!.body)).toEqual(
      texts.map((text) => text.slice(0, 65_536)),
    )
  })

  test('keeps what a fault made of it: another status, a false body, a part, nothing', async () => {
    await using ory = await start({ seed, now: NOW })
    const rule = (effect: object): object => ({ when: { times: 1 }, effect })
    await ory.faults.add([
      rule({ status: 503, error: { reason: 'Too busy.' }, headers: { 'Retry-After': '1' } }),
      rule({ body: 'html' }),
      rule({ body: 'truncate', at: 0.5 }),
      rule({ body: 'slow', bytes: 100_000, every: 1 }),
      rule({ connection: 'reset' }),
    ] as never)
    const bodies: unknown[] = []
    const target = `${LIST}?page_size=1`
    for (let n = 0; n < 5; n++) {
      const answer = await ory.fetch(target).catch(() => undefined)
      await answer?.text().catch(() => {})
    }
    const whole = await (await ory.fetch(target)).text()
    for (const { response } of await ory.requests.list()) bodies.push(response === null ? null : response.body)
    expect(bodies).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ reason: 'Too busy.' }) as object }),
      expect.stringContaining('nginx'),
      whole.slice(0, Math.floor(whole.length / 2)),
      JSON.parse(whole),
      null,
      JSON.parse(whole),
    ])
    const [busy] = await ory.requests.list({ status: 503 })
    expect(busy!.response!.headers).toMatchObject({ 'retry-after': '1', 'ory-mock-fault': 'fault-1' })
  })

  test('bounds what it keeps of a request: a body of any depth, a head and a target of any length', async () => {
    await using ory = await start({ seed, now: NOW })
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    const body = `{"schema_id":"default","traits":{"deep":${deep}}}`
    const headers = { 'Content-Type': 'application/json' }
    for (const path of ['/admin/identities', '/nowhere']) await ory.fetch(path, { method: 'POST', body, headers })
    const posted = await ory.requests.list({ method: 'POST' })
    expect(posted.map((entry) => entry.body)).toEqual([body, body])

    const long = 'x'.repeat(900_000)
    for (let n = 0; n < 20; n++)
      await ory.fetch(`/health/alive?${long.slice(0, 20_000)}=${n}`, { headers: { 'X-Long': long, 'X-Last': 'b' } })
    const entries = await ory.requests.list({ path: '/health/alive' })
    expect(entries).toHaveLength(20)
    for (const entry of entries) {
      expect(entry.headers['x-long']?.startsWith('xxx') ?? entry.headers['x-last']).toBeTruthy()
      expect(JSON.stringify(entry).length).toBeLessThan(40_000)
    }
    expect(await ory.requests.wait({ path: '/health/alive' })).toMatchObject({ status: 200 })
  })
})
