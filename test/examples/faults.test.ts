import { createMock, type Mock } from 'ory-identities-mock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { profileNames, type ProfileName } from '../../src/profiles/profile.ts'

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'
const SESSIONS = `/admin/identities/${ADA}/sessions`

let ory: Mock
const begin = async (count = 7, profile?: ProfileName): Promise<void> => {
  const sessions = Array.from({ length: count }, (_, n) => ({ issued_at: `-${n + 1}h`, expires_at: '+24h' }))
  const seed = { identities: [{ id: ADA, traits: {}, sessions }] }
  ory = await createMock({ now: '2026-11-23T01:00:00Z', profile, seed })
}
beforeEach(() => begin())
afterEach(async () => {
  await using _ = ory
  // As the fixture `ory` does.
  await ory.faults.verify()
})

describe('retries', () => {
  // #region retrying
  type Ask = () => Promise<Response>

  /** Asks again after what may pass: a lost connection, a 429, a 5xx. */
  const retrying = async (ask: Ask, wait: (ms: number) => Promise<unknown>, attempts = 4): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const response = await ask().catch((error: unknown) => {
        if (attempt === attempts) throw error
        return undefined
      })
      if (response !== undefined && response.status < 500 && response.status !== 429) return response
      if (response !== undefined && attempt === attempts) return response
      const seconds = Number(response?.headers.get('retry-after') ?? 2 ** attempt / 10)
      await wait(seconds * 1000)
    }
  }
  // #endregion

  test('a few failures are got over', async () => {
    // #region retries
    await ory.faults.add({
      match: { operation: 'listIdentitySessions' },
      sequence: [{ status: 503 }, { connection: 'reset' }, { preset: 'gateway-timeout' }],
    })
    const response = await retrying(
      () => ory.fetch(SESSIONS),
      async () => {},
    )
    expect(response.status).toBe(200)
    await ory.faults.verify()
    // #endregion
  })

  test('what will not pass is not tried again', async () => {
    // #region no-retries
    await ory.faults.add({ match: { operation: 'listIdentitySessions' }, effect: { status: 403 } })
    await retrying(
      () => ory.fetch(SESSIONS),
      async () => {},
    )
    expect(await ory.requests.list({ operation: 'listIdentitySessions' })).toHaveLength(1)
    // #endregion
  })

  test('a client waits as long as it is told', async () => {
    // #region backoff
    await ory.faults.add({ effect: { rateLimit: { limit: 3, window: '1s' } } })
    const waits: number[] = []
    const wait = (ms: number) => {
      waits.push(ms)
      return ory.clock.advance(ms)
    }
    for (let n = 0; n < 7; n++) expect((await retrying(() => ory.fetch(SESSIONS), wait)).status).toBe(200)
    expect(waits).toEqual([1000, 1000])
    // #endregion
  })

  test('the one 400 that may be tried again', async () => {
    // #region presets
    await ory.faults.add({ match: { method: 'DELETE' }, when: { times: 1 }, preset: 'serialization-conflict' })
    const response = await ory.fetch(SESSIONS, { method: 'DELETE' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('Unable to serialize access due to a concurrent update')
    // #endregion
  })
})

describe('timeouts', () => {
  test('a server that never answers', async () => {
    // #region timeouts
    await ory.faults.add({ match: { operation: 'listIdentitySessions' }, effect: { connection: 'hang' } })
    const asked = ory.fetch(SESSIONS, { signal: AbortSignal.timeout(50) })
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' })
    // #endregion
  })

  test('a server that is slow as real ones are', async () => {
    // #region slow
    await ory.faults.add({ delay: { median: 20, sigma: 0.5, max: 200 } })
    expect((await ory.fetch(SESSIONS)).status).toBe(200)
    // #endregion
  })

  test('a body that stops coming', async () => {
    // #region stalled
    await ory.faults.add({ effect: { body: 'slow', bytes: 100, every: 3_600_000 } })
    const response = await ory.fetch(SESSIONS, { signal: AbortSignal.timeout(50) })
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toMatchObject({ name: 'TimeoutError' })
    // #endregion
  })
})

describe('partial reads', () => {
  test('a body that is cut in the middle', async () => {
    // #region partial
    await ory.faults.add({ effect: { body: 'truncate', at: 0.5 } })
    const response = await ory.fetch(SESSIONS)
    expect(response.status).toBe(200)
    await expect(response.json()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } })
    // #endregion
  })

  test('bodies that are not what they should be', async () => {
    // #region false-bodies
    await ory.faults.add({ sequence: [{ body: 'malformed' }, { body: 'empty' }, { body: 'html', status: 502 }] })
    await expect((await ory.fetch(SESSIONS)).json()).rejects.toBeInstanceOf(SyntaxError)
    expect(await (await ory.fetch(SESSIONS)).text()).toBe('')
    expect(await (await ory.fetch(SESSIONS)).text()).toContain('<h1>502 Bad Gateway</h1>')
    // #endregion
  })
})

