import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { connect, Server, type Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { startMock, type Mock } from '../src/index.ts'
import { NOW, person, sessionOf, uuid } from './support.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0)] }
const list = `/admin/identities/${uuid(1)}/sessions`
const start = () => startMock({ port: 0, seed, now: NOW })
const open = (ory: Mock): Socket => connect(Number(new URL(ory.url).port), '127.0.0.1')

/** All that a server sends until it ends the connection. */
const whole = async (socket: Socket): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

const ask = (ory: Mock, text: string): Promise<string> => {
  const socket = open(ory)
  socket.write(text)
  return whole(socket)
}

const last = 'Host: x\r\nConnection: close\r\n\r\n'

test('takes 18 kB of query, and links to it whole', async () => {
  await using ory = await start()
  const answer = await ask(ory, `GET ${list}?x=${'y'.repeat(18_000)} HTTP/1.1\r\n${last}`)
  expect(answer).toMatch(/^HTTP\/1.1 200 OK/)
  expect(answer).toContain('y'.repeat(18_000))
})

test('answers a head of 2 MB with 431 and ends the connection', async () => {
  await using ory = await start()
  const socket = open(ory)
  socket.on('error', () => {})
  socket.write(`GET / HTTP/1.1\r\nx: ${'y'.repeat(2_000_000)}`)
  const [first] = await once(socket, 'data')
  expect(String(first)).toMatch(
    /^HTTP\/1.1 431 Request Header Fields Too Large\r\nContent-Type: text\/plain; charset=utf-8\r\n/,
  )
})

test('answers what is no HTTP with 400', async () => {
  await using ory = await start()
  expect(await ask(ory, 'hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400 Bad Request/)
})

test('answers pipelined requests in their order', async () => {
  await using ory = await start()
  const paths = ['/admin/version', list, '/admin/health/alive', list]
  const answer = await ask(
    ory,
    `${paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')}GET /nope HTTP/1.1\r\n${last}`,
  )
  expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual([
    'HTTP/1.1 200',
    'HTTP/1.1 200',
    'HTTP/1.1 200',
    'HTTP/1.1 200',
    'HTTP/1.1 501',
  ])
  expect(answer.indexOf('v26.2.0')).toBeLessThan(answer.indexOf(uuid(10_000)))
})

test('gives a page again from what it kept, until data or clock change it', async () => {
  await using ory = await start()
  const read = async (): Promise<string> => (await fetch(ory.url + list)).text()
  const first = await read()
  expect(await read()).toBe(first)
  await ory.clock.advance('24h')
  expect(JSON.parse(await read())[0].active).toBe(false)
  await ory.clock.advance('-24h')
  expect(await read()).toBe(first)
  await fetch(ory.url + list, { method: 'DELETE' })
  expect(await read()).toBe('[]\n')
  await ory.reset()
  expect(await read()).toBe(first)
})

test('closes at once, even with requests that wait for ever', async () => {
  const ory = await start()
  const socket = open(ory)
  socket.on('error', () => {})
  socket.write(`POST /admin/identities HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{`)
  await once(socket, 'connect')
  socket.resume()
  await fetch(ory.url + list)
  const left = once(socket, 'close')
  const started = performance.now()
  await ory.close()
  await left
  expect(performance.now() - started).toBeLessThan(1000)
})

test('answers both loopback families on one port', async () => {
  await using ory = await start()
  const { port } = new URL(ory.url)
  for (const host of ['127.0.0.1', '[::1]']) {
    expect((await fetch(`http://${host}:${port}/admin/version`)).status).toBe(200)
  }
})

test('takes another free port when the one that IPv4 got is taken in IPv6', async () => {
  const listen: unknown = Reflect.get(Server.prototype, 'listen')
  const blockers: Server[] = []
  const spy = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (
    this: Server,
    options: { readonly host: string; readonly port: number },
    bound?: () => void,
  ): Server {
    const through = (): Server => Reflect.apply(listen as () => Server, this, [options, bound])
    if (options.host !== '::1' || blockers.length === 2) return through()
    const blocker = new Server()
    blockers.push(blocker)
    Reflect.apply(listen as () => Server, blocker, [options, through])
    return this
  })
  try {
    await using ory = await start()
    expect(blockers).toHaveLength(2)
    expect((await fetch(ory.url.replace('127.0.0.1', '[::1]') + list)).status).toBe(200)
  } finally {
    spy.mockRestore()
    for (const blocker of blockers) blocker.close()
  }
})

test('says which port is taken', async () => {
  await using ory = await start()
  await expect(startMock({ port: Number(new URL(ory.url).port) })).rejects.toThrow(new URL(ory.url).port)
})

test('a connection may wait for its next request as long as Kratos lets it, and not the five seconds of Node', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen')
  await using _ory = await startMock({ port: 0, publicPort: 0, seed })
  const idle = new Set(listen.mock.contexts.map((server) => (server as HttpServer).keepAliveTimeout))
  listen.mockRestore()
  expect([...idle]).toEqual([600_000, 120_000])
})
