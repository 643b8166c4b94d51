import { describe, expect, test } from 'vitest'
import { startMock, type MockOptions } from '../../src/index.ts'
import type { ProfileName } from '../../src/profiles/profile.ts'
import { describeTransports, NOW, person, sessionOf, uuid } from '../support.ts'
import { RawConnection, readAnswer } from './raw-connection.ts'

const RELEASES = ['kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const
const seed = { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1)] }
const token = 'ory_st_1_0'

const csrfOf = async (response: Response) => ({ status: response.status, id: (await response.json()).error?.id })
const FORGED = { status: 403, id: 'security_csrf_violation' }

describeTransports('a public server that guards against forged requests', (start) => {
  const setup = (profile: ProfileName, options: MockOptions = { publicPort: 0 }) =>
    start({ profile, seed, now: NOW, ...options })

  test.each(RELEASES)('refuses unsafe methods of %s before it asks what is there', async (profile) => {
    await using ory = await setup(profile)
    for (const [method, path] of [
      ['POST', '/nope'],
      ['PUT', '/self-service/login/browser'],
      ['DELETE', '/admin/sessions'],
      ['PATCH', '/'],
      ['POST', '/Identities'],
    ] as const)
      expect([path, await csrfOf(await ory.fetch(ory.publicUrl + path, { method }))]).toEqual([path, FORGED])
  })

  test.each(RELEASES)('lets safe methods, exempt paths and the admin server of %s be', async (profile) => {
    await using ory = await setup(profile)
    const statusOf = async (url: string, method: string) =>
      (await ory.fetch(url, { method, redirect: 'manual' })).status
    expect(await statusOf(`${ory.publicUrl}/nope`, 'GET')).toBe(404)
    expect(await statusOf(`${ory.publicUrl}/nope`, 'OPTIONS')).toBe(404)
    expect(await statusOf(`${ory.publicUrl}/sessions`, 'POST')).toBe(405)
    expect(await statusOf(`${ory.publicUrl}/sessions`, 'DELETE')).toBe(401)
    expect(await statusOf(`${ory.url}/admin/nope`, 'POST')).toBe(404)
  })

  test('takes the token of its own cookie, masked as Kratos masks it', async () => {
    await using ory = await setup('kratos-26.2')
    const set = (await ory.fetch(`${ory.publicUrl}/nope`)).headers.get('set-cookie')!
    const cookie = set.slice(0, set.indexOf(';'))
    const real = atob(cookie.slice(cookie.indexOf('=') + 1))
    const pad = 'x'.repeat(real.length)
    const masked = Array.from(real, (byte, at) => String.fromCharCode(byte.charCodeAt(0) ^ pad.charCodeAt(at)))
    const sent = (value: string) =>
      ory.fetch(`${ory.publicUrl}/nope`, { method: 'POST', headers: { cookie, 'x-csrf-token': value } })
    const passed = await sent(btoa(pad + masked.join('')))
    expect([passed.status, passed.headers.get('set-cookie')]).toEqual([404, null])
    const refused = await (await sent(btoa(`${pad}${real}`))).json()
    expect(refused.error.details.reject_reason).toMatch(/^The HTTP Cookie Header was set and a CSRF token was sent/)
  })

  test('says in 26.2 what is missing, and always the same in the releases before', async () => {
    const details = async (profile: ProfileName, headers: Record<string, string>) => {
      await using ory = await setup(profile)
      return (await (await ory.fetch(`${ory.publicUrl}/nope`, { method: 'POST', headers })).json()).error.details
    }
    expect((await details('kratos-26.2', {})).reject_reason).toBe('The HTTP Cookie Header is empty or not set.')
    expect((await details('kratos-26.2', { cookie: 'a=b' })).reject_reason).toMatch(/did not include the anti-CSRF/)
    expect((await details('kratos-26.2', { 'sec-fetch-mode': 'cors' })).hint).toMatch(/^We detected an AJAX call/)
    expect(await details('kratos-25.4', {})).toEqual(await details('kratos-1.3', { cookie: 'a=b' }))
  })

  test('guards nothing on one port for both, nor in documented', async () => {
    for (const [profile, options, status] of [
      ['kratos-26.2', {}, 404],
      ['documented', {}, 501],
      ['documented', { publicPort: 0 }, 501],
    ] as const) {
      await using ory = await setup(profile, options)
      expect((await ory.fetch(`${ory.publicUrl}/nope`, { method: 'POST' })).status).toBe(status)
    }
  })

  test.each(RELEASES)('sends what the admin server of %s has there, and names the methods of it', async (profile) => {
    await using ory = await setup(profile)
    const ask = async (method: string, path: string) => {
      const response = await ory.fetch(ory.publicUrl + path, { method, redirect: 'manual' })
      return [response.status, response.headers.get('location') ?? response.headers.get('allow')]
    }
    expect(await ask('GET', '/identities?page_size=2')).toEqual([307, `${ory.url}/admin/identities?page_size=2`])
    expect(await ask('POST', '/recovery/code')).toEqual([307, `${ory.url}/admin/recovery/code`])
    expect(await ask('PATCH', `/admin/identities/${uuid(1)}`)).toEqual([307, `${ory.url}/admin/identities/${uuid(1)}`])
    const [status, allow] = await ask('GET', '/recovery/link')
    expect([status, allow]).toEqual([405, profile === 'kratos-1.3' ? 'OPTIONS, POST' : 'POST'])
  })

  test.each(RELEASES)('passes over a cookie that %s cannot read, until whoami would renew it', async (profile) => {
    await using ory = await setup(profile)
    const ask = (path: string, cookie: string) =>
      ory.fetch(ory.publicUrl + path, { headers: { authorization: `Bearer ${token}`, cookie } })
    expect((await ask('/sessions', 'ory_kratos_session=x')).status).toBe(200)
    // What was answered before to the same token is not given again.
    expect((await ask('/sessions/whoami', 'a=b')).status).toBe(200)
    const broken = await ask('/sessions/whoami', 'ory_kratos_session=x')
    expect([broken.status, (await broken.json()).error.message]).toEqual([
      500,
      'securecookie: base64 decode failed - caused by: illegal base64 data at input byte 0',
    ])
    expect((await ask('/sessions/whoami', `ory_kratos_session=${token}`)).status).toBe(200)
  })
})

