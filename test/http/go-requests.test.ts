import { describe, expect, test } from 'vitest'
import { startMock } from '../../src/index.ts'
import { profileNames } from '../../src/profiles/profile.ts'
import { NOW, person, uuid } from '../support.ts'
import { RawConnection, readAnswer, type RawAnswer } from './raw-connection.ts'

const seed = { identities: Array.from({ length: 20 }, (_, n) => person(n + 1)) }

/** What is answered to bytes of one's own, up to the end of the connection. */
const ask = async (url: string, bytes: string): Promise<RawAnswer> => {
  using connection = await RawConnection.open(url)
  connection.send(bytes)
  await connection.ended()
  return readAnswer(connection.received)
}

const END = 'Connection: close\r\n\r\n'

describe.each(profileNames)('%s', (profile) => {
  test.each([
    ['HTTP/1.0 without a Host', 'GET /admin/health/alive HTTP/1.0\r\n\r\n', '/admin/health/alive'],
    ['an empty Host', `GET /admin/health/alive HTTP/1.1\r\nHost:\r\n${END}`, '/admin/health/alive'],
    ['a Host with an odd port', `GET /admin/health/alive HTTP/1.1\r\nHost: x:\r\n${END}`, '/admin/health/alive'],
    [
      'a long form of IPv6',
      `GET /admin/health/alive HTTP/1.1\r\nHost: [0:0:0:0:0:0:0:1]:80\r\n${END}`,
      '/admin/health/alive',
    ],
    ['a Host that no URL can have', `GET /admin/health/alive HTTP/1.1\r\nHost: a%zz[\r\n${END}`, '/admin/health/alive'],
  ])('serves %s, and the journal sees it', async (_name, bytes, path) => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    expect(await ask(ory.url, bytes)).toMatchObject({ status: 200, body: '{"status":"ok"}\n' })
    expect(await ory.requests.list()).toMatchObject([{ method: 'GET', path, operation: 'isAlive', status: 200 }])
  })

  test('a backslash in the target is a letter like others', async () => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    const { status, body } = await ask(ory.url, `GET /admin/identities/a\\b HTTP/1.1\r\nHost: x\r\n${END}`)
    const escaped = await ory.fetch('/admin/identities/a%5Cb')
    expect([status, body]).toEqual([escaped.status, await escaped.text()])
    expect(body).not.toBe('')
    expect(await ory.requests.list()).toMatchObject([{ path: '/admin/identities/a%5Cb' }, {}])
  })

  test('methods of any name, and bytes beyond ASCII in a target, are requests like others', async () => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    const brewed = await ask(ory.url, `BREW /admin/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n${END}{}`)
    expect([brewed.status, brewed.headers['allow']]).toEqual([405, expect.stringContaining('GET')])
    const asBytes = await ask(ory.url, `GET /admin/identities/\xc3\xa9\xff HTTP/1.1\r\nHost: x\r\n${END}`)
    const escaped = await ory.fetch('/admin/identities/%C3%A9%FF')
    expect([asBytes.status, asBytes.body]).toEqual([escaped.status, await escaped.text()])
    const connected = await ask(ory.url, `CONNECT /admin/sessions HTTP/1.1\r\nHost: x\r\n${END}`)
    expect(connected.status).toBe(405)
    expect(await ory.requests.list()).toMatchObject([
      { method: 'BREW', path: '/admin/sessions', body: {} },
      { method: 'GET', path: '/admin/identities/%C3%A9%FF' },
      { method: 'GET' },
      { method: 'CONNECT', path: '/admin/sessions', status: 405 },
    ])
  })

  test('a body that waits to be asked for is asked for where it is read alone', async () => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    using connection = await RawConnection.open(ory.url)
    connection.request('POST', '/admin/identities', { Expect: '100-continue', 'Content-Length': '2' })
    while (!connection.received.includes('\r\n\r\n')) await connection.more()
    expect(connection.received).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    connection.received = ''
    connection.send('{}')
    expect((await connection.answer()).status).toBe(201)
    using unread = await RawConnection.open(ory.url)
    unread.request('DELETE', `/admin/sessions/${uuid(1)}`, { Expect: '100-continue', 'Content-Length': '2' })
    expect((await unread.answer()).status).toBe(404)
  })

  test('OPTIONS * is answered by the server itself', async () => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    const { status, headers, body } = await ask(ory.url, `OPTIONS * HTTP/1.1\r\nHost: x\r\n${END}`)
    expect([status, headers['content-length'], body]).toEqual([200, '0', ''])
    expect(await ory.requests.list()).toMatchObject([{ method: 'OPTIONS', path: '*', operation: null, status: 200 }])
  })

  test('a long list goes to HTTP/1.0 without chunks, whether it is kept or not', async () => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    const whole = await (await ory.fetch('/admin/identities')).text()
    expect(whole.length).toBeGreaterThan(2048)
    for (const _ of [1, 2]) {
      const { status, headers, body } = await ask(ory.url, 'GET /admin/identities HTTP/1.0\r\n\r\n')
      expect([status, headers['transfer-encoding'], headers['connection'], body]).toEqual([
        200,
        undefined,
        'close',
        whole,
      ])
    }
  })

  test('no field is dropped, however many there are', async () => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    const many = Array.from({ length: 2500 }, (_, n) => `X${n}:\r\n`).join('')
    const bytes = `GET /admin/health/alive HTTP/1.1\r\nHost: x\r\n${many}Ory-Mock-Fault: {"status":503}\r\n${END}`
    expect((await ask(ory.url, bytes)).status).toBe(503)
    const [seen] = await ory.requests.list()
    expect(seen!.headers).toMatchObject({ x2499: '' })
    const own = `GET /_mock/health HTTP/1.1\r\nHost: localhost\r\n${many}Origin: https://evil.example\r\n${END}`
    expect((await ask(ory.url, own)).status).toBe(403)
  })
})

