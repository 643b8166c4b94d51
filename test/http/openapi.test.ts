import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const document = JSON.parse(readFileSync(new URL('openapi.2026-07.json', import.meta.url), 'utf8'))

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type; a nullable reference may be anything. */
const asJsonSchema = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(asJsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, asJsonSchema(value)]),
  )
  return nullable === true && typeof rest['type'] === 'string' ? { ...rest, type: [rest['type'], 'null'] } : rest
}

const ajv = new Ajv({ strict: false, allErrors: true, formats: { uuid4: true } })
;(formats as unknown as (ajv: Ajv) => void)(ajv)
ajv.addSchema({ ...(asJsonSchema({ components: document.components }) as object), $id: 'kratos' })

const schemaOf = (name: string): object => ({ $ref: `kratos#/components/schemas/${name}` })
const checks = {
  identity: ajv.compile(schemaOf('identity')),
  managed: ajv.compile(schemaOf('manageSessionsResponse')),
  session: ajv.compile(schemaOf('session')),
  sessions: ajv.compile({ type: 'array', items: schemaOf('session') }),
  error: ajv.compile(schemaOf('errorGeneric')),
}

const moment = fc
  .date({ min: new Date('2026-11-22T00:00:00Z'), max: new Date('2026-11-24T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const state = fc.record({
  inactive: fc.boolean(),
  sessions: fc.array(
    fc.record({
      active: fc.boolean(),
      expires_at: moment,
      authenticated_at: moment,
      authentication_methods: fc.constantFrom(null, [], [{ method: 'password', aal: 'aal1' }]),
      devices: fc.constantFrom(
        null,
        [],
        [{ id: uuid(7), ip_address: null, user_agent: 'curl/8 <a>', location: 'Zürich' }],
      ),
    }),
    { maxLength: 6 },
  ),
})
const request = fc.constantFrom(
  ...['', '?active=true', '?active=0', '?page_size=2', '?page=1&per_page=1', '?page_size=x', '?active=maybe'].map(
    (query) => ['sessions', 'GET', `/admin/identities/${uuid(1)}/sessions${query}`] as const,
  ),
  ...[
    '',
    '?expand=identity',
    '?expand=devices&expand=Identity',
    '?expand=x',
    '?page_size=2',
    '?page_token=nope',
  ].flatMap((query) => [
    ['sessions', 'GET', `/admin/sessions${query}`] as const,
    ['session', 'GET', `/admin/sessions/${uuid(10_000)}${query}`] as const,
  ]),
  ['session', 'PATCH', `/admin/sessions/${uuid(10_000)}/extend`] as const,
  ['session', 'GET', '/sessions/whoami'] as const,
  ['sessions', 'GET', '/sessions'] as const,
  ['session', 'DELETE', `/admin/sessions/${uuid(10_001)}`] as const,
  ['session', 'DELETE', `/admin/identities/${uuid(2)}/sessions`] as const,
  ['identity', 'GET', `/admin/identities/${uuid(1)}?include_credential=totp`] as const,
  ...[
    { action: 'disable', sessions: [uuid(10_000)] },
    { action: 'delete', identities: [uuid(1)] },
    { action: 'disable', identities: ['*'] },
    { action: 'revoke', identities: [uuid(1)] },
    { action: 'delete', sessions: ['*'] },
  ].map((body) => ['managed', 'POST', '/admin/sessions', body] as const),
)

test('every session answer of `documented` is what the OpenAPI says', async () => {
  await fc.assert(
    fc.asyncProperty(state, fc.array(request, { maxLength: 6 }), async ({ inactive, sessions }, requests) => {
      await using ory = await createMock({
        now: NOW,
        seed: {
          identities: [
            person(1, { state: inactive ? 'inactive' : 'active', region: 'eu', metadata_admin: { tier: 1 } }),
          ],
          sessions: sessions.map((session, n) => sessionOf(1, n, session)),
        },
      })
      for (const [kind, method, path, sent] of requests) {
        const response = await ory.fetch(ory.url + path, {
          method,
          headers: { 'x-session-token': 'ory_st_1_0' },
          body: sent === undefined ? null : JSON.stringify(sent),
        })
        if (response.status === 204) continue
        const body = await response.json()
        const check = response.ok ? checks[kind] : checks.error
        expect(check(body), `${method} ${path}: ${JSON.stringify(check.errors)} in ${JSON.stringify(body)}`).toBe(true)
        expect([200, 400, 401, 404]).toContain(response.status)
      }
    }),
    { numRuns: 150 },
  )
})
