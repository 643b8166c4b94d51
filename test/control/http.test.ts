import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createMock, startMock, type Mock } from '../../src/index.ts'
import { RawConnection } from '../http/raw-connection.ts'
import { describeTransports, NOW, person, sessionOf, uuid } from '../support.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: { readonly error: { readonly reason: string; readonly code: number } } & Record<string, unknown>
}

const call = async (ory: Mock, method: string, path: string, body?: unknown): Promise<Answered> => {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const response = await ory.fetch(path, text === undefined ? { method } : { method, body: text })
  const answer = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: (answer === '' ? {} : JSON.parse(answer)) as Answered['body'],
  }
}

describeTransports('/_mock', (start) => {
  test('says that it is there, and what it holds', async () => {
    await using ory = await start({ seed, now: NOW })
    const { status, headers, body } = await call(ory, 'GET', '/_mock/health')
    expect([status, body]).toEqual([
      200,
      { status: 'ok', url: ory.url, publicUrl: ory.publicUrl, profile: 'documented', identities: 1, sessions: 1 },
    ])
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await ory.fetch('/_mock/health', { method: 'HEAD' })).status).toBe(200)
  })

  test('seeds, resets, and sets the clock', async () => {
    await using ory = await start({ seed, now: NOW })
    const seeded = await call(ory, 'POST', '/_mock/seed', { identities: [person(2)], sessions: [sessionOf(2, 0)] })
    expect(seeded).toMatchObject({
      status: 201,
      body: {
        identities: [{ id: uuid(2) }],
        sessions: [{ id: uuid(20_000), identity_id: uuid(2), token: 'ory_st_2_0' }],
      },
    })
    const pasted = await call(ory, 'POST', '/_mock/seed', [{ ...sessionOf(3, 0), identity: person(3) }])
    expect(pasted).toMatchObject({
      status: 201,
      body: { identities: [{ id: uuid(3) }], sessions: [{ identity_id: uuid(3) }] },
    })
    expect((await call(ory, 'PUT', '/_mock/clock', { now: '+1h' })).body).toEqual({
      now: '2026-11-23T02:00:00Z',
      running: false,
    })
    expect((await call(ory, 'POST', '/_mock/clock/advance', { by: '-30m' })).body).toEqual({
      now: '2026-11-23T01:30:00Z',
      running: false,
    })
    expect((await call(ory, 'POST', '/_mock/clock/advance', { by: 500 })).body).toEqual({
      now: '2026-11-23T01:30:00.5Z',
      running: false,
    })
    expect((await call(ory, 'PUT', '/_mock/clock', { running: true })).body).toMatchObject({ running: true })
    expect((await call(ory, 'POST', '/_mock/reset')).status).toBe(204)
    expect((await call(ory, 'GET', '/_mock/clock')).body).toEqual({ now: NOW, running: false })
    expect((await call(ory, 'GET', '/_mock/health')).body).toMatchObject({ identities: 1, sessions: 1 })
  })

  test('arms, lists, verifies and removes fault rules', async () => {
    await using ory = await start({ seed, now: NOW })
    expect(await call(ory, 'POST', '/_mock/faults', { id: 'a', effect: { status: 503 } })).toMatchObject({
      status: 201,
      body: { id: 'a', hits: 0 },
    })
    expect((await call(ory, 'POST', '/_mock/faults', [{ id: 'b/ä', effect: { status: 500 } }])).status).toBe(400)
    expect((await call(ory, 'POST', '/_mock/faults', [{ id: 'b', effect: { status: 500 } }])).body).toMatchObject([
      { id: 'b' },
    ])
    expect((await ory.fetch(LIST)).status).toBe(503)
    expect(await call(ory, 'POST', '/_mock/faults/verify')).toMatchObject({
      status: 409,
      body: { error: { reason: expect.stringContaining('b: ') as string } },
    })
    expect((await call(ory, 'DELETE', '/_mock/faults/b')).status).toBe(204)
    expect((await call(ory, 'POST', '/_mock/faults/verify')).status).toBe(204)
    expect((await call(ory, 'GET', '/_mock/faults')).body).toMatchObject([{ id: 'a', hits: 1 }])
    expect((await call(ory, 'DELETE', '/_mock/faults')).status).toBe(204)
    expect((await ory.fetch(LIST)).status).toBe(200)
  })

  test('is never faulted itself', async () => {
    await using ory = await start({ seed, now: NOW })
    await call(ory, 'POST', '/_mock/faults', { effect: { connection: 'reset' } })
    const own = await ory.fetch('/_mock/health', { headers: { 'Ory-Mock-Fault': '{"status":503}' } })
    expect(own.status).toBe(200)
    expect((await call(ory, 'GET', '/_mock/faults')).body).toMatchObject([{ matched: 0 }])
  })

  test('lists requests by a query, and waits for one', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.fetch(LIST)
    await ory.fetch('/nowhere')
    const listed = async (query: string): Promise<unknown> => (await call(ory, 'GET', `/_mock/requests${query}`)).body
    expect(await listed('')).toMatchObject([{ seq: 1 }, { seq: 2 }])
    expect(await listed('?status=501')).toMatchObject([{ seq: 2 }])
    expect(await listed('?operation=listIdentitySessions&method=GET&fault=false')).toMatchObject([{ seq: 1 }])
    expect(await listed(`?filter=${encodeURIComponent('{"status":501}')}`)).toMatchObject([{ seq: 2 }])
    expect((await call(ory, 'GET', '/_mock/requests?staus=501')).body.error.reason).toContain('Did you mean status?')
    expect((await call(ory, 'GET', '/_mock/requests?filter={')).body.error.reason).toContain('line 1, column 2')
    expect((await call(ory, 'POST', '/_mock/requests/wait', { filter: { status: 501 } })).body).toMatchObject({
      seq: 2,
    })
    expect(await call(ory, 'POST', '/_mock/requests/wait', { filter: { status: 599 }, timeout: 1 })).toMatchObject({
      status: 408,
      body: { error: { code: 408, reason: expect.stringContaining('GET /nowhere 501') as string } },
    })
    expect((await call(ory, 'DELETE', '/_mock/requests')).status).toBe(204)
    expect(await listed('')).toEqual([])
  })

  test('keeps snapshots and goes back to them', async () => {
    await using ory = await start({ seed, now: NOW })
    const { status, body } = await call(ory, 'POST', '/_mock/snapshots')
    expect([status, typeof body['id']]).toEqual([201, 'string'])
    await ory.fetch(LIST, { method: 'DELETE' })
    expect((await call(ory, 'POST', `/_mock/snapshots/${String(body['id'])}/restore`)).status).toBe(204)
    expect(await (await ory.fetch(LIST)).json()).toHaveLength(1)
    expect((await call(ory, 'POST', '/_mock/snapshots/none/restore')).status).toBe(404)
  })

  test('makes, lists and removes projects, each with all of it under its own root', async () => {
    await using ory = await start({ seed, now: NOW })
    const made = await call(ory, 'POST', '/_mock/projects', { name: 'cart' })
    const url = `${ory.url}/_mock/projects/cart`
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'cart', url, token: expect.stringMatching(/^ory_mock_\w{32}$/) as string },
    })
    expect((await call(ory, 'POST', '/_mock/projects')).body).toMatchObject({ name: 'project-1' })
    expect((await call(ory, 'GET', '/_mock/projects')).body).toMatchObject([{ name: 'cart' }, { name: 'project-1' }])
    expect((await call(ory, 'POST', '/_mock/projects', { name: 'cart' })).status).toBe(409)
    expect((await call(ory, 'POST', '/_mock/projects', { name: 'No Slug' })).status).toBe(400)
    expect((await call(ory, 'POST', '/_mock/projects', { nam: 'x' })).body.error.reason).toContain('Did you mean name?')
    await call(ory, 'PUT', `${url}/_mock/clock`, { now: '2030-01-01T00:00:00Z' })
    expect((await call(ory, 'GET', `${url}/_mock/health`)).body).toMatchObject({ url })
    expect((await call(ory, 'GET', '/_mock/clock')).body).toMatchObject({ now: NOW })
    const token = String(made.body['token'])
    const byToken = await ory.fetch('/_mock/clock', { headers: { Authorization: `Bearer ${token}` } })
    expect(await byToken.json()).toMatchObject({ now: '2030-01-01T00:00:00Z' })
    expect((await call(ory, 'DELETE', '/_mock/projects/cart')).status).toBe(204)
    expect((await call(ory, 'GET', `${url}/_mock/health`)).status).toBe(410)
  })

  test.each([
    ['POST', '/_mock/seed', '{"identities":[}', 400, 'line 1, column 16: expected a value or ], found }'],
    ['POST', '/_mock/seed', '{\n  "a": 1,\n}', 400, 'line 3, column 1: expected a name in double quotes, found }'],
    ['POST', '/_mock/seed', '', 400, 'line 1, column 1: expected a value, found the end'],
    ['POST', '/_mock/seed', '[1', 400, 'expected a comma or ], found the end'],
    ['POST', '/_mock/seed', '{} x', 400, 'line 1, column 4: expected the end, found x'],
    ['POST', '/_mock/seed', 'nul', 400, 'expected a value, found nul'],
    ['POST', '/_mock/seed', '"/etc/passwd"', 400, 'path'],
    ['POST', '/_mock/seed', '["/etc/passwd"]', 400, 'path'],
    ['POST', '/_mock/seed', '7', 400, ''],
    ['POST', '/_mock/seed', '{"__proto__":{"identities":[]}}', 400, '__proto__'],
    ['POST', '/_mock/faults', '[1]', 400, '/0'],
    ['POST', '/_mock/faults', 'null', 400, ''],
    ['PUT', '/_mock/clock', '{}', 400, '"now", "running"'],
    ['PUT', '/_mock/clock', '{"nwo":1}', 400, 'Did you mean now?'],
    ['PUT', '/_mock/clock', '{"now":"2026-11-23T02:00:00Z","running":1}', 400, 'true or false'],
    ['PUT', '/_mock/clock', '{"now":"soon","running":1}', 400, '"soon" is no time'],
    ['PUT', '/_mock/clock', '{"now":"soon","running":1}', 400, 'running must be true or false, not 1'],
    ['PUT', '/_mock/clock', '[]', 400, 'This must be a JSON object with now and running, not []'],
    ['POST', '/_mock/clock/advance', '{"by":"2 hours"}', 400, '2h'],
    ['POST', '/_mock/clock/advance', '{}', 400, '2h'],
    ['POST', '/_mock/requests/wait', '{"timeout":-1}', 400, 'milliseconds'],
    ['POST', '/_mock/projects', '{"__proto__":{"name":"x"}}', 400, '__proto__'],
    ['POST', '/_mock', undefined, 405, 'allowed are GET, HEAD'],
    ['GET', '/_mock/helth', undefined, 404, 'Did you mean /_mock/health?'],
    ['POST', '/_mock/nothing/like/this', undefined, 404, 'There is no POST'],
  ])('%s %s with %j is %i: %s', async (method, path, body, status, reason) => {
    await using ory = await start({ seed, now: NOW })
    const answer = await call(ory, method, path, body)
    expect(answer).toMatchObject({
      status,
      body: { error: { code: status, reason: expect.stringContaining(reason) as string } },
    })
    expect((await call(ory, 'GET', '/_mock/health')).body).toMatchObject({ identities: 1, sessions: 1 })
    expect((await call(ory, 'GET', '/_mock/clock')).body).toEqual({ now: NOW, running: false })
    expect((await call(ory, 'GET', '/_mock/projects')).body).toEqual([])
  })

  test('names the methods of a path that was asked with another', async () => {
    await using ory = await start({ seed, now: NOW })
    for (const [method, path, allow] of [
      ['PUT', '/_mock/faults', 'DELETE, GET, HEAD, POST'],
      ['GET', '/_mock/reset', 'POST'],
      ['POST', '/_mock/health', 'GET, HEAD'],
      ['POST', '/_mock/faults/x', 'DELETE'],
    ] as const) {
      const { status, headers, body } = await call(ory, method, path)
      expect([status, headers.get('allow'), body.error.code]).toEqual([405, allow, 405])
    }
  })

  test('refuses a body over 5 MiB, and one that is no UTF-8', async () => {
    await using ory = await start({ seed, now: NOW })
    const large = await ory.fetch('/_mock/seed', { method: 'POST', body: `"${'x'.repeat(5 * 1024 * 1024)}"` })
    expect(large.status).toBe(413)
    expect(await large.json()).toMatchObject({ error: { code: 413 } })
    const binary = await ory.fetch('/_mock/seed', { method: 'POST', body: new Uint8Array([0x22, 0xff, 0x22]) })
    expect([binary.status, await binary.text()]).toEqual([400, expect.stringContaining('UTF-8')])
  })

  test.each([
    ['https://evil.example', 403],
    ['http://localhost.evil.example', 403],
    ['null', 403],
    ['http://127.0.0.1.evil.example:4434', 403],
    ['chrome-extension://abc', 403],
    ['http://localhost:3000', 200],
    ['http://app.localhost:3000', 200],
    ['http://[::1]:4434', 200],
    ['https://127.0.0.1', 200],
  ])('answers a page from %s with %i', async (origin, status) => {
    await using ory = await start({ seed, now: NOW })
    const fetched = await ory.fetch('/_mock/health', { headers: { Origin: origin } })
    expect(fetched.status).toBe(status)
    if (status === 403)
      expect(await fetched.json()).toMatchObject({
        error: { code: 403, reason: expect.stringContaining(origin) as string },
      })
    const project = await ory.project()
    expect((await ory.fetch(`${project.url}/_mock/health`, { headers: { Origin: origin } })).status).toBe(status)
    expect((await ory.fetch(LIST, { headers: { Origin: origin } })).status).toBe(200)
  })
})