test.each([
  ['', 'missing required Host header'],
  ['Host: a b\r\n', 'malformed Host header'],
  ['Host: a/b\r\n', 'malformed Host header'],
])('a Host that Go refuses is refused in its words: %j', async (host, reason) => {
  await using ory = await startMock({ port: 0, seed })
  const { head, body } = await ask(ory.url, `GET /admin/health/alive HTTP/1.1\r\n${host}\r\n`)
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request/)
  expect(body).toBe(`400 Bad Request: ${reason}`)
})

test.each([
  ['GET /admin/health/alive HTTP/2.0', '', '505 HTTP Version Not Supported: unsupported protocol version'],
  ['GET /admin/%zz HTTP/0.9', '', '400 Bad Request'],
  ['GET /admin/health/alive HTTP/1.1', 'X A: 1\r\n', '400 Bad Request: invalid header name'],
  ['GET /admin/health/alive HTTP/1.1', 'X(: 1\r\n', '400 Bad Request'],
  ['BREW /admin/health/alive HTTP/1.1', 'X: \x01\r\n', '400 Bad Request'],
  ['HEAD /admin/%zz HTTP/1.1', '', '400 Bad Request'],
  ['GET http://a%20b/ HTTP/1.1', '', '400 Bad Request'],
  ['GET http://a:x/ HTTP/1.1', '', '400 Bad Request'],
])('a head that Go refuses is refused in its words: %j with %j', async (line, header, words) => {
  await using ory = await startMock({ port: 0, profile: 'kratos-26.2', seed })
  const { head, body } = await ask(ory.url, `${line}\r\nHost: x\r\n${header}${END}`)
  expect([head.split('\r\n')[0], body]).toEqual([`HTTP/1.1 ${words.split(':')[0]}`, words])
})

test('what is expected and never met is refused, and the mock closes while one waits for its answer to CONNECT', async () => {
  const ory = await startMock({ port: 0, seed, faults: { effect: { connection: 'hang' } } })
  const { status, body } = await ask(ory.url, `GET /admin/health/alive HTTP/1.1\r\nHost: x\r\nExpect: x\r\n${END}`)
  expect([status, body]).toEqual([417, ''])
  using connection = await RawConnection.open(ory.url)
  connection.request('CONNECT', '/admin/sessions')
  await ory.requests.wait({ method: 'CONNECT', status: null })
  await ory.close()
  await connection.ended()
})

