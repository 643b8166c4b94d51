import { describe, expect, test } from 'vitest'
import { BadFaultRules, type Problem } from '../../src/faults/problem.ts'
import { bookAt, request } from './book-support.ts'

const problemsOf = (act: () => unknown): readonly Problem[] => {
  try {
    act()
  } catch (error) {
    if (error instanceof BadFaultRules) return error.problems
    throw error
  }
  return []
}

/** A rule that is right but for what is given. */
const refusal = (rule: unknown): readonly Problem[] => problemsOf(() => bookAt().book.add(rule))
const effect = { status: 503 }

describe('rules that are refused, each with its place and the reason', () => {
  test.each<[string, unknown, string, string]>([
    ['no object', 'status', '', 'must be an object, not "status"'],
    ['null', null, '', 'must be an object, not null'],
    ['nothing', undefined, '', 'must be an object, not undefined'],
    ['an array in place of a rule', [], '', 'must be an object, not []'],
    ['an unknown key', { effect, mach: {} }, '/mach', 'did you mean `match`?'],
    [
      'a key of every object',
      JSON.parse('{"effect":{"status":503},"__proto__":{}}'),
      '/__proto__',
      'is an unknown key',
    ],
    ['a rule that does nothing', { match: {} }, '', 'does nothing'],
    ['no delay at all', { delay: 0 }, '', 'does nothing'],
    ['two things to do', { effect, sequence: ['pass', effect] }, '', 'has both `effect` and `sequence`'],
    ['an effect and a preset', { effect, preset: 'maintenance' }, '', 'has both `effect` and `preset`'],
    ['an empty id', { id: '', effect }, '/id', 'printable ASCII'],
    ['an id with a slash', { id: 'a/b', effect }, '/id', 'printable ASCII'],
    ['an id with a line break', { id: 'a\nb', effect }, '/id', 'printable ASCII'],

    [
      'an unknown operation',
      { match: { operation: 'listIdentitySession' }, effect },
      '/match/operation',
      'did you mean `listIdentitySessions`?',
    ],
    [
      'a word of the path of an operation',
      { match: { operation: 'whoami' }, effect },
      '/match/operation',
      '"whoami" is unknown; did you mean `toSession`?',
    ],
    [
      'an operation that is far from all',
      { match: { operation: 'fly' }, effect },
      '/match/operation',
      'known are `listIdentitySessions`',
    ],
    ['a method in small letters', { match: { method: 'get' }, effect }, '/match/method', 'did you mean `GET`?'],
    [
      'a method that the operation never has',
      { match: { operation: 'listSessions', method: 'POST' }, effect },
      '/match/method',
      'it is GET or HEAD',
    ],
    [
      'an unknown operation among several',
      { match: { operation: ['listSessions', 'listSession'] }, effect },
      '/match/operation/1',
      'did you mean `listSessions`?',
    ],
    ['no operation at all', { match: { operation: [] }, effect }, '/match/operation', 'empty array'],
    [
      'a method among several in small letters',
      { match: { method: ['GET', 'put'] }, effect },
      '/match/method/1',
      '`PUT`',
    ],
    [
      'methods that one of the operations never has',
      { match: { operation: ['listSessions', 'createIdentity'], method: ['GET', 'HEAD'] }, effect },
      '/match/method',
      '`createIdentity` is never asked with GET or HEAD; it is POST',
    ],
    [
      'a method that none of the operations has',
      { match: { operation: ['listSessions', 'createIdentity'], method: ['GET', 'POST', 'PUT'] }, effect },
      '/match/method/2',
      'none of the operations is ever asked with PUT',
    ],
    [
      'a page effect where one of the operations lists nothing',
      { match: { operation: ['listSessions', 'getSession'] }, effect: { page: 'loop' } },
      '/effect/page',
      '`getSession` lists nothing',
    ],
    [
      'the name of a schema inside of a rule',
      { match: { $schema: 'faults.schema.json' }, effect },
      '/match/$schema',
      'is an unknown key',
    ],
    [
      'a path of another operation',
      { match: { operation: 'listSessions', path: '/admin/identities/*' }, effect },
      '/match/path',
      'whose path is /admin/sessions',
    ],
    [
      'a path with a query',
      { match: { path: '/admin/sessions?active=true' }, effect },
      '/match/path',
      'without a query',
    ],
    ['a path without a slash', { match: { path: 'admin' }, effect }, '/match/path', 'begins with /'],
    ['a path of the control plane', { match: { path: '/_mock/faults' }, effect }, '/match/path', 'never faulted'],
    [
      'an identity that is no UUID',
      { match: { identity: 'ada' }, effect },
      '/match/identity',
      'must be a UUID, not "ada"',
    ],
    ['a session that is no text', { match: { session: 7 }, effect }, '/match/session', 'must be a UUID, not 7'],
    [
      'an identity where there is none',
      { match: { operation: 'listSessions', identity: '9f425a8d-7efc-4768-8f23-7647a74fdf13' }, effect },
      '/match/identity',
      'has no identity in its path',
    ],
    [
      'a session where there is none',
      { match: { operation: 'getIdentity', session: '9f425a8d-7efc-4768-8f23-7647a74fdf13' }, effect },
      '/match/session',
      'has no session in its path',
    ],
    [
      'a flow where there is none',
      { match: { operation: 'getFlowError', flow: '9f425a8d-7efc-4768-8f23-7647a74fdf13' }, effect },
      '/match/flow',
      'neither reads nor submits a flow',
    ],
    ['a query value that is an object', { match: { query: { a: {} } }, effect }, '/match/query/a', 'must be a text'],
    ['a query that is a text', { match: { query: 'a=b' }, effect }, '/match/query', 'must be an object'],
    [
      'a header that is none',
      { match: { header: { 'a b': true } }, effect },
      '/match/header/a b',
      'is no name of a header',
    ],
    [
      'the header that overrides rules',
      { match: { header: { 'Ory-Mock-Fault': true } }, effect },
      '/match/header/Ory-Mock-Fault',
      'not matched by rules',
    ],

    ['no times', { when: { times: 0 }, effect }, '/when/times', 'must be a whole number from 1, not 0'],
    ['half a time', { when: { times: 1.5 }, effect }, '/when/times', 'must be a whole number from 1, not 1.5'],
    ['a text for a number', { when: { skip: '2' }, effect }, '/when/skip', 'must be a whole number from 0, not "2"'],
    ['fewer than none', { when: { skip: -1 }, effect }, '/when/skip', 'not -1'],
    ['no chance', { when: { probability: 0 }, effect }, '/when/probability', 'above 0'],
    ['more than certain', { when: { probability: 1.1 }, effect }, '/when/probability', 'at most 1'],
    ['a time in words', { when: { after: 'later' }, effect }, '/when/after', 'such as "10s"'],
    ['no time', { when: { for: '0s' }, effect }, '/when/for', 'a time above 0'],
    ['a misspelt key', { when: { probabilty: 1 }, effect }, '/when/probabilty', 'did you mean `probability`?'],

    ['a delay back in time', { delay: -1 }, '/delay', 'must be milliseconds'],
    ['a delay in words', { delay: 'soon' }, '/delay', 'must be milliseconds'],
    ['a delay past all timers', { delay: 2 ** 31 }, '/delay', 'from 0 to 2147483647'],
    ['bounds the wrong way round', { delay: { min: 5, max: 1 } }, '/delay', 'above its `max`'],
    ['one bound', { delay: { min: 5 } }, '/delay', 'lacks `max`'],
    ['a median without a width', { delay: { median: 5 } }, '/delay', 'lacks `sigma`'],
    ['both kinds of delay', { delay: { median: 5, sigma: 1, min: 2 } }, '/delay/min', 'is an unknown key'],

    ['an unknown effect', { effect: { stauts: 503 } }, '/effect/stauts', 'did you mean `status`?'],
    ['an empty effect', { effect: {} }, '/effect', 'must have one of `status`'],
    ['an effect that is a text', { effect: 'reset' }, '/effect', 'must be an object'],
    [
      'two effects in one',
      { effect: { status: 503, connection: 'reset' } },
      '/effect',
      'has both `status` and `connection`',
    ],
    ['a status that is none', { effect: { status: 99 } }, '/effect/status', 'from 200 to 599'],
    ['a status as text', { effect: { status: '503' } }, '/effect/status', 'not "503"'],
    [
      'an unknown part of the error',
      { effect: { status: 500, error: { mesage: 'x' } } },
      '/effect/error/mesage',
      'did you mean `message`?',
    ],
    [
      'details that are no object',
      { effect: { status: 500, error: { details: 'x' } } },
      '/effect/error/details',
      'must be an object',
    ],
    [
      'an error id that no header can hold',
      { effect: { status: 500, error: { id: 'a\r\nb: c' } } },
      '/effect/error/id',
      'printable ASCII',
    ],
    [
      'a header with a line break',
      { effect: { status: 500, headers: { a: 'b\r\nc: d' } } },
      '/effect/headers/a',
      'cannot be sent',
    ],
    [
      'a header that the mock sets',
      { effect: { status: 500, headers: { 'Content-Length': '1' } } },
      '/effect/headers/Content-Length',
      'use `body`',
    ],
    ['an unknown connection', { effect: { connection: 'rest' } }, '/effect/connection', 'did you mean `reset`?'],
    ['an unknown body', { effect: { body: 'truncated' } }, '/effect/body', 'did you mean `truncate`?'],
    ['a whole body to be cut', { effect: { body: 'truncate', at: 1 } }, '/effect/at', 'below 1'],
    ['a part of a body that is not cut', { effect: { body: 'html', at: 0.5 } }, '/effect/at', 'is an unknown key'],
    ['a slow body without a pace', { effect: { body: 'slow' } }, '/effect', 'lacks `bytes`'],
    ['a page of HTML in an empty answer', { effect: { body: 'html', status: 204 } }, '/effect/status', 'has no body'],
    ['an unknown page effect', { effect: { page: 'dropnext' } }, '/effect/page', 'did you mean `drop-next`?'],
    ['a rate limit without a window', { effect: { rateLimit: { limit: 3 } } }, '/effect/rateLimit', 'lacks `window`'],
    ['a rate limit that is a number', { effect: { rateLimit: 3 } }, '/effect/rateLimit', 'must be an object'],
    ['an unknown preset', { preset: 'ratelimited' }, '/preset', 'did you mean `rate-limited`?'],

    [
      'a page effect where nothing is listed',
      { match: { operation: 'getIdentity' }, effect: { page: 'loop' } },
      '/effect/page',
      '`getIdentity` lists nothing',
    ],
    [
      'a page effect on DELETE',
      { match: { method: 'DELETE' }, effect: { page: 'loop' } },
      '/effect/page',
      'DELETE gives none',
    ],
    [
      'a page effect on a path without lists',
      { match: { path: '/health/*' }, effect: { page: 'loop' } },
      '/effect/page',
      'no operation that lists can match',
    ],
    [
      'a page effect on a list without sessions',
      {
        match: { operation: 'listIdentities', session: '9f425a8d-7efc-4768-8f23-7647a74fdf13' },
        effect: { page: 'loop' },
      },
      '/match/session',
      'has no session in its path',
    ],
    [
      'an expired token of requests without one',
      { match: { query: { page_token: false } }, effect: { page: 'expire-token' } },
      '/effect/page',
      'needs a `page_token`',
    ],
    [
      'a body effect on HEAD',
      { match: { method: 'HEAD' }, effect: { body: 'html' } },
      '/effect',
      'a HEAD request has none',
    ],

    ['a sequence that is none', { sequence: 'pass' }, '/sequence', 'must be an array'],
    ['an empty sequence', { sequence: [] }, '/sequence', 'never fire'],
    ['a sequence that only passes', { sequence: ['pass', 'pass'] }, '/sequence', 'never fire'],
    ['a misspelt step', { sequence: ['pas', effect] }, '/sequence/0', 'must be "pass" or an effect'],
    ['a wrong step', { sequence: ['pass', { status: 1 }] }, '/sequence/1/status', 'from 200 to 599'],
    [
      'a page effect in a sequence where nothing is listed',
      { match: { operation: 'getIdentity' }, sequence: ['pass', { page: 'loop' }] },
      '/sequence/1/page',
      'lists nothing',
    ],
    [
      'a rate limit in a sequence',
      { sequence: [{ rateLimit: { limit: 1, window: '1s' } }] },
      '/sequence/0/rateLimit',
      'must be the one effect',
    ],
    ['too many steps', { sequence: Array.from({ length: 1001 }, () => effect) }, '/sequence', '1000 are the most'],
    [
      'a rule of many letters',
      { effect: { status: 503, error: { reason: 'x'.repeat(300_000) } } },
      '',
      'letters as JSON',
    ],
  ])('%s', (_title, rule, pointer, reason) => {
    const problems = refusal(rule)
    expect(problems.map((problem) => problem.pointer)).toContain(pointer)
    expect(problems.find((problem) => problem.pointer === pointer)?.reason).toContain(reason)
  })

  test('what JSON cannot hold', () => {
    const cyclic: Record<string, unknown> = { effect }
    cyclic['match'] = cyclic
    expect(refusal(cyclic)[0]).toEqual({
      pointer: '/match',
      reason: 'must be what JSON can hold, not what it is a part of itself',
    })
    expect(refusal({ effect, match: 10n })[0]?.reason).toBe('must be what JSON can hold, not a BigInt')
    let deep: object = {}
    for (let level = 0; level < 100; level++) deep = { deep }
    const details = (of: object) => refusal({ effect: { status: 500, error: { details: of } } })[0]?.reason
    expect(details(deep)).toContain('nested deeper than 100 levels')
    expect(refusal({ effect, match: 10n })).toHaveLength(1)
    for (let level = 0; level < 100_000; level++) deep = { deep }
    expect(details(deep)).toBe('is nested deeper than 100 levels')
  })

  test('every problem of a rule is named at once', () => {
    const pointers = refusal({ match: { operation: 'x', method: 'y' }, when: { times: 0 }, effect: { status: 1 } }).map(
      ({ pointer }) => pointer,
    )
    expect(pointers).toEqual(['/match/operation', '/match/method', '/when/times', '/effect/status'])
  })

  test('the message names the place of each problem', () => {
    expect(() => bookAt().book.add({ effect: { status: 1 }, when: { times: 0 } })).toThrow(
      '/when/times: must be a whole number from 1, not 0\n/effect/status: must be an HTTP status from 200 to 599, not 1',
    )
  })
})

