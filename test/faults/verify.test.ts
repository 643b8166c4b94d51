import { describe, expect, test } from 'vitest'
import { bookAt, pattern, request, type RequestParts } from './book-support.ts'

const ID = '9f425a8d-7efc-4768-8f23-7647a74fdf13'
const OTHER = '00000000-0000-4000-8000-000000000001'
const effect = { status: 503 }

/** Why a rule did not fire on these requests. */
const reason = (rule: object, ...requests: RequestParts[]): string => {
  const { book } = bookAt()
  book.add({ id: 'rule', effect, ...rule })
  for (const parts of requests) book.decide(request(parts))
  const [unfired] = book.verify()
  expect(unfired?.id).toBe('rule')
  expect(book.list()[0]).toMatchObject({ id: 'rule', hits: 0, nearestMiss: unfired?.reason })
  return unfired!.reason
}

describe('a rule that never fired says why', () => {
  test('when no request came at all', () => {
    expect(reason({})).toBe('no request came')
  })

  test('by the one matcher that the closest request failed', () => {
    const match = { operation: 'listIdentitySessions', identity: ID, query: { page_token: true } }
    const near: RequestParts = {
      operation: 'listIdentitySessions',
      path: `/admin/identities/${ID}/sessions`,
      identity: ID,
      query: 'page_size=2',
    }
    const far: RequestParts = { ...near, path: `/admin/identities/${OTHER}/sessions`, identity: OTHER }
    expect(reason({ match }, far, near, far)).toBe(
      `\`GET /admin/identities/${ID}/sessions?page_size=2\` came closest: it failed \`query.page_token\` (wanted any value, was absent)`,
    )
  })

  test('by all that it failed, with what was found', () => {
    const match = { operation: 'listIdentities', method: 'HEAD', header: { 'x-a': 'b' } }
    expect(reason({ match }, { headers: { 'x-a': 'c' } })).toBe(
      '`GET /admin/identities` came closest: it failed `method` (wanted HEAD, was GET) and `header.x-a` (wanted b, was c)',
    )
  })

  test('by what it wanted any of', () => {
    const match = { operation: ['listSessions', 'getSession'], method: ['GET', 'HEAD'] }
    expect(reason({ match })).toBe('no request came')
    expect(reason({ match }, { operation: 'getVersion', path: '/admin/version' })).toBe(
      '`GET /admin/version` came closest: it failed `operation` (wanted listSessions or getSession, was getVersion)',
    )
  })

  test('by a request of another operation, when none of its own came', () => {
    const match = { operation: 'listSessions', header: { 'x-a': 'b' } }
    expect(
      reason(
        { match },
        { path: '/admin/identities' },
        { operation: 'getIdentity', path: '/x', headers: { 'x-a': 'b' } },
      ),
    ).toBe('`GET /x` came closest: it failed `operation` (wanted listSessions, was getIdentity)')
  })

  test('when nothing matched', () => {
    expect(reason({ match: { operation: 'listSessions' } }, {})).toContain('so nothing matched')
  })

  test('by what a page effect needs', () => {
    expect(reason({ effect: { page: 'repeat' } }, {})).toContain(
      '`effect.page` (wanted a page after the first, was the first)',
    )
    expect(reason({ effect: { page: 'expire-token' } }, { query: 'page=2' })).toContain(
      '(wanted a page_token, was absent)',
    )
    expect(reason({ effect: { page: 'loop' } }, { operation: 'getIdentity' })).toContain(
      '(wanted GET of a list, was GET of getIdentity)',
    )
  })

  test.each([
    [{ when: { skip: 3 } }, '2 matched, the last one `GET /admin/identities`, but `skip` let it pass'],
    [{ when: { every: 5 } }, 'but `every` let it pass'],
    [{ when: { after: '1h' } }, 'but the time of `after` had not passed'],
    [{ when: { probability: 1e-9 } }, 'but `probability` let it pass'],
    [{ effect: undefined, sequence: ['pass', 'pass', effect] }, 'but the steps that it took are all "pass"'],
    [{ effect: undefined, sequence: ['pass', effect], when: { times: 1 } }, 'but `times` was used up'],
  ])('by its own %j', (rule, expected) => {
    expect(reason(rule, {}, {})).toContain(expected)
  })

  test('when its time was over', () => {
    const { book, clock } = bookAt()
    book.add({ when: { for: '1m' }, effect })
    clock.seconds += 60
    book.decide(request())
    expect(book.verify()[0]?.reason).toContain('but the time of `for` was over')
  })

  test('when an earlier rule took what it matched', () => {
    const { book } = bookAt()
    book.add({ id: 'greedy', effect })
    book.add({ id: 'late', effect })
    book.decide(request())
    expect(book.verify()).toEqual([
      { id: 'late', reason: '`GET /admin/identities` matched, but the rule `greedy`, added earlier, took it' },
    ])
  })

  test('in few words, however long the request is', () => {
    const long = 'x'.repeat(100_000)
    const text = reason({ match: { query: { a: 'b' } } }, { path: `/${long}`, query: `a=${long}` })
    expect(text.length).toBeLessThan(600)
  })
})