test('bytes that are no UTF-8 come back as they were sent', async () => {
  await using ory = await startMock({ port: 0, profile: 'kratos-26.2', database: 'sqlite', seed })
  const { headers, body } = await ask(ory.url, `GET /schemas//x?\xff HTTP/1.1\r\nHost: x\r\n${END}`)
  expect([headers['content-length'], body]).toEqual([String(body.length), expect.stringContaining('?\xff"')])
})

test('two Hosts are refused', async () => {
  await using ory = await startMock({ port: 0, seed })
  const { status, body } = await ask(ory.url, 'GET /admin/health/alive HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n')
  expect([status, body]).toEqual([400, '400 Bad Request'])
})

const LARGE = 6 * 1024 * 1024

test.each(['Content-Length', 'chunks'])(
  'a body over 5 MiB, by %s, is answered whole, with the end of the connection said',
  async (how) => {
    await using ory = await startMock({ port: 0, seed })
    const head = `POST /admin/identities HTTP/1.1\r\nHost: x\r\n`
    const sent =
      how === 'chunks'
        ? `${head}Transfer-Encoding: chunked\r\n\r\n${LARGE.toString(16)}\r\n${'x'.repeat(LARGE)}\r\n0\r\n\r\n`
        : `${head}Content-Length: ${LARGE}\r\n\r\n${'x'.repeat(LARGE)}`
    using connection = await RawConnection.open(ory.url)
    connection.send(sent)
    expect(await connection.ended()).toBe('FIN')
    const { status, headers, body } = readAnswer(connection.received)
    expect([status, headers['connection']]).toEqual([400, 'close'])
    expect(JSON.parse(body)).toMatchObject({ error: { code: 400 } })
  },
)

test('a body over 5 MiB that nobody reads ends the connection, too', async () => {
  await using ory = await startMock({ port: 0, seed })
  using connection = await RawConnection.open(ory.url)
  connection.send(
    `DELETE /admin/identities/${uuid(1)} HTTP/1.1\r\nHost: x\r\nContent-Length: ${LARGE}\r\n\r\n${'x'.repeat(LARGE)}`,
  )
  expect(await connection.ended()).toBe('FIN')
  expect(readAnswer(connection.received)).toMatchObject({ status: 204, headers: { connection: 'close' } })
})

test('where a request is sent on keeps what stands before its path, and begins with a slash', async () => {
  const locations = async (profile: 'kratos-25.4' | 'kratos-1.3', head: string): Promise<string | undefined> => {
    await using ory = await startMock({ port: 0, publicPort: 0, profile, now: NOW })
    return (await ask(ory.url, `${head} HTTP/1.1\r\nHost: x\r\n${END}`)).headers['location']
  }
  expect(await locations('kratos-25.4', 'DELETE mailto:')).toBe('mailto:///admin')
  expect(await locations('kratos-25.4', 'DELETE mailto:/')).toBe('mailto:/admin')
  expect(await locations('kratos-1.3', 'CONNECT http://[::1]:99/schemas')).toBe('//http:/admin/%5B::1%5D:99/schemas')
  expect(await locations('kratos-1.3', 'PUT /admin/..?page=2')).toBe('/?page=2')
})

test('pages of messages are asked for in whole numbers of 64 bits', async () => {
  const answer = async (profile: 'kratos-26.2' | 'kratos-1.3', size: string): Promise<RawAnswer> => {
    await using ory = await startMock({ port: 0, profile, now: NOW })
    return await ask(ory.url, `GET /admin/courier/messages?page_size=${size} HTTP/1.1\r\nHost: x\r\n${END}`)
  }
  expect(await answer('kratos-26.2', '%2B2')).toMatchObject({ status: 200 })
  expect(await answer('kratos-26.2', '-2')).toMatchObject({ status: 200 })
  const refused = { status: 400, body: expect.stringContaining('strconv.Atoi: parsing \\" 2\\": invalid syntax') }
  expect(await answer('kratos-26.2', '+2')).toMatchObject(refused)
  const huge = { status: 400, body: expect.stringContaining('value out of range') }
  expect(await answer('kratos-26.2', '99999999999999999999')).toMatchObject(huge)
  // The connection ends without an answer.
  expect(await answer('kratos-1.3', '-2')).toMatchObject({ status: Number.NaN, body: '' })
})