describe('a refusal changes nothing', () => {
  test('of several rules that come together none is armed when one is wrong', () => {
    const { book } = bookAt()
    book.add({ id: 'before', effect })
    const problems = problemsOf(() => book.addAll([{ id: 'good', effect }, { effect: { status: 1 } }]))
    expect(problems).toEqual([{ pointer: '/1/effect/status', reason: 'must be an HTTP status from 200 to 599, not 1' }])
    expect(book.list().map(({ id }) => id)).toEqual(['before'])
  })

  test('an id that is taken is refused, among the armed and among those that come along', () => {
    const { book } = bookAt()
    book.add({ id: 'a', effect })
    expect(problemsOf(() => book.add({ id: 'a', effect }))[0]).toEqual({
      pointer: '/id',
      reason: 'there is already a rule `a`',
    })
    expect(
      problemsOf(() =>
        book.addAll([
          { id: 'b', effect },
          { id: 'b', effect },
        ]),
      )[0]?.pointer,
    ).toBe('/1/id')
    expect(book.list()).toHaveLength(1)
  })

  test('the rules armed before keep their counts', () => {
    const { book } = bookAt()
    book.add({ id: 'a', when: { times: 2 }, effect })
    book.decide(request())
    expect(() => book.add({})).toThrow(BadFaultRules)
    expect(book.list()[0]).toMatchObject({ hits: 1 })
    expect(book.decide(request())?.id).toBe('a')
    expect(book.decide(request())).toBeUndefined()
  })

  test('no more than a thousand rules can be armed', () => {
    const { book } = bookAt()
    book.addAll(Array.from({ length: 1000 }, () => ({ effect })))
    expect(problemsOf(() => book.add({ effect }))[0]?.reason).toContain('1000 rules are armed')
    book.clear()
    expect(book.add({ effect }).id).toBe('fault-1001')
  })
})
