import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookAt, pattern, request } from './book-support.ts'

const effect = { status: 503 }

describe('which of the matching requests a rule takes', () => {
  test.each([
    ['all of them', {}, 'xxxxxxxx'],
    ['so many', { times: 3 }, 'xxx.....'],
    ['those after the first few', { skip: 2 }, '..xxxxxx'],
    ['so many after the first few', { skip: 2, times: 3 }, '..xxx...'],
    ['each second one', { every: 2 }, '.x.x.x.x'],
    ['each third one after the first', { skip: 1, every: 3 }, '...x..x.'],
    ['so many of each second one', { skip: 2, times: 2, every: 2 }, '...x.x..'],
  ])('%s', (_title, when, expected) => {
    const { book } = bookAt()
    book.add({ when, effect })
    expect(pattern(book, 8)).toBe(expected)
  })

  test('requests that do not match are not counted', () => {
    const { book } = bookAt()
    book.add({ match: { operation: 'getIdentity' }, when: { skip: 1 }, effect })
    expect(pattern(book, 5, { operation: 'listIdentities' })).toBe('.....')
    expect(pattern(book, 3, { operation: 'getIdentity' })).toBe('.xx')
  })

  test('nor are those that an earlier rule took', () => {
    const { book } = bookAt()
    book.add({ id: 'first', when: { times: 2 }, effect })
    book.add({ id: 'second', when: { skip: 1, times: 1 }, effect })
    expect(Array.from({ length: 5 }, () => book.decide(request())?.id)).toEqual([
      'first',
      'first',
      undefined,
      'second',
      undefined,
    ])
  })

  test('a rule that is not due leaves the request to the next one', () => {
    const { book } = bookAt()
    book.add({ id: 'even', when: { every: 2 }, effect })
    book.add({ id: 'rest', effect })
    expect(Array.from({ length: 4 }, () => book.decide(request())?.id)).toEqual(['rest', 'even', 'rest', 'even'])
  })

  test('a chance falls as often as it says, and the same way for the same seed', () => {
    const draw = (seed: number): string => {
      const { book } = bookAt(seed)
      book.add({ when: { probability: 0.2 }, effect })
      return pattern(book, 5000)
    }
    const hits = draw(7).replaceAll('.', '').length
    expect(hits).toBeGreaterThan(900)
    expect(hits).toBeLessThan(1100)
    expect(draw(7)).toBe(draw(7))
    expect(draw(7)).not.toBe(draw(8))
  })

  test('a certain rule draws nothing, so it does not shift the draws of others', () => {
    const draw = (before: object[]): string => {
      const { book } = bookAt()
      for (const rule of before) book.add(rule)
      book.add({ match: { operation: 'getIdentity' }, when: { probability: 0.5 }, effect })
      return Array.from({ length: 50 }, () => {
        book.decide(request())
        return book.decide(request({ operation: 'getIdentity' })) === undefined ? '.' : 'x'
      }).join('')
    }
    expect(draw([{ match: { operation: 'listIdentities' }, delay: 5, effect }])).toBe(draw([]))
  })
})

describe('when on the clock of the mock a rule acts', () => {
  test('after a time and for a time, counted from when it was armed', () => {
    const { book, clock } = bookAt()
    book.add({ when: { after: '10s', for: '30s' }, effect })
    const at = (seconds: number): string => {
      clock.seconds = 1_000_000 + seconds
      return pattern(book, 1)
    }
    expect([0, 9.999, 10, 39.999, 40, 1000].map(at).join('')).toBe('..xx..')
  })

  test('requests outside its time are not counted', () => {
    const { book, clock } = bookAt()
    book.add({ when: { after: '1m', skip: 1 }, effect })
    expect(pattern(book, 3)).toBe('...')
    clock.seconds += 60
    expect(pattern(book, 3)).toBe('.xx')
  })

  test('times may be given in milliseconds', () => {
    const { book, clock } = bookAt()
    book.add({ when: { after: 1500 }, effect })
    clock.seconds += 1.499
    expect(pattern(book, 1)).toBe('.')
    clock.seconds += 0.001
    expect(pattern(book, 1)).toBe('x')
  })

  test('a rule without times acts even when the clock is set back', () => {
    const { book, clock } = bookAt()
    book.add({ match: { operation: 'listIdentities' }, effect })
    book.add({ match: { operation: 'getIdentity' }, when: { for: '1m' }, effect })
    clock.seconds -= 100
    expect(pattern(book, 2)).toBe('xx')
    expect(pattern(book, 2, { operation: 'getIdentity' })).toBe('..')
  })
})

