import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startMock, type Mock } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { RawConnection, readAnswer, type RawAnswer } from './raw-connection.ts'

const seed = {
  identities: [person(1), person(2)],
  sessions: [...[1, 2].map((n) => sessionOf(1, n)), ...Array.from({ length: 200 }, (_, n) => sessionOf(2, n))],
}
/** A body with a Content-Length, and one so long that Go would send it chunked. */
const SHORT = `/admin/identities/${uuid(1)}/sessions`
const LONG = `/admin/identities/${uuid(2)}/sessions`

let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0, seed, now: NOW })
})
afterAll(() => mock.close())
beforeEach(() => mock.reset())

/** The answer without a fault, its body in whatever way it was framed. */
const unfaulted = async (path: string): Promise<string> =>
  Buffer.from(await (await mock.fetch(mock.url + path)).arrayBuffer()).toString('latin1')

const once = (effect: object): Promise<unknown> => mock.faults.add({ when: { times: 1 }, effect } as never)

/** A connection that has had an answer, or none yet. */
const opened = async (kind: 'fresh' | 'kept-alive'): Promise<RawConnection> => {
  const connection = await RawConnection.open(mock.url)
  if (kind === 'kept-alive') {
    connection.request('GET', '/health/alive')
    expect((await connection.answer()).status).toBe(200)
  }
  return connection
}

describe.each(['fresh', 'kept-alive'] as const)('on a %s connection', (kind) => {
  test.each([
    ['reset', 'RST'],
    ['close', 'FIN'],
  ] as const)('%s ends it with a %s before a byte', async (connection, ending) => {
    using raw = await opened(kind)
    await once({ connection })
    raw.request('GET', SHORT)
    expect(await raw.ended()).toBe(ending)
    expect(raw.received).toBe('')
  })

  test.each([SHORT, LONG])('truncate sends the full length of %s, its part and a FIN', async (path) => {
    const whole = await unfaulted(path)
    using raw = await opened(kind)
    await once({ body: 'truncate', at: 0.25 })
    raw.request('GET', path)
    expect(await raw.ended()).toBe('FIN')
    const { status, headers, body } = readAnswer(raw.received)
    expect(status).toBe(200)
    expect(headers['content-length']).toBe(String(whole.length))
    expect(headers).not.toHaveProperty('transfer-encoding')
    expect(headers['ory-mock-fault']).toMatch(/^fault-/)
    expect(body).toBe(whole.slice(0, Math.floor(whole.length / 4)))
  })

  test.each([SHORT, LONG])('reset in the body sends the full length of %s, its part and an RST', async (path) => {
    const whole = await unfaulted(path)
    using raw = await opened(kind)
    await once({ body: 'reset', at: 0.75 })
    raw.request('GET', path)
    expect(await raw.ended()).toBe('RST')
    const { headers, body } = readAnswer(raw.received)
    expect(headers['content-length']).toBe(String(whole.length))
    expect(body).toBe(whole.slice(0, Math.floor(whole.length * 0.75)))
  })

  test.each([
    ['truncate', 'FIN'],
    ['reset', 'RST'],
  ] as const)('%s at the very start sends the head alone, then a %s', async (body, ending) => {
    const whole = await unfaulted(SHORT)
    using raw = await opened(kind)
    await once({ body, at: 0 })
    raw.request('GET', SHORT)
    expect(await raw.ended()).toBe(ending)
    expect(readAnswer(raw.received)).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': String(whole.length) },
    })
  })

  test('a hang sends no byte, and ends when the client leaves', async () => {
    using raw = await opened(kind)
    await once({ connection: 'hang' })
    raw.request('GET', SHORT)
    using other = await RawConnection.open(mock.url)
    other.request('GET', SHORT)
    expect((await other.answer()).status).toBe(200)
    expect(raw.received).toBe('')
    expect(raw.isOpen).toBe(true)
    raw.leave()
    expect(await mock.requests.wait({ fault: true })).toMatchObject({ status: 0, fault: 'fault-1' })
  })

  test.each<[string, object, (answer: RawAnswer, whole: string) => void]>([
    [
      'malformed JSON',
      { body: 'malformed' },
      ({ status, headers, body }, whole) => {
        expect(status).toBe(200)
        expect(headers['content-type']).toBe('application/json; charset=utf-8')
        expect(whole.startsWith(body)).toBe(true)
        expect(body.length).toBeGreaterThan(0)
        expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError)
      },
    ],
    ['no body', { body: 'empty' }, ({ status, body }) => expect([status, body]).toEqual([200, ''])],
    [
      "a proxy's page",
      { body: 'html' },
      ({ status, headers, body }) => {
        expect([status, headers['content-type']]).toEqual([200, 'text/html'])
        expect(body).toMatch(/^<html>/)
      },
    ],
    [
      "a proxy's page with a status",
      { body: 'html', status: 502 },
      ({ status, body }) => {
        expect(status).toBe(502)
        expect(body).toContain('<h1>502 Bad Gateway</h1>')
      },
    ],
    [
      'a status with a whole errorGeneric',
      { status: 503, error: { id: 'x', reason: 'Because.' }, headers: { 'Retry-After': '3' } },
      ({ status, headers, body }) => {
        expect([status, headers['retry-after'], headers['ory-error-id']]).toEqual([503, '3', 'x'])
        expect(JSON.parse(body)).toEqual({
          error: {
            id: 'x',
            code: 503,
            status: 'Service Unavailable',
            reason: 'Because.',
            message: 'The service is unavailable',
          },
        })
      },
    ],
  ])('%s comes whole, and the connection lives on', async (_title, effect, check) => {
    const whole = await unfaulted(SHORT)
    using raw = await opened(kind)
    await once(effect)
    raw.request('GET', SHORT)
    const faulted = await raw.answer()
    check(faulted, whole)
    expect(faulted.headers['ory-mock-fault']).toBe('fault-1')
    raw.request('GET', SHORT)
    const next = await raw.answer()
    expect(next.body).toBe(whole)
    expect(next.headers).not.toHaveProperty('ory-mock-fault')
  })

  test('a slow body comes whole, in its parts and at its pace, and the connection lives on', async () => {
    const whole = await unfaulted(SHORT)
    using raw = await opened(kind)
    const [bytes, every] = [Math.ceil(whole.length / 4), 30]
    await once({ body: 'slow', bytes, every })
    const begun = performance.now()
    raw.request('GET', SHORT)
    while (readAnswer(raw.received).body.length < whole.length) await raw.more()
    expect(readAnswer(raw.received).body).toBe(whole)
    expect(performance.now() - begun).toBeGreaterThan(3 * every - 5)
    expect(raw.parts.slice(-3)).toEqual([bytes, bytes, whole.length - 3 * bytes])
    await raw.answer()
    raw.request('GET', SHORT)
    expect((await raw.answer()).body).toBe(whole)
  })
})