describe('/_mock on a connection', () => {
  const HEADERS = { Host: 'localhost', 'Content-Type': 'application/json' }

  test('answers what was pipelined in its order, with the API between, bodies read or not', async () => {
    await using ory = await startMock({ port: 0, seed, now: NOW })
    using connection = await RawConnection.open(ory.url)
    const sent = [
      ['PUT', '/_mock/clock', '{"now":"2030-01-01T00:00:00Z"}'],
      ['GET', LIST, ''],
      ['POST', '/_mock/reset', 'not read'],
      ['HEAD', '/_mock/health', ''],
      ['GET', '/_mock/cl\\ock', ''],
      ['GET', '/_mock/clock', ''],
    ] as const
    for (const [method, path, body] of sent) {
      connection.request(method, path, { ...HEADERS, 'Content-Length': String(body.length) })
      connection.send(body)
    }
    const answers = []
    for (const [index] of sent.entries()) answers[index] = await connection.answer()
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 204, 200, 404, 200])
    expect(answers[0]!.body).toContain('2030-01-01T00:00:00Z')
    expect(answers[1]!.body).toContain('"active":false')
    expect(answers[5]!.body).toContain(NOW)
  })

  test('answers a body that is too large while it is still on its way, and ends with FIN', async () => {
    await using ory = await startMock({ port: 0, seed })
    using connection = await RawConnection.open(ory.url)
    connection.request('POST', '/_mock/seed', { ...HEADERS, 'Content-Length': String(8 * 1024 * 1024) })
    connection.send('x'.repeat(1024 * 1024))
    const { status, headers } = await connection.answer()
    expect([status, headers['connection']]).toEqual([413, 'close'])
    expect(await connection.ended()).toBe('FIN')
  })
})

