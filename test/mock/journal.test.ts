import { expect, test } from 'vitest'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1), person(2)], sessions: [sessionOf(1, 0), sessionOf(2, 0)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

describeDoors('The journal', (start) => {
  test('has each request as it was sent, and how it was answered', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.fetch(`${LIST}?page_size=2&x=1&x=%C3%A9`, { headers: { 'X-Trace': 'abc' } })
    const [entry, ...others] = await ory.requests.list()
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      seq: 1,
      at: NOW,
      operation: 'listIdentitySessions',
      method: 'GET',
      path: LIST,
      query: { page_size: '2', x: ['1', 'é'] },
      headers: { 'x-trace': 'abc' },
      body: null,
      status: 200,
      fault: null,
      response: { headers: { 'content-type': 'application/json; charset=utf-8' }, body: [{ id: uuid(10_000) }] },
    })
    expect(Object.keys(entry!)).toEqual([
      'seq',
      'at',
      'operation',
      'method',
      'path',
      'query',
      'headers',
      'body',
      'status',
      'durationMs',
      'fault',
      'response',
    ])
    expect(entry!.durationMs).toBeGreaterThanOrEqual(0)
  })

  test('redacts what authenticates', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.fetch(LIST, {
      headers: { Authorization: 'Bearer ory_pat_1', Cookie: 'a=b', 'X-Session-Token': 'ory_st_1' },
    })
    const [entry] = await ory.requests.list()
    expect(entry!.headers).toMatchObject({
      authorization: '[redacted]',
      cookie: '[redacted]',
      'x-session-token': '[redacted]',
    })
    expect(JSON.stringify(entry)).not.toMatch(/ory_pat_1|a=b|ory_st_1/)
  })

  test('has the body of a request, be it read by the API or not', async () => {
    await using ory = await start({ seed, now: NOW })
    const post = (body: string): Promise<Response> =>
      ory.fetch('/admin/identities', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
    await ory.faults.add({ when: { times: 1 }, effect: { status: 503 } })
    expect((await post('{"schema_id":"default","traits":{"a":[1]}}')).status).toBe(503)
    await ory.fetch('/nowhere', { method: 'PUT', body: 'no JSON' })
    await ory.fetch('/nowhere', { method: 'PUT', body: 'x'.repeat(100_000) })
    await ory.fetch(LIST, { method: 'DELETE' })
    const bodies = (await ory.requests.list()).map(({ body }) => body)
    expect(bodies).toEqual([{ schema_id: 'default', traits: { a: [1] } }, 'no JSON', 'x'.repeat(65_536), null])
  })

  test('marks what a fault did, the end of a connection too', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add([
      { id: 'busy', when: { times: 1 }, effect: { status: 503 } },
      { id: 'cut', when: { times: 1 }, effect: { connection: 'reset' } },
    ])
    await ory.fetch(LIST)
    await expect(ory.fetch(LIST)).rejects.toThrow('fetch failed')
    await ory.fetch(LIST)
    expect((await ory.requests.list()).map(({ status, fault }) => [status, fault])).toEqual([
      [503, 'busy'],
      [0, 'cut'],
      [200, null],
    ])
    expect(await ory.requests.list({ fault: true })).toHaveLength(2)
    expect(await ory.requests.list({ fault: false })).toHaveLength(1)
    expect(await ory.requests.list({ fault: 'cut' })).toMatchObject([{ seq: 2 }])
  })

  test('is filtered by operation, method, path, status and identity', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.fetch(LIST)
    await ory.fetch(LIST)
    await ory.fetch(`/admin/identities/${uuid(2)}/sessions`)
    await ory.fetch(LIST, { method: 'DELETE' })
    await ory.fetch(`/admin/sessions/${uuid(20_000)}`)
    await ory.fetch('/nowhere')
    const seqs = async (filter: object): Promise<number[]> => (await ory.requests.list(filter)).map(({ seq }) => seq)
    expect(await seqs({ operation: 'listIdentitySessions' })).toEqual([1, 2, 3])
    expect(await seqs({ method: 'delete' })).toEqual([4])
    expect(await seqs({ path: '/admin/identities/*/sessions' })).toEqual([1, 2, 3, 4])
    expect(await seqs({ path: '**/sessions/**', method: 'GET' })).toEqual([1, 2, 3, 5])
    expect(await seqs({ status: 501 })).toEqual([6])
    expect(await seqs({ identity: uuid(1) })).toEqual([1, 2, 4])
    expect(await seqs({ identity: `{${uuid(2)}}` })).toEqual([3, 5])
    expect(await seqs({ identity: uuid(1), status: 204 })).toEqual([4])
    await ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': 'ory_st_2_0' } })
    expect(await seqs({ identity: uuid(2), operation: 'toSession' })).toEqual([7])
    expect(await seqs({ operation: undefined })).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test.each([
    [{ metod: 'GET' }, 'Did you mean method?'],
    [{ operation: 'listIdentitySession' }, 'Did you mean listIdentitySessions?'],
    [{ operation: 'whoami' }, 'There is no operation whoami. Did you mean toSession?'],
    [{ operation: 'fly' }, 'There is no operation fly.'],
    [{ status: '404' }, 'whole number'],
    [{ status: 4.5 }, 'whole number'],
    [{ status: '404', path: 7 }, 'not "404". A filter\'s path is a string, not 7.'],
    [{ identity: 'ada' }, 'UUID'],
    [{ path: 7 }, 'string'],
    [{ fault: 7 }, 'true or false'],
    [{ __proto__: null, constructor: 1 }, 'constructor'],
    ['GET', 'object'],
    [[], 'object'],
    [null, 'object'],
  ])('refuses the filter %j', async (filter, reason) => {
    await using ory = await start({ seed, now: NOW })
    const refusal = { name: 'ControlError', status: 400, message: expect.stringContaining(reason) as string }
    await expect(ory.requests.list(filter as never)).rejects.toMatchObject(refusal)
    await expect(ory.requests.wait(filter as never)).rejects.toMatchObject(refusal)
  })

  test('keeps the newest thousand, oldest first, and counts on', async () => {
    await using ory = await start({ seed, now: NOW })
    for (let n = 0; n < 1003; n++) await ory.fetch(`/health/alive?n=${n}`)
    const entries = await ory.requests.list()
    expect(entries).toHaveLength(1000)
    expect(entries[0]).toMatchObject({ seq: 4, query: { n: '3' } })
    expect(entries.at(-1)).toMatchObject({ seq: 1003, query: { n: '1002' } })
    await ory.requests.clear()
    expect(await ory.requests.list()).toEqual([])
    await ory.fetch('/health/alive')
    expect(await ory.requests.list()).toMatchObject([{ seq: 1004 }])
  })

  test('is in order when it was cleared after it had begun to drop the oldest', async () => {
    await using ory = await start({ seed, now: NOW })
    for (let n = 0; n < 1003; n++) await ory.fetch('/health/alive')
    await ory.requests.clear()
    for (let n = 0; n < 6; n++) await ory.fetch(`/health/alive?n=${n}`)
    expect((await ory.requests.list()).map(({ query }) => query['n'])).toEqual(['0', '1', '2', '3', '4', '5'])
    expect(await ory.requests.wait({ path: '/health/alive' })).toMatchObject({ query: { n: '0' } })
  })

  test('is never told of calls that control the mock', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.fetch('/_mock/health')
    await ory.fetch('/_mock/nothing')
    await ory.fetch('/_mock/projects/nobody/admin/identities')
    await ory.clock.now()
    expect(await ory.requests.list()).toEqual([])
  })

  test('waits for a request that is still to come', async () => {
    await using ory = await start({ seed, now: NOW })
    const waiting = ory.requests.wait({ method: 'DELETE' })
    await ory.fetch(LIST)
    await ory.fetch(LIST, { method: 'DELETE' })
    expect(await waiting).toMatchObject({ seq: 2, operation: 'deleteIdentitySessions', status: 204 })
  })

  test('finds one that has come already, the first of several', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.fetch(LIST)
    await ory.fetch(LIST)
    expect(await ory.requests.wait({ path: LIST }, { timeout: 0 })).toMatchObject({ seq: 1 })
    expect(await ory.requests.wait()).toMatchObject({ seq: 1 })
  })

  test('says what came instead when a wait ends', async () => {
    await using ory = await start({ seed, now: NOW })
    await expect(ory.requests.wait({ method: 'DELETE' }, { timeout: 1 })).rejects.toMatchObject({
      status: 408,
      message: 'No request like {"method":"DELETE"} came within 1 ms. None came at all.',
    })
    await ory.fetch(LIST)
    await expect(ory.requests.wait({ method: 'DELETE' }, { timeout: 1 })).rejects.toThrow(
      `Of 1 that came the last were: GET ${LIST} 200.`,
    )
  })

  test.each([-1, 240_001, Number.NaN, '5s'])('refuses the timeout %j', async (timeout) => {
    await using ory = await start({ seed, now: NOW })
    await expect(ory.requests.wait({}, { timeout: timeout as number })).rejects.toMatchObject({ status: 400 })
  })

  test.each([250, { patience: 250 }])('wait() takes its options as an object, not %j', async (options) => {
    await using ory = await start()
    await expect(ory.requests.wait({}, options as never)).rejects.toMatchObject({ status: 400 })
  })

  test('a wait ends when its project does', async () => {
    await using ory = await start({ seed, now: NOW })
    const project = await ory.project()
    const waiting = project.requests.wait({ method: 'PUT' }).catch((error: unknown) => error)
    await project.requests.list()
    await project.close()
    expect(await waiting).toMatchObject({ name: 'ControlError', status: 410 })
  })
})