describe('pagination', () => {
  // #region walking
  /** All of a list, each item once. */
  const walk = async (path: string): Promise<string[]> => {
    const ids = new Set<string>()
    const seen = new Set<string>()
    let total = Number.NaN
    let next: string | undefined = path
    while (next !== undefined) {
      if (seen.has(next)) throw new Error('The list leads back to itself.')
      seen.add(next)
      const response: Response = await ory.fetch(next)
      for (const { id } of (await response.json()) as { id: string }[]) ids.add(id)
      total = Number(response.headers.get('x-total-count') ?? Number.NaN)
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
    }
    if (ids.size < total) throw new Error(`The list gave ${ids.size} of ${total}.`)
    return [...ids]
  }
  // #endregion

  test('a session begins while the list is read', async () => {
    // #region shift
    await ory.faults.add({ match: { query: { page_token: true } }, when: { times: 1 }, effect: { page: 'shift' } })
    // Seven of what are eight now: the new one came before the first page, which was read already.
    await expect(walk(`${SESSIONS}?page_size=3`)).rejects.toThrow('7 of 8')
    expect(await walk(`${SESSIONS}?page_size=3`)).toHaveLength(8)
    // #endregion
  })

  test('pages that lie', async () => {
    // #region pages
    const rule = { match: { query: { page_token: true } }, when: { times: 1 } }

    await ory.faults.add({ ...rule, effect: { page: 'duplicate' } })
    expect(await walk(`${SESSIONS}?page_size=3`)).toHaveLength(7)

    await ory.faults.add({ ...rule, effect: { page: 'skip' } })
    await expect(walk(`${SESSIONS}?page_size=3`)).rejects.toThrow('4 of 7')

    await ory.faults.add({ ...rule, effect: { page: 'drop-next' } })
    await expect(walk(`${SESSIONS}?page_size=3`)).rejects.toThrow('6 of 7')

    await ory.faults.add({ ...rule, effect: { page: 'loop' } })
    await expect(walk(`${SESSIONS}?page_size=3`)).rejects.toThrow('leads back to itself')
    // #endregion
  })

  test('a fault on the third page only', async () => {
    // #region third-page
    await ory.faults.add({
      match: { operation: 'listIdentitySessions' },
      when: { skip: 2, times: 1 },
      effect: { body: 'reset', at: 0.5 },
    })
    await expect(walk(`${SESSIONS}?page_size=3`)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    // #endregion
  })

  test.each(profileNames.filter((name) => name !== 'documented'))(
    'a client that follows next is led astray by %s itself',
    async (profile) => {
      await ory.close()
      await begin(7, profile)
      await expect(walk(`${SESSIONS}?page_size=3`)).rejects.toThrow('6 of 7')
      await ory.fetch(SESSIONS, { method: 'DELETE' })
      const nextOf = async (path: string): Promise<string | undefined> =>
        /<([^>]+)>; rel="next"/.exec((await ory.fetch(path)).headers.get('link') ?? '')?.[1]
      const second = await nextOf(`${SESSIONS}?page_size=3`)
      const third = await nextOf(second!)
      expect(third).toContain('page_token=')
      expect(third).not.toBe(second)
    },
  )
})

describe('all sessions of an identity', () => {
  // #region all-sessions
  /** All sessions of an identity, whichever release answers. */
  const allSessions = async (path: string, size = 250): Promise<string[]> => {
    const ids = new Set<string>()
    let total = Number.POSITIVE_INFINITY
    // Kratos counts its pages from 1 and gives the first one for 0 as well, so there is one page more to ask for.
    for (let page = 0; ids.size < total && (page - 1) * size < total; page++) {
      const response = await ory.fetch(`${path}?page=${page}&per_page=${size}`)
      for (const { id } of (await response.json()) as { id: string }[]) ids.add(id)
      total = Number(response.headers.get('x-total-count') ?? Number.NaN)
    }
    if (ids.size !== total) throw new Error(`The list gave ${ids.size} of ${total}.`)
    return [...ids]
  }
  // #endregion

  test.each(profileNames.flatMap((profile) => [0, 1, 3, 6, 7].map((count) => [profile, count] as const)))(
    'are had from %s, when there are %i',
    async (profile, count) => {
      await ory.close()
      await begin(count, profile)
      const ids = await allSessions(SESSIONS, 3)
      expect(ids).toHaveLength(count)
      expect(ids).toEqual(await allSessions(SESSIONS))
      // No more pages than a release that counts from 1 needs.
      expect(await ory.requests.list()).toHaveLength(
        (profile === 'documented' ? Math.max(1, Math.ceil(count / 3)) : count <= 3 ? 1 : Math.ceil(count / 3) + 1) + 1,
      )
    },
  )

  test('are not had from a page that lies', async () => {
    // #region lying-page
    await ory.faults.add({ match: { query: { page: '1' } }, when: { times: 1 }, effect: { page: 'empty' } })
    await expect(allSessions(SESSIONS, 3)).rejects.toThrow('4 of 7')
    await ory.faults.verify()
    // #endregion
  })
})

describe('idempotency', () => {
  // #region deleting
  /** Deletes a person; one who is gone already was deleted by an attempt whose answer was lost. */
  const deletePerson = async (id: string): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      const response = await ory.fetch(`/admin/identities/${id}`, { method: 'DELETE' }).catch(() => undefined)
      if (response?.status === 204 || (response?.status === 404 && attempt > 1)) return
      if (attempt === 3) throw new Error(`${id} was not deleted.`)
    }
  }
  // #endregion

  test('the answer is lost after the work was done', async () => {
    // #region lost-answer
    await ory.faults.add({ match: { operation: 'deleteIdentity' }, when: { times: 1 }, preset: 'gateway-timeout' })
    await deletePerson(ADA)
    expect((await ory.requests.list({ operation: 'deleteIdentity' })).map(({ status }) => status)).toEqual([504, 404])
    // #endregion
  })

  test('the request is lost before the work is done', async () => {
    // #region lost-request
    await ory.faults.add({
      match: { operation: 'deleteIdentity' },
      when: { times: 1 },
      effect: { connection: 'reset' },
    })
    await deletePerson(ADA)
    expect((await ory.requests.list({ operation: 'deleteIdentity' })).map(({ status }) => status)).toEqual([0, 204])
    // #endregion
  })
})

