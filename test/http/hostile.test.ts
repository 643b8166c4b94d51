import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { profileNames } from '../../src/profiles/profile.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const seed = { identities: [person(1)], sessions: [sessionOf(1, 0), sessionOf(1, 1, { active: false })] }

const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => encodeURIComponent(text)),
  fc.constantFrom(
    uuid(1),
    uuid(10_000),
    'bad',
    '%FF',
    '%00',
    '..%2F',
    '{x}',
    '%zz',
    `urn:uuid:${uuid(1)}`,
    '-1',
    '99999999999999999999',
  ),
)
const path = fc.oneof(
  piece.map((id) => `/admin/identities/${id}/sessions`),
  piece.map((id) => `/admin/sessions/${id}`),
  piece.map((id) => `/admin/sessions/${id}/extend`),
  fc.constantFrom('/admin/sessions', '/sessions', '/sessions/whoami'),
  fc.array(piece, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
)
const query = fc
  .array(fc.tuple(fc.constantFrom('page', 'page_size', 'per_page', 'page_token', 'active', 'expand', 'x'), piece), {
    maxLength: 4,
  })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&'))
const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')

describe.each(profileNames)('%s', (profile) => {
  test('answers any path, query and method, with no 500 and no crash', async () => {
    await using ory = await createMock({ seed, now: NOW, profile })
    await fc.assert(
      fc.asyncProperty(method, path, query, async (verb, where, what) => {
        let response: Response
        try {
          response = await ory.fetch(`${ory.url}${where}?${what}`, {
            method: verb,
            headers: { 'x-session-token': 'ory_st_1_0' },
          })
        } catch (error) {
          // Kratos 1.3 drops the connection on a negative page size; nothing else may.
          expect(profile).toBe('kratos-1.3')
          expect((error as Error).cause).toMatchObject({ code: 'UND_ERR_SOCKET' })
          return
        }
        const body = await response.text()
        if (response.status === 501) expect(profile).toBe('documented')
        else expect(response.status).toBeLessThan(500)
        if (response.status >= 400 && profile === 'documented' && verb !== 'HEAD') {
          expect(JSON.parse(body).error).toMatchObject({ code: response.status, message: expect.any(String) })
        }
      }),
      { numRuns: 400 },
    )
  })
})
