import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { connect, createMock, startMock, type FaultRule } from '../../src/index.ts'
import { setup } from '../../src/vitest/setup.ts'
import { describeTransports, NOW, person, sessionOf, uuid } from '../support.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0)] }
const LIST = `/admin/identities/${uuid(1)}/sessions`

describeTransports('A mock', (start) => {
  test('is fetched by path, text, URL and Request', async () => {
    await using ory = await start({ seed, now: NOW })
    const url = `${ory.url}${LIST}`
    for (const input of [LIST, LIST.slice(1), url, new URL(url), new Request(url)])
      expect((await ory.fetch(input)).status).toBe(200)
    expect((await ory.fetch(new Request(url), { method: 'DELETE' })).status).toBe(204)
    expect((await ory.fetch(LIST, { method: 'HEAD' })).status).toBe(200)
  })

  test('closes within a second, ends what hangs, and is gone then', async () => {
    const ory = await start({ seed, now: NOW })
    const project = await ory.project()
    for (const one of [ory, project])
      await one.faults.add([{ match: { method: 'GET' }, effect: { connection: 'hang' } }, { delay: 600_000 }])
    const hung = [ory.fetch(LIST), project.fetch(LIST), ory.fetch(LIST, { method: 'DELETE' })]
    const waits = [ory.requests.wait({}, { timeout: 200_000 }), project.requests.wait({}, { timeout: 200_000 })]
    const ended = Promise.all([
      ...hung.map((one) => expect(one).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed' })),
      ...waits.map((one) => expect(one).rejects.toMatchObject({ status: 410, message: 'The mock is closed.' })),
    ])
    for (const [one, came] of [
      [ory, [1, 1]],
      [project, [1, 0]],
    ] as const) {
      await expect.poll(async () => (await one.faults.list()).map(({ hits }) => hits)).toEqual(came)
    }
    const before = performance.now()
    await ory.close()
    await ended
    expect(performance.now() - before).toBeLessThan(1000)
    await expect(ory.fetch(LIST)).rejects.toThrow('fetch failed')
    await expect(ory.clock.now()).rejects.toMatchObject({ status: 410, message: 'The mock is closed.' })
    await ory.close()
  })

  test('aborts a hanging request with its signal', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ effect: { connection: 'hang' } })
    const leaving = new AbortController()
    const hung = ory.fetch(LIST, { signal: leaving.signal })
    await expect.poll(() => ory.faults.list()).toMatchObject([{ matched: 1 }])
    leaving.abort(new Error('enough'))
    await expect(hung).rejects.toThrow('enough')
    expect(await ory.requests.wait({ path: LIST })).toMatchObject({ status: 0 })
    await expect(ory.fetch(LIST, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
  })

  test('plays two servers when the public API has a port of its own', async () => {
    await using ory = await start({ seed, now: NOW, publicPort: 0, profile: 'kratos-26.2' })
    const status = async (url: string): Promise<number> =>
      (await ory.fetch(url, { headers: { 'X-Session-Token': 'ory_st_1_0' }, redirect: 'manual' })).status
    expect(await status(`${ory.url}${LIST}`)).toBe(200)
    expect(await status(`${ory.publicUrl}/sessions/whoami`)).toBe(200)
    // Kratos' admin server sends a caller of the public API there.
    expect(await status(`${ory.url}/sessions/whoami`)).toBe(307)
    expect(await status(`${ory.publicUrl}${LIST}`)).toBe(404)
  })

  test('asks for a token on the admin API alone, after faults had their say', async () => {
    await using ory = await start({ seed, now: NOW, token: ['one', 'two'] })
    const status = async (path: string, authorization?: string): Promise<number> =>
      (await ory.fetch(path, authorization === undefined ? {} : { headers: { authorization } })).status
    for (const wrong of [
      undefined,
      'Bearer',
      'Bearer ',
      'Basic one',
      'Bearer on',
      'Bearer onee',
      'Bearer oneone',
      'one',
      'Bearer one two',
    ]) {
      expect([wrong, await status(LIST, wrong)]).toEqual([wrong, 401])
    }
    for (const right of ['Bearer one', 'bearer two', 'BEARER  one ']) expect(await status(LIST, right)).toBe(200)
    expect(await status('/nowhere')).toBe(401)
    expect(await status('/health/alive')).toBe(200)
    expect(await status('/sessions/whoami', 'Bearer ory_st_1_0')).toBe(200)
    expect(await status('/_mock/health')).toBe(200)
    const refused = await ory.fetch(LIST)
    expect(await refused.json()).toMatchObject({
      error: { code: 401, status: 'Unauthorized', reason: expect.stringContaining('Bearer') as string },
    })
    await ory.faults.add({ effect: { status: 503 } })
    expect(await status(LIST)).toBe(503)
  })
})