describe('what only a socket carries', () => {
  const asked = async (base: string, lines: readonly string[]) => {
    const connection = await RawConnection.open(base)
    connection.send(`${lines.join('\r\n')}\r\nHost: kratos.test\r\nConnection: close\r\n\r\n`)
    await connection.ended()
    return readAnswer(connection.received)
  }
  const setup = (profile: ProfileName) => startMock({ profile, seed, now: NOW, port: 0, publicPort: 0 })

  test('the first of two lines of a header counts', async () => {
    await using ory = await setup('kratos-26.2')
    const whoami = (...lines: string[]) => asked(ory.publicUrl, ['GET /sessions/whoami HTTP/1.1', ...lines])
    expect((await whoami(`X-Session-Token: ${token}`, 'X-Session-Token: nope')).status).toBe(200)
    expect((await whoami('Authorization: Bearer nope', `Authorization: Bearer ${token}`)).status).toBe(401)
    expect((await whoami('X-Request-ID: one', 'X-Request-ID: two')).body).toContain('"request":"one"')
    expect((await whoami('X-Request-ID: a\xffb')).body).toContain('"request":"a\\ufffdb"')
  })

  test('letters that are escaped in a path stand for themselves, and dots at its end are read', async () => {
    await using ory = await setup('kratos-26.2')
    const get = (target: string) => asked(ory.url, [`GET ${target} HTTP/1.1`])
    expect((await get('/%61dmin/version')).status).toBe(200)
    expect((await get('/admin/sess%69ons')).status).toBe(200)
    expect((await get('/admin/schemas/..')).headers['location']).toBe('/admin')
    expect((await get('/admin/schemas/a%2Fb')).headers['location']).toBe(`${ory.publicUrl}/schemas/a/b`)
    expect((await get("/schemas/*?x='")).headers['location']).toBe(`${ory.publicUrl}/schemas/*?x='`)
    expect((await get('/schemas/a?')).headers['location']).toBe(`${ory.publicUrl}/schemas/a?`)
    expect((await get('HTTP://KRATOS.TEST/sessions?page_size=1')).headers['link']).toMatch(
      /^<http:\/\/KRATOS\.TEST\/admin\/sessions\?/,
    )
  })

  test('a target that Go cannot read is its plain 400, at the end of the connection', async () => {
    await using ory = await setup('kratos-26.2')
    const answer = await asked(ory.url, ['GET /sessions% HTTP/1.1'])
    expect([answer.status, answer.body, answer.headers['content-length']]).toEqual([400, '400 Bad Request', undefined])
    await using documented = await setup('documented')
    expect(JSON.parse((await asked(documented.url, ['GET /sessions% HTTP/1.1'])).body).error.code).toBe(400)
  })

  test('25.4 and 1.3 clean a public path in place, and 26.2 redirects it', async () => {
    for (const [profile, status] of [
      ['kratos-26.2', 307],
      ['kratos-25.4', 401],
      ['kratos-1.3', 401],
    ] as const) {
      await using ory = await setup(profile)
      expect((await asked(ory.publicUrl, ['GET /x/../sessions HTTP/1.1'])).status).toBe(status)
    }
  })

  test('25.4 serves a slash at the end, but not where it registered a handler of its own', async () => {
    await using ory = await setup('kratos-25.4')
    const statusOf = async (target: string) => (await asked(ory.publicUrl, [`GET ${target} HTTP/1.1`])).status
    expect(await statusOf('/schemas/')).toBe(200)
    expect(await statusOf('/sessions/whoami/')).toBe(405)
    expect(await statusOf('/health/alive/')).toBe(404)
  })
})
