import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { FaultRule, Mock, MockOptions } from '../../src/index.ts'
import { describeTransports, NOW, person, sessionOf, uuid } from '../support.ts'

const seed = {
  identities: [person(1), person(2)],
  sessions: [...[1, 2, 3].map((n) => sessionOf(1, n)), sessionOf(2, 1)],
}
const LIST = `/admin/identities/${uuid(1)}/sessions`

const codeOf = (error: unknown): unknown => ((error as Error).cause as { code?: string } | undefined)?.code

describeTransports('faults', (start) => {
  let mock: Mock
  afterEach(() => mock.close())

  const begin = async (rules: readonly FaultRule[] = [], options: MockOptions = {}): Promise<Mock> => {
    mock = await start({ seed, now: NOW, ...options })
    if (rules.length > 0) await mock.faults.add(rules)
    return mock
  }
  const get = (path: string = LIST, init?: RequestInit): Promise<Response> => mock.fetch(mock.url + path, init)

  /** Until a request has met the first rule. */
  const arrived = async (): Promise<void> => {
    while ((await mock.faults.list())[0]?.hits === 0) await setImmediate()
  }

  describe('a status', () => {
    test('comes with a whole errorGeneric, its headers and the id of the rule', async () => {
      const error = {
        id: 'teapot',
        reason: 'Short and stout.',
        message: 'No coffee <here>',
        details: { spout: [1, null] },
      }
      await begin([{ id: 'tea', effect: { status: 418, error, headers: { 'X-Pot': 'tea', 'retry-after': 7 } } }])
      const response = await get()
      expect(response.status).toBe(418)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/json',
        'ory-error-id': 'teapot',
        'x-pot': 'tea',
        'retry-after': '7',
        'ory-mock-fault': 'tea',
      })
      expect(await response.text()).toBe(
        '{"error":{"id":"teapot","code":418,"status":"I\'m a teapot","reason":"Short and stout.",' +
          '"details":{"spout":[1,null]},"message":"No coffee \\u003chere\\u003e"}}\n',
      )
    })

    test('may be one without a body', async () => {
      await begin([{ effect: { status: 204 } }])
      const response = await get()
      expect([response.status, await response.text()]).toEqual([204, ''])
    })

    test('may set a header that the answer has already, in any casing, once', async () => {
      await begin([{ effect: { status: 500, headers: { 'CONTENT-TYPE': 'text/plain' } } }])
      expect((await get()).headers.get('content-type')).toBe('text/plain')
    })

    test('keeps the request from the data', async () => {
      await begin([{ when: { times: 1 }, effect: { status: 500 } }])
      expect((await get(LIST, { method: 'DELETE' })).status).toBe(500)
      expect(await (await get()).json()).toHaveLength(3)
    })

    test('comes to unmodelled paths and to redirects too, but never to the control plane', async () => {
      await begin([{ effect: { status: 503 } }])
      expect((await get('/nowhere')).status).toBe(503)
      expect((await get('/admin//identities', { redirect: 'manual' })).status).toBe(503)
      expect((await get('/_mock/health')).status).toBe(200)
      expect((await get('/_mock/faults')).headers.has('ory-mock-fault')).toBe(false)
    })
  })

  test.each([
    [
      'rate-limited',
      429,
      { 'x-ratelimit-limit': '10, 10;w=1, 300;w=60', 'x-ratelimit-remaining': '0', 'retry-after': '1' },
      'Too Many Requests',
    ],
    ['upstream-error', 502, { 'ory-error-id': 'upstream_error' }, '"id":"upstream_error"'],
    [
      'serialization-conflict',
      400,
      {},
      '"message":"Unable to serialize access due to a concurrent update in another session"',
    ],
    ['session_aal2_required', 403, {}, '"id":"session_aal2_required"'],
    ['maintenance', 503, { 'retry-after': '120' }, '"code":503'],
    ['database-error', 500, {}, 'SQLSTATE 53300'],
    ['gateway-timeout', 504, { 'content-type': 'text/html' }, '<h1>504 Gateway Time-out</h1>'],
  ] as const)('the preset %s', async (preset, status, headers, text) => {
    await begin([{ preset }])
    const response = await get()
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject(headers)
    expect(await response.text()).toContain(text)
  })

  test('a session that lacks its second factor says where to get it', async () => {
    await begin([{ match: { operation: 'toSession' }, effect: { preset: 'session_aal2_required' } }])
    const body = (await (await get('/sessions/whoami')).json()) as Record<string, unknown>
    const to = `${mock.publicUrl}/self-service/login/browser?aal=aal2`
    expect(body).toMatchObject({ redirect_browser_to: to, error: { details: { redirect_browser_to: to } } })
  })

  describe('who a rule is for', () => {
    test('the identity in the path, the owner of the session in it, and the caller', async () => {
      await begin([{ match: { identity: uuid(1) }, effect: { status: 503 } }])
      const mine = { headers: { 'X-Session-Token': 'ory_st_1_1' } }
      expect((await get(`/admin/identities/${uuid(1)}`)).status).toBe(503)
      expect((await get(`/admin/identities/%7B${uuid(1)}%7D/sessions`)).status).toBe(503)
      expect((await get(`/identities/${uuid(1)}/sessions`)).status).toBe(503)
      expect((await get(`/admin/sessions/${uuid(10_001)}`)).status).toBe(503)
      expect((await get('/sessions/whoami', mine)).status).toBe(503)
      expect((await get('/sessions', mine)).status).toBe(503)
      expect((await get(`/admin/identities/${uuid(2)}/sessions`)).status).toBe(200)
      expect((await get(`/admin/sessions/${uuid(20_001)}`)).status).toBe(200)
      expect((await get('/sessions/whoami', { headers: { 'X-Session-Token': 'ory_st_2_1' } })).status).toBe(200)
      expect((await get('/sessions/whoami')).status).toBe(401)
    })

    test('the session in the path, and the caller', async () => {
      await begin([{ match: { session: uuid(10_001) }, effect: { status: 503 } }])
      expect((await get(`/admin/sessions/${uuid(10_001)}`)).status).toBe(503)
      expect((await get(`/admin/sessions/${uuid(10_001)}/extend`, { method: 'PATCH' })).status).toBe(503)
      expect((await get('/sessions/whoami', { headers: { Cookie: 'ory_kratos_session=ory_st_1_1' } })).status).toBe(503)
      expect((await get(`/admin/sessions/${uuid(10_002)}`)).status).toBe(200)
    })

    test('the path as it was sent and as it was routed', async () => {
      await begin([{ match: { path: '/admin/identities/*/sessions' }, effect: { status: 503 } }])
      expect((await get(`/identities/${uuid(1)}/sessions`)).status).toBe(503)
      expect((await get('/admin/sessions')).status).toBe(200)
    })
  })

  test('a rate limit is told on every answer, and goes by the clock of the mock', async () => {
    await begin([{ effect: { rateLimit: { limit: 2, window: '10s' } } }])
    const told = async (): Promise<unknown[]> => {
      const { status, headers } = await get()
      return [
        status,
        ...['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`)),
        headers.get('retry-after'),
      ]
    }
    expect(await told()).toEqual([200, '2', '1', '10', null])
    await mock.clock.advance('4s')
    expect(await told()).toEqual([200, '2', '0', '6', null])
    expect(await told()).toEqual([429, '2', '0', '6', '6'])
    await mock.clock.advance('6s')
    expect(await told()).toEqual([200, '2', '1', '10', null])
  })

  test('windows of a rule go by the clock of the mock', async () => {
    await begin([{ when: { after: '1h', for: '1h' }, effect: { status: 503 } }])
    expect((await get()).status).toBe(200)
    await mock.clock.advance('1h')
    expect((await get()).status).toBe(503)
    await mock.clock.advance('1h')
    expect((await get()).status).toBe(200)
  })

  test('the same run twice gives the same faults', async () => {
    const run = async (): Promise<number[]> => {
      await begin([{ when: { probability: 0.5 }, delay: { min: 0, max: 1 }, effect: { status: 503 } }])
      const statuses = []
      for (let n = 0; n < 40; n++) statuses.push((await get()).status)
      await mock.close()
      return statuses
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([200, 503]))
    expect(await run()).toEqual(first)
  })

  test('arming a rule changes no id that the data gets', async () => {
    const idOf = async (rules: FaultRule[]): Promise<unknown> => {
      await begin(rules, { seed: { identities: [{ schema_id: 'default', traits: {} }] } })
      if (rules.length > 0) await get()
      const [identity] = (await mock.seed({ identities: [{ schema_id: 'default', traits: {} }] })).identities
      await mock.close()
      return identity
    }
    expect(await idOf([{ when: { probability: 0.5 }, delay: { min: 0, max: 1 }, effect: { status: 503 } }])).toEqual(
      await idOf([]),
    )
  })

  describe('a broken connection', () => {
    test('rejects as fetch does', async () => {
      await begin([{ sequence: [{ connection: 'reset' }, { connection: 'close' }] }])
      const reset = await get().catch((error: unknown) => error)
      expect(reset).toBeInstanceOf(TypeError)
      expect([(reset as Error).message, codeOf(reset)]).toEqual(['fetch failed', 'ECONNRESET'])
      const close = await get().catch((error: unknown) => error)
      expect(close).toBeInstanceOf(TypeError)
      expect([(close as Error).message, codeOf(close)]).toEqual(['fetch failed', 'UND_ERR_SOCKET'])
    })

    test.each([
      ['truncate', 'UND_ERR_SOCKET'],
      ['reset', 'ECONNRESET'],
    ] as const)('%s in the body gives what came, then fails the stream', async (body, code) => {
      await begin()
      const whole = await (await get()).text()
      await mock.faults.add({ effect: { body, at: 0.5 } })
      const response = await get()
      expect([response.status, response.headers.get('content-length')]).toEqual([200, String(whole.length)])
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      let came = ''
      const failure = await (async () => {
        for (;;) {
          const { value, done } = await reader.read()
          if (done) return undefined
          came += value
        }
      })().catch((error: unknown) => error)
      expect(came).toBe(whole.slice(0, Math.floor(whole.length / 2)))
      expect(failure).toBeInstanceOf(TypeError)
      expect([(failure as Error).message, codeOf(failure)]).toEqual(['terminated', code])
    })

    test('of a hang ends with the signal of the request', async () => {
      await begin([{ effect: { connection: 'hang' } }])
      const aborted = new AbortController()
      const hung = get(LIST, { signal: aborted.signal })
      aborted.abort(new Error('enough'))
      await expect(hung).rejects.toThrow('enough')
      await expect(get(LIST, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ name: 'TimeoutError' })
    })

    test('of a hang ends when the mock closes', async () => {
      await begin([{ effect: { connection: 'hang' } }])
      const hung = get().catch((error: unknown) => error)
      await arrived()
      await mock.close()
      expect(await hung).toBeInstanceOf(TypeError)
      expect(codeOf(await hung)).toBe('UND_ERR_SOCKET')
    })
  })

  describe('a delay', () => {
    test('passes before an answer that is otherwise whole, and marks it', async () => {
      await begin()
      const whole = await (await get()).text()
      await mock.faults.add({ id: 'late', delay: 40 })
      const begun = performance.now()
      const response = await get()
      expect(performance.now() - begun).toBeGreaterThan(38)
      expect([response.status, response.headers.get('ory-mock-fault'), await response.text()]).toEqual([
        200,
        'late',
        whole,
      ])
    })

    test('ends with the signal of the request', async () => {
      await begin([{ delay: 2 ** 30, effect: { status: 503 } }])
      await expect(get(LIST, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ name: 'TimeoutError' })
    })

    test('ends when the mock closes', async () => {
      await begin([{ delay: 2 ** 30 }])
      const late = get().catch((error: unknown) => error)
      await arrived()
      await mock.close()
      expect(codeOf(await late)).toBe('UND_ERR_SOCKET')
    })
  })

  describe('a slow body', () => {
    test('comes whole, in parts', async () => {
      await begin()
      const whole = await (await get()).text()
      await mock.faults.add({ effect: { body: 'slow', bytes: Math.ceil(whole.length / 3), every: 15 } })
      const begun = performance.now()
      expect(await (await get()).text()).toBe(whole)
      expect(performance.now() - begun).toBeGreaterThan(28)
    })

    test('ends with the signal of the request', async () => {
      await begin([{ effect: { body: 'slow', bytes: 1, every: 2 ** 30 } }])
      const response = await get(LIST, { signal: AbortSignal.timeout(100) })
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toMatchObject({ name: 'TimeoutError' })
    })

    test('can be left by one who reads no further', async () => {
      await begin([{ effect: { body: 'slow', bytes: 10, every: 2 ** 30 } }])
      const reader = (await get()).body!.getReader()
      expect((await reader.read()).value).toHaveLength(10)
      await reader.cancel()
      expect((await reader.read()).done).toBe(true)
    })
  })

  test('malformed, empty and false bodies come with a status of 200 after the work was done', async () => {
    await begin([{ when: { times: 3 }, sequence: [{ body: 'malformed' }, { body: 'empty' }, { body: 'html' }] }])
    const malformed = await get()
    expect(malformed.status).toBe(200)
    await expect(malformed.json()).rejects.toBeInstanceOf(SyntaxError)
    const empty = await get(`/admin/sessions/${uuid(10_001)}`, { method: 'DELETE' })
    expect([empty.status, await empty.text()]).toEqual([200, ''])
    const html = await get()
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html'])
    expect(await html.text()).toMatch(/^<html>/)
    expect(await (await get(`/admin/sessions/${uuid(10_001)}`)).json()).toMatchObject({ active: false })
  })

  describe('a request that brings its own fault', () => {
    const bring = (fault: unknown): RequestInit => ({
      headers: { 'Ory-Mock-Fault': typeof fault === 'string' ? fault : JSON.stringify(fault) },
    })

    test('gets it, and nobody else does', async () => {
      await begin()
      const response = await get(LIST, bring({ status: 429, headers: { 'Retry-After': '1' }, delay: 30 }))
      expect([response.status, response.headers.get('retry-after'), response.headers.get('ory-mock-fault')]).toEqual([
        429,
        '1',
        'request',
      ])
      expect((await get()).status).toBe(200)
      expect(await get(LIST, bring({ connection: 'reset' })).catch(codeOf)).toBe('ECONNRESET')
      expect((await get(LIST, bring({ delay: 1 }))).headers.get('ory-mock-fault')).toBe('request')
      expect((await get(`${LIST}?page_size=1`, bring({ page: 'drop-next' }))).headers.get('link')).not.toContain(
        'rel="next"',
      )
      expect((await get(LIST, bring({ preset: 'maintenance' }))).status).toBe(503)
    })

    test('is not for the rules that are armed, nor counted by them', async () => {
      await begin([{ effect: { status: 500 } }])
      expect((await get(LIST, bring({ status: 503 }))).status).toBe(503)
      expect(await mock.faults.list()).toMatchObject([{ hits: 0, matched: 0 }])
    })

    test.each([
      ['{status: 503}', 'is no JSON'],
      ['503', 'must be an effect'],
      ['{"stauts":503}', '/stauts is an unknown effect; did you mean `status`?'],
      [
        '{"stauts":503,"connexion":1}',
        'Fault /stauts is an unknown effect; did you mean `status`? /connexion is an unknown effect; did you mean `connection`?',
      ],
      ['{"status":1}', '/status must be an HTTP status from 200 to 599, not 1'],
      ['{"rateLimit":{"limit":1,"window":"1s"}}', '/rateLimit counts requests'],
      ['{}', 'must have one of'],
    ])('is told what is wrong with %s', async (header, reason) => {
      await begin()
      const response = await get(LIST, bring(header))
      expect(response.status).toBe(400)
      const said = ((await response.json()) as { error: { reason: string } }).error.reason
      expect(said).toContain(reason)
      expect(said).toMatch(/[^.?;][.?]$/)
      expect(said).not.toMatch(/[.?;][.?;]/)
    })

    test('is told when the effect cannot show', async () => {
      await begin()
      expect((await get('/health/alive', bring({ page: 'loop' }))).status).toBe(400)
      expect((await get(LIST, { ...bring({ body: 'html' }), method: 'HEAD' })).status).toBe(400)
    })
  })

  describe('what is kept and what is told of a fault', () => {
    test('the journal marks the requests that were faulted, and only those', async () => {
      await begin([
        { id: 'one', when: { times: 1 }, effect: { status: 503 } },
        { id: 'two', when: { times: 1 }, effect: { connection: 'reset' } },
      ])
      await get()
      await get().catch(() => {})
      await get()
      const seen = (await mock.requests.list()).map(({ status, fault }) => [status, fault ?? undefined])
      expect(seen).toEqual([
        [503, 'one'],
        [0, 'two'],
        [200, undefined],
      ])
    })

    test('a faulted answer is never given again', async () => {
      await begin([{ when: { times: 1 }, effect: { page: 'wrong-total' } }])
      expect((await get()).headers.get('x-total-count')).toBe('4')
      for (let n = 0; n < 3; n++) expect((await get()).headers.get('x-total-count')).toBe('3')
    })

    test('a page that was given before is faulted as any other', async () => {
      await begin()
      for (let n = 0; n < 3; n++) expect((await get()).status).toBe(200)
      await mock.faults.add({ match: { identity: uuid(2) }, effect: { status: 500 } })
      expect((await get()).status).toBe(200)
      await mock.faults.add({ match: { header: { 'x-a': 'b' } }, when: { skip: 1 }, effect: { status: 503 } })
      const headers = { 'X-A': 'b' }
      expect([
        (await get()).status,
        (await get(LIST, { headers })).status,
        (await get(LIST, { headers })).status,
      ]).toEqual([200, 200, 503])
      expect((await mock.faults.list()).map(({ hits, matched }) => [hits, matched])).toEqual([
        [0, 0],
        [1, 2],
      ])
    })

    test('a rule that never fired is named with the request that came closest', async () => {
      await begin([{ id: 'third-page', match: { identity: uuid(1), query: { page: '2' } }, effect: { status: 503 } }])
      await get(`${LIST}?page=1`)
      await expect(mock.faults.verify()).rejects.toThrow(
        `third-page: \`GET ${LIST}?page=1\` came closest: it failed \`query.page\` (wanted 2, was 1)`,
      )
    })

    test('rules that came with the options are back after a reset, with nothing counted', async () => {
      await begin([], { faults: [{ id: 'always', when: { times: 1 }, effect: { status: 503 } }] })
      expect((await get()).status).toBe(503)
      expect((await get()).status).toBe(200)
      await mock.faults.add({ id: 'later', effect: { status: 500 } })
      await mock.reset()
      expect((await mock.faults.list()).map(({ id, hits }) => [id, hits])).toEqual([['always', 0]])
      expect((await get()).status).toBe(503)
    })

    test('a snapshot keeps the rules and their counts', async () => {
      await begin([{ id: 'a', when: { times: 2 }, effect: { status: 503 } }])
      await get()
      const snapshot = await mock.snapshot()
      await mock.faults.clear()
      await mock.restore(snapshot)
      expect([(await get()).status, (await get()).status]).toEqual([503, 200])
    })
  })
})