/** The status of a call with a `Host` of one's own, which `fetch` does not allow. */
const statusAt = (ory: Mock, host: string, path = '/_mock/health'): Promise<number> =>
  statusWith(ory, { Host: host }, 'GET', path)

const statusWith = (
  ory: Mock,
  headers: Readonly<Record<string, string>>,
  method: string,
  path: string,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(ory.url)
    request({ hostname: hostname.replace(/[[\]]/g, ''), port, path, method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode!)
    })
      .on('error', reject)
      .end()
  })

/** The first line of what is answered to bytes of one's own. */
const firstLine = (ory: Mock, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(ory.url)
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer.split('\r\n')[0]!))
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      socket.end()
    })
  })

describe.each(['0.0.0.0', '::'])('The guard on Origin, bound to %s', (host) => {
  test.each([
    ['192.168.1.5:4434', 'http://93.184.216.34', 403],
    ['192.168.1.5:4434', 'http://192.168.1.6:4434', 403],
    ['192.168.1.5:4434', 'http://[2001:db8::1]', 403],
    ['192.168.1.5:4434', 'http://192.168.1.5:4434', 200],
    ['192.168.1.5:4434', 'http://localhost:3000', 200],
    ['[fd00::1]:4434', 'http://[fd00:0:0:0:0:0:0:1]:4434', 200],
    ['[fd00::1]:4434', 'http://[fd00::2]:4434', 403],
    ['[::ffff:127.0.0.1]:4434', 'http://127.0.0.1', 200],
    ['localhost:4434', 'http://192.168.1.5:4434', 403],
    ['[0:0:0:0:0:0:0:1]', 'null', 403],
    ['[0:0:0:0:0:0:0:1]', undefined, 200],
  ])('asked as %s, answers a page from %s with %i', async (asked, origin, status) => {
    await using ory = await startMock({ port: 0, seed, host })
    const headers = { Host: asked, ...(origin === undefined ? {} : { Origin: origin }) }
    expect(await statusWith(ory, headers, 'POST', '/_mock/reset')).toBe(status === 200 ? 204 : status)
    expect(await statusWith(ory, headers, 'GET', LIST)).toBe(200)
  })
})