describe('a rule that fired', () => {
  test('is not named, and says how often it did', () => {
    const { book } = bookAt()
    book.add({ id: 'a', when: { every: 2 }, effect })
    expect(pattern(book, 5)).toBe('.x.x.')
    expect(book.verify()).toEqual([])
    expect(book.list()).toEqual([{ id: 'a', when: { every: 2 }, effect, hits: 2, matched: 5 }])
  })
})

describe('the armed rules', () => {
  test('are listed as they were given, in their order', () => {
    const { book } = bookAt()
    const given = {
      match: { operation: 'listIdentities', header: { 'X-A': 'b' } },
      delay: { min: 1, max: 2 },
      effect: { status: 429 },
    }
    expect(book.add(given)).toEqual({ ...given, id: 'fault-1', hits: 0, matched: 0, nearestMiss: 'no request came' })
    book.addAll([{ id: 'named', preset: 'maintenance' }, { delay: 5 }])
    expect(book.list().map(({ id }) => id)).toEqual(['fault-1', 'named', 'fault-2'])
  })

  test('cannot be changed through what was given or listed', () => {
    const { book } = bookAt()
    const given = { effect: { status: 503 } }
    book.add(given)
    given.effect.status = 200
    ;(book.list()[0]!.effect as { status: number }).status = 200
    expect(book.list()[0]).toMatchObject({ effect: { status: 503 } })
    expect(book.decide(request())?.effect).toMatchObject({ status: 503 })
  })

  test('go one by one, or all at once', () => {
    const { book } = bookAt()
    book.addAll([
      { id: 'a', effect },
      { id: 'b', effect },
    ])
    expect(book.remove('a')).toBe(true)
    expect(book.remove('a')).toBe(false)
    expect(book.decide(request())?.id).toBe('b')
    expect(book.armed).toBe(true)
    book.clear()
    expect(book.armed).toBe(false)
    expect(book.decide(request())).toBeUndefined()
  })

  test('come back as they were kept, counts included', () => {
    const { book } = bookAt()
    book.add({ id: 'a', when: { times: 2 }, effect })
    book.decide(request())
    const kept = book.snapshot()
    book.decide(request())
    book.clear()
    book.add({ id: 'b', effect })
    book.restore(kept)
    expect(book.list()).toMatchObject([{ id: 'a', hits: 1 }])
    expect(pattern(book, 3)).toBe('x..')
    book.restore(kept)
    expect(book.list()).toMatchObject([{ id: 'a', hits: 1 }])
  })

  test('begin anew: counts are zero, and their times begin now', () => {
    const { book, clock } = bookAt()
    book.add({ when: { after: '10s', times: 1 }, effect })
    clock.seconds += 10
    expect(pattern(book, 2)).toBe('x.')
    book.rewind()
    expect(pattern(book, 1)).toBe('.')
    clock.seconds += 10
    expect(pattern(book, 2)).toBe('x.')
  })

  test('can be asked whether they concern a request, without counting it', () => {
    const { book } = bookAt()
    book.add({ match: { operation: 'listIdentities' }, when: { skip: 1, times: 1 }, effect })
    expect(book.concerns(request({ operation: 'getIdentity' }))).toBe(false)
    for (let n = 0; n < 5; n++) expect(book.concerns(request())).toBe(true)
    expect(pattern(book, 3)).toBe('.x.')
  })
})
