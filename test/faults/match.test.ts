import { describe, expect, test } from 'vitest'
import { bookAt, request, type RequestParts } from './book-support.ts'

const ID = '9f425a8d-7efc-4768-8f23-7647a74fdf13'
const OTHER = '00000000-0000-4000-8000-000000000001'

const matches = (match: object, parts: RequestParts): boolean => {
  const { book } = bookAt()
  book.add({ match, effect: { status: 503 } })
  return book.decide(request(parts)) !== undefined
}

describe('what a rule matches', () => {
  test('every request, when it asks for nothing', () => {
    expect(matches({}, {})).toBe(true)
    expect(matches({}, { operation: undefined, method: 'POST', path: '/nowhere' })).toBe(true)
  })

  test('an operation', () => {
    expect(matches({ operation: 'listIdentities' }, {})).toBe(true)
    expect(matches({ operation: 'listIdentities' }, { method: 'HEAD' })).toBe(true)
    expect(matches({ operation: 'listIdentities' }, { operation: 'createIdentity' })).toBe(false)
    expect(matches({ operation: 'listIdentities' }, { operation: undefined })).toBe(false)
  })

  test('a method', () => {
    expect(matches({ method: 'POST' }, { method: 'POST' })).toBe(true)
    expect(matches({ method: 'GET' }, { method: 'HEAD' })).toBe(false)
  })

  test('any of several operations and methods', () => {
    const several = { operation: ['listSessions', 'getIdentity'], method: ['GET', 'HEAD'] }
    for (const operation of ['listSessions', 'getIdentity'] as const)
      for (const method of ['GET', 'HEAD']) expect(matches(several, { operation, method })).toBe(true)
    expect(matches(several, { operation: 'listIdentities' })).toBe(false)
    expect(matches(several, { operation: 'getIdentity', method: 'OPTIONS' })).toBe(false)
    expect(matches({ method: ['PUT', 'PATCH'] }, { operation: undefined, method: 'PATCH' })).toBe(true)
    expect(matches({ method: ['PUT', 'PATCH'] }, { operation: undefined, method: 'POST' })).toBe(false)
  })

  test.each([
    ['/admin/identities', '/admin/identities', true],
    ['/admin/identities', '/admin/identities/', false],
    ['/admin/identities/*/sessions', `/admin/identities/${ID}/sessions`, true],
    ['/admin/identities/*/sessions', '/admin/identities/a/b/sessions', false],
    ['/admin/identities/*', '/admin/identities', false],
    ['/admin/identities/9f42*', `/admin/identities/${ID}`, true],
    ['/admin/identities/*-*-*-*-*', `/admin/identities/${ID}`, true],
    ['/admin/identities/9f42*', `/admin/identities/${OTHER}`, false],
    ['/admin/**', `/admin/identities/${ID}/sessions`, true],
    ['/admin/**/sessions', '/admin/sessions', true],
    ['/admin/**/sessions', `/admin/identities/${ID}/sessions`, true],
    ['**/sessions', '/admin/sessions', true],
    ['/admin/**/sessions', '/admin/sessions/x', false],
  ])('the path pattern %s of the path %s: %s', (pattern, path, expected) => {
    expect(matches({ path: pattern }, { path })).toBe(expected)
  })

  test('a path as it was sent, too', () => {
    const rewritten = { path: '/admin/identities', sentPath: '/identities' }
    expect(matches({ path: '/admin/identities' }, rewritten)).toBe(true)
    expect(matches({ path: '/identities' }, rewritten)).toBe(true)
    expect(matches({ path: '/schemas' }, rewritten)).toBe(false)
  })

  test('a path pattern of many stars in a moment', () => {
    const pattern = `/${'*a'.repeat(40)}b`
    const begun = performance.now()
    expect(matches({ path: pattern }, { path: `/${'a'.repeat(5000)}` })).toBe(false)
    expect(performance.now() - begun).toBeLessThan(500)
  })

  test.each([[ID], [ID.toUpperCase()], [ID.replaceAll('-', '')], [`{${ID}}`], [`urn:uuid:${ID}`]])(
    'an identity spelled %s',
    (spelled) => {
      expect(matches({ identity: spelled }, { identity: ID })).toBe(true)
      expect(matches({ identity: spelled }, { identity: OTHER })).toBe(false)
      expect(matches({ identity: spelled }, {})).toBe(false)
    },
  )

  test('a session', () => {
    expect(matches({ session: ID }, { session: ID })).toBe(true)
    expect(matches({ session: ID }, { identity: ID })).toBe(false)
  })

  test('a flow', () => {
    expect(matches({ flow: ID.toUpperCase() }, { flow: ID })).toBe(true)
    expect(matches({ flow: ID }, { session: ID })).toBe(false)
  })

  test.each([
    [{ page_token: true }, 'page_token=x', true],
    [{ page_token: true }, 'page_token=', true],
    [{ page_token: true }, 'page_size=1', false],
    [{ page_token: false }, 'page_size=1', true],
    [{ page_token: false }, 'page_token=x', false],
    [{ active: 'true' }, 'active=true', true],
    [{ active: 'true' }, 'active=false', false],
    [{ page_size: 2 }, 'page_size=2', true],
    [{ ids: 'b' }, 'ids=a&ids=b', true],
    [{ q: 'ö &' }, 'q=%C3%B6+%26', true],
    [{ a: '1', b: '2' }, 'a=1&b=2', true],
    [{ a: '1', b: '2' }, 'a=1', false],
  ])('the query parameters %j of %s: %s', (query, sent, expected) => {
    expect(matches({ query }, { query: sent })).toBe(expected)
  })

  test('headers, in any casing', () => {
    const headers = { 'x-a': 'b' }
    expect(matches({ header: { 'X-A': 'b' } }, { headers })).toBe(true)
    expect(matches({ header: { 'x-a': true } }, { headers })).toBe(true)
    expect(matches({ header: { 'x-a': 'c' } }, { headers })).toBe(false)
    expect(matches({ header: { 'x-b': true } }, { headers })).toBe(false)
    expect(matches({ header: { 'x-b': false } }, { headers })).toBe(true)
  })

  test('names that every object has, only when they are sent', () => {
    const rule = JSON.parse('{"query":{"__proto__":true,"constructor":"x"}}') as object
    expect(matches(rule, { query: 'a=b' })).toBe(false)
    expect(matches(rule, { query: '__proto__=1&constructor=x' })).toBe(true)
  })

  test('a page effect takes GETs of lists alone, and one that repeats takes pages after the first', () => {
    const { book } = bookAt()
    book.add({ effect: { page: 'repeat' } })
    expect(book.decide(request({ operation: 'getIdentity', later: true }))).toBeUndefined()
    expect(book.decide(request({ method: 'HEAD', later: true }))).toBeUndefined()
    expect(book.decide(request({ later: false }))).toBeUndefined()
    expect(book.decide(request({ later: true }))).toBeDefined()
  })

  test('a body effect leaves HEAD requests alone', () => {
    const { book } = bookAt()
    book.add({ match: { operation: 'listIdentities' }, effect: { body: 'html' } })
    expect(book.decide(request({ method: 'HEAD' }))).toBeUndefined()
    expect(book.decide(request())).toBeDefined()
  })
})
