import { expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describeTransports, person, sessionOf, uuid } from '../support.ts'

const PAGE = 'http://localhost:3000'
const seed = { identities: [person(1)], sessions: [sessionOf(1, 1, { expires_at: '+1h' })] }

const granted = ({ headers }: Response): (string | null)[] =>
  ['Origin', 'Methods', 'Headers', 'Credentials'].map((name) => headers.get(`Access-Control-Allow-${name}`))

const ask = (ory: Mock, path: string, method: string, headers?: string, origin = PAGE): Promise<Response> =>
  ory.fetch(path, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      ...(headers === undefined ? {} : { 'Access-Control-Request-Headers': headers }),
    },
  })

describeTransports('CORS', (start) => {
  test.each(['documented', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const)(
    'lets a page that is named ask %s, before and in earnest',
    async (profile) => {
      await using ory = await start({ seed, profile, cors: PAGE })
      const before = await ask(ory, '/sessions/whoami', 'GET', 'content-type,x-session-token')
      expect(before.status).toBe(204)
      expect(granted(before)).toEqual([PAGE, 'GET', 'content-type,x-session-token', 'true'])
      expect(before.headers.get('Vary')).toBe('Origin, Access-Control-Request-Method, Access-Control-Request-Headers')
      expect(before.headers.get('Set-Cookie')).toBeNull()
      for (const token of ['ory_st_1_1', 'ory_st_none']) {
        const headers = { Origin: PAGE, 'X-Session-Token': token }
        const answer = await ory.fetch('/sessions/whoami', { headers })
        expect(granted(answer)).toEqual([PAGE, null, null, 'true'])
        expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('Content-Type')
        expect(answer.headers.get('Vary')).toBe('Origin, Cookie')
      }
    },
  )

  test('lets no other page in, and no method or header that Kratos does not', async () => {
    await using ory = await start({ seed, cors: [PAGE, 'https://*.example.com'] })
    const none = [null, null, null, null]
    for (const origin of ['http://localhost:3001', 'https://example.com', 'null'])
      expect(granted(await ask(ory, '/sessions', 'GET', undefined, origin))).toEqual(none)
    expect(granted(await ask(ory, '/sessions', 'PURGE'))).toEqual(none)
    expect(granted(await ask(ory, '/sessions', 'GET', 'x-other'))).toEqual(none)
    expect(granted(await ask(ory, '/sessions', 'DELETE', undefined, 'https://a.example.com'))).toEqual([
      'https://a.example.com',
      'DELETE',
      null,
      'true',
    ])
    const foreign = await ory.fetch('/sessions/whoami', { headers: { Origin: 'http://localhost:3001' } })
    expect([foreign.status, foreign.headers.get('Vary')]).toEqual([401, 'Origin, Cookie'])
    expect(granted(foreign)).toEqual(none)
  })

  test('is for the public API alone, and for projects, faults and errors of it too', async () => {
    await using ory = await start({ seed, cors: PAGE })
    for (const path of ['/admin/identities', `/admin/identities/${uuid(1)}`, '/identities']) {
      expect((await ask(ory, path, 'GET')).status).not.toBe(204)
      const read = await ory.fetch(path, { headers: { Origin: PAGE } })
      expect([read.headers.get('Access-Control-Allow-Origin'), read.headers.get('Vary')]).toEqual([null, null])
    }
    await using project = await ory.project()
    expect(granted(await ask(project, '/sessions/whoami', 'GET'))[0]).toBe(PAGE)
    await ory.faults.add({ match: { method: 'GET' }, effect: { status: 503 } })
    const failed = await ory.fetch('/sessions/whoami', { headers: { Origin: PAGE } })
    expect([failed.status, failed.headers.get('Access-Control-Allow-Origin')]).toEqual([503, PAGE])
  })

  test('keeps the cookies of an answer', async () => {
    await using ory = await start({ seed, cors: PAGE })
    const begin = async (headers: Record<string, string>) => {
      const { publicUrl } = ory
      const answer = await ory.fetch(`${publicUrl}/self-service/login/browser`, { headers, redirect: 'manual' })
      return answer.headers.getSetCookie().map((line) => line.replace(/_[0-9a-f]{64}=.*?;.*/, ''))
    }
    expect(await begin({ accept: 'text/html' })).toEqual(['csrf_token'])
    expect(await begin({ accept: 'application/json', Origin: PAGE })).toEqual(['csrf_token'])
  })

  test('with * lets every page in by its name, since credentials go along', async () => {
    await using ory = await start({ seed, cors: '*' })
    expect(granted(await ask(ory, '/sessions', 'GET'))).toEqual([PAGE, 'GET', null, 'true'])
  })

  test('is off unless it is asked for', async () => {
    await using ory = await start({ seed })
    expect((await ask(ory, '/sessions', 'GET')).headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

test('a port for the public API alone has CORS on its health too, as Kratos has', async () => {
  await using ory = await createMock({ seed, cors: PAGE, publicPort: 0 })
  const health = await ory.fetch(`${ory.publicUrl}/health/alive`, { headers: { Origin: PAGE } })
  expect(health.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  expect(health.headers.get('Vary')).toBe('Origin')
})