describe('startMock', () => {
  test('takes any free port, and says it in its URL', async () => {
    await using one = await startMock({ port: 0, seed })
    await using two = await startMock({ port: 0, seed })
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(one.url).not.toBe(two.url)
    expect(one.publicUrl).toBe(one.url)
  })

  test('puts an IPv6 host in brackets', async () => {
    await using ory = await startMock({ port: 0, seed, host: '::1' })
    expect(ory.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect((await ory.fetch(LIST)).status).toBe(200)
    expect((await ory.fetch('/_mock/health')).status).toBe(200)
  })

  test.each([
    ['port', (port: number) => ({ port })],
    ['publicPort', (publicPort: number) => ({ port: 0, publicPort })],
  ])('rejects when the %s is in use, says what helps, and leaves no port bound', async (option, optionsOf) => {
    const taken = createServer()
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as AddressInfo).port))
    })
    try {
      const starting = startMock({ ...optionsOf(port), seed })
      await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE', port, cause: { syscall: 'listen' } })
      await expect(starting).rejects.toThrow(new RegExp(`^port ${port} is in use; ${option}: 0 takes any free one$`))
    } finally {
      taken.close()
    }
  })

  test('says of a port in use that another mock answers there, and as what, for a setup of Vitest too', async () => {
    await using other = await startMock({ port: 0, publicPort: 0, seed, profile: 'kratos-26.2' })
    for (const [url, option] of [
      [other.url, 'port'],
      [other.publicUrl, 'publicPort'],
    ] as const) {
      const port = Number(new URL(url).port)
      const options = { port: 0, [option]: port, seed }
      for (const starting of [startMock(options), setup(options)({ provide: () => {} })])
        await expect(starting).rejects.toThrow(
          `port ${port} is in use (a mock answers there, as kratos-26.2); ${option}: 0 takes any free one`,
        )
    }
  })

  test('rejects an address that the machine does not have with the code of the system', async () => {
    await expect(startMock({ port: 0, host: '203.0.113.7', seed })).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
      message: 'this machine has no address 203.0.113.7 to bind',
    })
  })
})

describe('createMock', () => {
  test('has URLs that no network resolves, so that a client without its fetch fails at once', async () => {
    await using ory = await createMock({ seed, publicPort: 0 })
    for (const url of [ory.url, ory.publicUrl]) {
      expect(new URL(url).hostname).toMatch(/\.invalid$/)
      await expect(fetch(`${url}/health/alive`)).rejects.toThrow('fetch failed')
    }
    expect((await ory.fetch(`${ory.url}/admin/identities`)).status).toBe(200)
    expect((await ory.fetch(`${ory.publicUrl}/admin/identities`)).status).not.toBe(200)
    expect((await ory.fetch(`${ory.publicUrl}/health/alive`)).status).toBe(200)
  })

  test('rejects a bad option, fixture or fault rule', async () => {
    await expect(createMock({ prot: 1 } as object)).rejects.toThrow('port')
    await expect(createMock({ seed: { identitys: [] } as object })).rejects.toThrow('identities')
    await expect(createMock({ faults: { efect: 1 } as unknown as FaultRule })).rejects.toThrow('effect')
  })
})

describe('connect', () => {
  test('takes the URL of a mock or of a project, with or without a slash at its end', async () => {
    await using ory = await startMock({ port: 0, seed, now: NOW })
    const project = await ory.project('cart')
    await project.clock.advance('1h')
    expect(await connect(`${ory.url}/`).clock.now()).toEqual(new Date(NOW))
    expect(await connect(new URL(project.url)).clock.now()).toEqual(new Date('2026-11-23T02:00:00Z'))
  })

  test('leaves the mock running when it closes', async () => {
    await using ory = await startMock({ port: 0, seed, now: NOW })
    await connect(ory.url).close()
    expect((await ory.fetch(LIST)).status).toBe(200)
  })

  test('says when nothing answers, or something else does', async () => {
    expect(() => connect('nowhere')).toThrow(TypeError)
    expect(() => connect('file:///etc')).toThrow('no http URL')
    const ory = await startMock({ port: 0, seed })
    await ory.close()
    await expect(connect(ory.url).reset()).rejects.toMatchObject({
      status: 0,
      message: `No mock answers at ${ory.url}.`,
    })
    const { createServer: createWebServer } = await import('node:http')
    const other = createWebServer((_, response) => response.writeHead(404).end('<html>'))
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as AddressInfo).port))
    })
    try {
      await expect(connect(`http://127.0.0.1:${port}`).reset()).rejects.toThrow(/is no mock: it answered 404 "<html>"/)
    } finally {
      other.close()
      other.closeAllConnections()
    }
  })
})

test('No AbortController outlives a request, which runtimes with a context for each request forbid', async () => {
  const request = new Request('http://127.0.0.1:4434/admin/identities')
  const made = vi.fn<() => void>()
  const Real = AbortController
  vi.stubGlobal(
    'AbortController',
    class extends Real {
      constructor() {
        super()
        made()
      }
    },
  )
  try {
    const ory = await createMock({ seed })
    expect((await ory.fetch(request)).status).toBe(200)
    await ory.project('cart')
    await ory.requests.list()
    await ory.reset()
    await ory.close()
    await expect(ory.requests.list()).rejects.toMatchObject({ status: 410 })
    expect(made).not.toHaveBeenCalled()
  } finally {
    vi.unstubAllGlobals()
  }
})