describe('a faulted connection', () => {
  test('takes no other with it', async () => {
    using kept = await opened('kept-alive')
    for (const effect of [{ connection: 'reset' }, { connection: 'close' }, { body: 'truncate' }, { body: 'reset' }]) {
      await mock.reset()
      using raw = await opened('fresh')
      await once(effect)
      raw.request('GET', SHORT)
      await raw.ended()
      kept.request('GET', SHORT)
      expect((await kept.answer()).status).toBe(200)
    }
  })

  test('is closed by FIN even when a long request body is still on its way', async () => {
    await once({ connection: 'close' })
    using raw = await opened('fresh')
    raw.request('POST', '/admin/identities', { 'Content-Length': '3000000' })
    raw.send('x'.repeat(3_000_000))
    expect(await raw.ended()).toBe('FIN')
    expect(raw.received).toBe('')
  })

  test('is closed by FIN for a client that never sends the rest of its body', async () => {
    await once({ connection: 'close' })
    using raw = await opened('fresh')
    raw.request('POST', '/admin/identities', { 'Content-Length': '100' })
    expect(await raw.ended()).toBe('FIN')
  })

  test('gets the answers to what was pipelined before, whole and in order', async () => {
    const whole = await unfaulted(SHORT)
    await mock.faults.add({ match: { query: { slow: true } }, effect: { body: 'slow', bytes: 400, every: 5 } })
    await mock.faults.add({ match: { query: { cut: true } }, effect: { connection: 'close' } })
    using raw = await opened('fresh')
    raw.request('GET', `${SHORT}?slow`)
    raw.request('GET', '/health/alive')
    raw.request('GET', `${SHORT}?cut`)
    raw.request('GET', '/health/alive')
    expect((await raw.answer()).body).toBe(whole)
    expect((await raw.answer()).body).toBe('{"status":"ok"}\n')
    expect(await raw.ended()).toBe('FIN')
    expect(raw.received).toBe('')
  })

  test('has a deletion done before its body is cut, and none before it is reset', async () => {
    const left = async (): Promise<number> => (JSON.parse(await unfaulted(SHORT)) as unknown[]).length
    using reset = await opened('fresh')
    await once({ connection: 'reset' })
    reset.request('DELETE', SHORT)
    expect(await reset.ended()).toBe('RST')
    expect(await left()).toBe(2)
    using cut = await opened('fresh')
    await once({ body: 'reset', at: 0 })
    cut.request('DELETE', SHORT)
    expect(await cut.ended()).toBe('RST')
    expect(readAnswer(cut.received).status).toBe(204)
    expect(await left()).toBe(0)
  })

  test('answers HEAD with the head of a faulted status', async () => {
    await once({ status: 503 })
    using raw = await opened('fresh')
    raw.request('HEAD', SHORT)
    raw.request('GET', '/health/alive')
    while (!raw.received.includes('{"status":"ok"}')) await raw.more()
    expect(raw.received).toMatch(/^HTTP\/1\.1 503 /)
    expect(raw.received).not.toContain('"error"')
  })

  test('waits for its delay and is let go when the client leaves', async () => {
    await mock.faults.add({ when: { times: 1 }, delay: 2 ** 30, effect: { status: 503 } })
    using raw = await opened('fresh')
    raw.request('GET', SHORT)
    using other = await RawConnection.open(mock.url)
    other.request('GET', SHORT)
    expect((await other.answer()).status).toBe(200)
    raw.leave('RST')
    expect(await mock.requests.wait({ fault: true })).toMatchObject({ status: 0 })
  })
})

describe('closing the mock', () => {
  test('ends requests that hang, that wait and that come slowly, at once', async () => {
    const own = await startMock({ port: 0, seed, now: NOW })
    await own.faults.add({ when: { times: 1 }, effect: { connection: 'hang' } })
    await own.faults.add({ when: { times: 1 }, delay: 2 ** 30 })
    await own.faults.add({ when: { times: 1 }, effect: { body: 'slow', bytes: 1, every: 2 ** 30 } })
    const connections = []
    for (let n = 0; n < 3; n++) {
      const raw = await RawConnection.open(own.url)
      raw.request('GET', SHORT)
      connections.push(raw)
    }
    while (connections[2]!.received === '') await connections[2]!.more()
    const begun = performance.now()
    await own.close()
    await Promise.all(connections.map((raw) => raw.ended()))
    expect(performance.now() - begun).toBeLessThan(500)
    expect(connections.map(({ received }) => received.length > 0)).toEqual([false, false, true])
  })
})
