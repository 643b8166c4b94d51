import { expect, test } from 'vitest'
import { createMock, startMock } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { RawConnection } from './raw-connection.ts'

const seed = { identities: [person(1)] }
const HOST = 'Host: x\r\n\r\n'
const GET = `GET /health/alive HTTP/1.1\r\n${HOST}`
const ODD = `FOO /x HTTP/1.1\r\n${HOST}`
const CONNECT = `CONNECT x:1 HTTP/1.1\r\n${HOST}`
const DELETE = `DELETE /admin/identities/${uuid(1)} HTTP/1.1\r\n${HOST}`
const POST = 'POST /nowhere HTTP/1.1\r\nHost: x\r\n'

/** The statuses of what comes of packets, the next one of which is sent when a piece of text has come. */
const statusesOf = async (url: string, packets: readonly string[]): Promise<number[]> => {
  using connection = await RawConnection.open(url)
  for (const [n, packet] of packets.entries()) {
    connection.send(packet)
    if (n < packets.length - 1) await connection.answer()
  }
  await connection.ended()
  return [...connection.received.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status))
}

test.each([
  ['a request and an odd one in one packet', [GET + ODD], [200, 400]],
  ['a request and a CONNECT in one packet', [GET + CONNECT], [200, 501]],
  ['an odd request alone', [ODD], [501]],
  ['an odd request after another', [GET, ODD], [501]],
  ['a CONNECT after another', [GET, CONNECT], [501]],
  ['a request in the place of a chunk', [`${POST}Transfer-Encoding: chunked\r\n\r\n`, DELETE], [400]],
  ['an odd request behind the rest of a body', [`${POST}Content-Length: 5\r\n\r\n`, `hello${ODD}`], [400]],
  ['a length that is none', [`${POST}Content-Length: +2\r\n\r\n{}`], [400]],
  ['two lengths', [`${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`], [400]],
  ['chunks within chunks', [`${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`], [400]],
])('the mock outlives %s, and takes no part of one for another', async (_name, packets, statuses) => {
  await using ory = await startMock({ port: 0, profile: 'documented', seed, now: NOW, logLevel: 'silent' })
  expect(await statusesOf(ory.url, packets)).toEqual(statuses)
  expect((await ory.fetch(`/admin/identities/${uuid(1)}`)).status).toBe(200)
})

test.each([
  ['an odd request', ODD, 400],
  ['a CONNECT', CONNECT, 501],
  ['no request at all', 'hello\r\n\r\n', 400],
])('%s behind two that are not answered yet waits for both', async (_name, packet, status) => {
  await using ory = await startMock({ port: 0, profile: 'documented', seed, now: NOW })
  const filter = JSON.stringify({ filter: { path: '/version' } })
  using connection = await RawConnection.open(ory.url)
  connection.send(
    `POST /_mock/requests/wait HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${filter.length}\r\n\r\n${filter}${GET}`,
  )
  await ory.fetch('/health/alive')
  connection.send(packet)
  await ory.fetch('/health/alive')
  await ory.fetch('/version')
  await connection.ended()
  const statuses = [...connection.received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, one]) => Number(one))
  expect(statuses).toEqual([200, 200, status])
})

test('a CONNECT that hangs ends when its client leaves', async () => {
  await using ory = await startMock({ port: 0, seed, now: NOW })
  await ory.faults.add({ effect: { connection: 'hang' } })
  const connection = await RawConnection.open(ory.url)
  connection.send(CONNECT)
  await ory.requests.wait({ status: null })
  connection[Symbol.dispose]()
  expect(await ory.requests.wait({ status: 0 })).toMatchObject({ method: 'CONNECT' })
})

test('what a reader does to a part of a slow body is nothing to other answers', async () => {
  await using ory = await createMock({ seed, now: NOW })
  await ory.faults.add({ match: { operation: 'getIdentity' }, effect: { body: 'slow', bytes: 4096, every: 1 } })
  const reader = (await ory.fetch(`/admin/identities/${uuid(1)}`)).body!.getReader()
  const { value } = await reader.read()
  expect(value!.buffer.byteLength).toBe(value!.length)
  value!.fill(88)
  const [entry] = await ory.requests.list({ operation: 'getIdentity' })
  expect(entry!.response!.body).toMatchObject({ id: uuid(1) })
})

test.each([
  ['in-process', createMock],
  ['over a socket', (options: object) => startMock({ port: 0, ...options })],
] as const)('a fault of status 205, and one with letters beyond ASCII in a header, arrive %s', async (_door, start) => {
  await using ory = await start({ seed, now: NOW })
  await ory.faults.add({ when: { times: 1 }, effect: { status: 205 } })
  await ory.faults.add({ effect: { status: 503, headers: { 'X-Place': 'Zürich' } } })
  const reset = await ory.fetch('/health/alive')
  expect([reset.status, await reset.text()]).toEqual([205, ''])
  expect((await ory.fetch('/health/alive')).headers.get('x-place')).toBe('Zürich')
})

test('the journal holds 4 MB of bodies, also of answers that were given again', async () => {
  const note = 'x'.repeat(40_000)
  await using ory = await createMock({ seed: { identities: [person(1, { traits: { note } })] }, now: NOW })
  const body = JSON.stringify([{ op: 'replace', path: '/state', value: 'active' }])
  const headers = { 'Content-Type': 'application/json' }
  for (let n = 0; n < 200; n++) {
    for (let again = 0; again < 3; again++) await ory.fetch(`/admin/identities/${uuid(1)}`)
    await ory.fetch(`/admin/identities/${uuid(1)}`, { method: 'PATCH', body, headers })
  }
  const all = await ory.requests.list({ operation: 'getIdentity' })
  const kept = all.filter(({ response }) => response!.body !== null)
  expect(all).toHaveLength(600)
  expect(all.at(-1)!.response!.body).toMatchObject({ id: uuid(1) })
  expect(kept.length).toBeLessThan(300)
})