describe('a sequence', () => {
  test('takes one step for each request, then lets all pass', () => {
    const { book } = bookAt()
    book.add({ id: 's', sequence: ['pass', { status: 429 }, { connection: 'reset' }, 'pass'] })
    const seen = Array.from({ length: 6 }, () => book.decide(request())?.effect?.kind)
    expect(seen).toEqual([undefined, 'status', 'connection', undefined, undefined, undefined])
  })

  test('goes round as often as `times` lets it', () => {
    const { book } = bookAt()
    book.add({ when: { times: 5 }, sequence: ['pass', { status: 503 }] })
    expect(pattern(book, 8)).toBe('.x.x....')
  })

  test('a step that passes keeps the request from later rules', () => {
    const { book } = bookAt()
    book.add({ id: 'a', sequence: ['pass', { status: 503 }] })
    book.add({ id: 'b', effect: { status: 500 } })
    expect(Array.from({ length: 3 }, () => book.decide(request())?.id)).toEqual([undefined, 'a', 'b'])
  })

  test('a step may have a delay of its own, and else takes that of the rule', () => {
    const { book } = bookAt()
    book.add({ delay: 10, sequence: [{ status: 503 }, { status: 503, delay: 20 }, { delay: 30 }] })
    expect(Array.from({ length: 3 }, () => book.decide(request())?.delay)).toEqual([10, 20, 30])
  })
})

describe('delays', () => {
  const delays = (delay: unknown, count = 2000): number[] => {
    const { book } = bookAt()
    book.add({ delay })
    return Array.from({ length: count }, () => book.decide(request())!.delay)
  }

  test('a fixed one is always the same', () => {
    expect(new Set(delays(250, 10))).toEqual(new Set([250]))
  })

  test('one between bounds stays there and fills them', () => {
    const drawn = delays({ min: 100, max: 500 })
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(100)
    expect(Math.max(...drawn)).toBeLessThanOrEqual(500)
    expect(drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length).toBeCloseTo(300, -1.5)
  })

  test('a lognormal one has its median and its cap', () => {
    const drawn = delays({ median: 200, sigma: 0.4, max: 400 }).toSorted((a, b) => a - b)
    expect(drawn[1000]).toBeGreaterThan(185)
    expect(drawn[1000]).toBeLessThan(215)
    expect(drawn.at(-1)).toBe(400)
    expect(drawn.filter((ms) => ms < 200 * Math.exp(-0.4)).length / drawn.length).toBeCloseTo(0.159, 1)
  })
})

describe('a rate limit', () => {
  test('lets its number pass in a window, and says at each request what is left', () => {
    const { book, clock } = bookAt()
    book.add({ effect: { rateLimit: { limit: 2, window: '10s' } } })
    const quota = (): unknown => {
      const effect_ = book.decide(request())?.effect
      return effect_?.kind === 'quota' ? effect_.quota : undefined
    }
    expect(quota()).toEqual({ limit: 2, remaining: 1, reset: 10, over: false })
    clock.seconds += 3.5
    expect(quota()).toEqual({ limit: 2, remaining: 0, reset: 7, over: false })
    expect(quota()).toEqual({ limit: 2, remaining: 0, reset: 7, over: true })
    clock.seconds += 6.5
    expect(quota()).toEqual({ limit: 2, remaining: 1, reset: 10, over: false })
  })

  test('counts as fired only when it refused', () => {
    const { book } = bookAt()
    book.add({ id: 'limit', effect: { rateLimit: { limit: 1, window: '1s' } } })
    book.decide(request())
    expect(book.verify()).toEqual([{ id: 'limit', reason: expect.stringContaining('no window went over its `limit`') }])
    book.decide(request())
    expect(book.verify()).toEqual([])
    expect(book.list()[0]).toMatchObject({ hits: 1, matched: 2 })
  })

  test('a clock that was set back begins a new window', () => {
    const { book, clock } = bookAt()
    book.add({ effect: { rateLimit: { limit: 1, window: '1h' } } })
    book.decide(request())
    clock.seconds -= 60
    expect(book.decide(request())?.effect).toMatchObject({ quota: { over: false } })
  })

  test('lets exactly its limit pass of any number that come in one window', () => {
    const sizes = fc.record({ limit: fc.integer({ min: 0, max: 20 }), requests: fc.integer({ min: 0, max: 40 }) })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 3 }), ({ limit, requests }, windows) => {
        const { book, clock } = bookAt()
        book.add({ effect: { rateLimit: { limit, window: '1s' } } })
        for (let window = 0; window < windows; window++) {
          const made = Array.from({ length: requests }, () => book.decide(request())?.effect)
          expect(made.filter((one) => one?.kind === 'quota' && !one.quota.over)).toHaveLength(Math.min(limit, requests))
          clock.seconds += 1
        }
      }),
    )
  })
})