describe('circuit breakers', () => {
  // #region breaker
  /** Stops asking for ten seconds after three failures in a row. */
  const breaker = (ask: () => Promise<Response>, now: () => Promise<Date>) => {
    let failures = 0
    let openUntil = 0
    return async (): Promise<number | 'open'> => {
      const time = (await now()).getTime()
      if (time < openUntil) return 'open'
      const { status } = await ask()
      failures = status < 500 ? 0 : failures + 1
      if (failures >= 3) openUntil = time + 10_000
      return status
    }
  }
  // #endregion

  test('an outage of half a minute', async () => {
    // #region outage
    await ory.faults.add({ when: { after: '5s', for: '30s' }, effect: { status: 503 } })
    const ask = breaker(
      () => ory.fetch(SESSIONS),
      () => ory.clock.now(),
    )
    const seen: (number | 'open')[] = []
    for (let second = 0; second < 60; second += 2) {
      seen.push(await ask())
      await ory.clock.advance('2s')
    }
    expect(seen.filter((one) => one === 503)).toHaveLength(5)
    expect(seen.at(-1)).toBe(200)
    // #endregion
  })
})

describe('a bad day', () => {
  test('one request in five fails, the same ones in each run', async () => {
    // #region chance
    await ory.faults.add({ when: { probability: 0.2 }, effect: { status: 503 } })
    const statuses: number[] = []
    for (let n = 0; n < 20; n++) statuses.push((await ory.fetch(SESSIONS)).status)
    const failed = statuses.flatMap((status, n) => (status === 503 ? [n] : []))
    expect(failed).toEqual([4, 7, 9, 18])
    // #endregion
  })

  test('a request brings its own fault', async () => {
    // #region own
    const headers = { 'Ory-Mock-Fault': JSON.stringify({ status: 429, headers: { 'Retry-After': '1' }, delay: 10 }) }
    expect((await ory.fetch(SESSIONS, { headers })).status).toBe(429)
    // #endregion
  })

  test('a fault that was never met', async () => {
    // #region verify
    await ory.faults.add({ id: 'third-page', match: { query: { page: '2' } }, effect: { status: 503 } })
    await ory.fetch(`${SESSIONS}?page=1`)
    await expect(ory.faults.verify()).rejects.toThrow(
      `third-page: \`GET ${SESSIONS}?page=1\` came closest: it failed \`query.page\` (wanted 2, was 1)`,
    )
    await ory.faults.remove('third-page')
    // #endregion
  })
})