test('what a browser marks as of another site is refused, with an Origin or without', async () => {
  await using ory = await startMock({ port: 0, seed })
  for (const [site, status] of [
    ['cross-site', 403],
    ['same-site', 204],
    ['same-origin', 204],
    ['none', 204],
  ] as const) {
    const marked = { Host: 'localhost', 'Sec-Fetch-Site': site }
    expect(await statusWith(ory, marked, 'POST', '/_mock/reset')).toBe(status)
    expect(await statusWith(ory, { ...marked, Origin: 'http://localhost' }, 'POST', '/_mock/reset')).toBe(status)
    expect(await statusWith(ory, marked, 'GET', LIST)).toBe(200)
  }
})

describe('The guard on Host', () => {
  test('refuses a request without one, or with two', async () => {
    await using ory = await startMock({ port: 0, seed })
    expect(await firstLine(ory, 'GET /_mock/health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 40[03] /)
    expect(await firstLine(ory, 'GET /_mock/health HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 40[03] /)
    expect(await firstLine(ory, 'GET /_mock/health HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n')).toMatch(
      /^HTTP\/1.1 40[03] /,
    )
    expect(await firstLine(ory, 'GET http://localhost/_mock/health HTTP/1.1\r\nHost: evil.example\r\n\r\n')).toMatch(
      /^HTTP\/1.1 40[03] /,
    )
    expect(await firstLine(ory, 'GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('HTTP/1.1 200 OK')
  })

  test.each([
    ['evil.example', 403],
    ['evil.example:4434', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
    ['0.0.0.0:4434', 403],
    ['192.168.1.5', 403],
    ['localhost', 200],
    ['LOCALHOST:4434', 200],
    ['localhost.', 200],
    ['ory.localhost:4434', 200],
    ['127.0.0.1:1', 200],
    ['127.9.9.9', 200],
    ['[::1]:4434', 200],
  ])('answers %j with %i', async (host, status) => {
    await using ory = await startMock({ port: 0, seed })
    expect(await statusAt(ory, host)).toBe(status)
    expect(await statusAt(ory, host, LIST)).toBe(200)
  })

  test('takes what the server was bound to; with every address, any address but no name', async () => {
    await using ory = await startMock({ port: 0, seed, host: '0.0.0.0' })
    for (const [host, status] of [
      ['192.168.1.5:4434', 200],
      ['0.0.0.0', 200],
      ['[fd00::1]', 200],
      ['evil.example', 403],
    ] as const) {
      expect([host, await statusAt(ory, host)]).toEqual([host, status])
    }
    await using named = await createMock({ seed, host: 'kratos.internal' })
    expect((await named.fetch('/_mock/health', { headers: { Host: 'Kratos.Internal:4434' } })).status).toBe(200)
    expect((await named.fetch('/_mock/health', { headers: { Host: 'evil.example' } })).status).toBe(403)
  })
})
