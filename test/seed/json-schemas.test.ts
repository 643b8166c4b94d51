import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { createMock, type FaultRule, type Seed } from '../../src/index.ts'
import { effectKinds } from '../../src/faults/effect-kinds.ts'
import { matchEntries } from '../../src/faults/read-match.ts'
import { ruleEntries } from '../../src/faults/read-rule.ts'
import { whenEntries } from '../../src/faults/read-when.ts'
import { CREDENTIAL_KEYS, IDENTITY_KEYS, RECOVERY_KEYS, VERIFIABLE_KEYS } from '../../src/seed/identity.ts'
import { jsonSchemas } from '../../src/seed/json-schemas.ts'
import { FIXTURE_KEYS } from '../../src/seed/forms.ts'
import { DEVICE_KEYS, METHOD_KEYS, SESSION_KEYS } from '../../src/seed/session.ts'
import { team } from '../../src/seed/team.ts'
import { NOW, person, sessionOf, uuid, withTrait } from '../support.ts'

const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false })
const validFixture = ajv.compile(jsonSchemas['fixture.schema.json']!)
const validRules = ajv.compile(jsonSchemas['faults.schema.json']!)

const accepts = async (options: { readonly seed?: unknown; readonly faults?: unknown }): Promise<boolean> => {
  try {
    await (
      await createMock({ now: NOW, seed: options.seed as Seed, faults: options.faults as FaultRule | undefined })
    ).close()
    return true
  } catch {
    return false
  }
}

/** What anybody may write behind a key. */
const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  1,
  -1,
  0.5,
  '',
  'email',
  'active',
  uuid(7),
  'now',
  '-2h',
  '1s',
  NOW,
  {},
  { a: 1 },
  [],
  ['x'],
  [1],
  [{}],
  ['active'],
]

/** Each key of a table, and one that it lacks, with each value, put where the table counts. */
const trials = (keys: readonly string[], put: (part: object) => unknown): readonly unknown[] =>
  [...keys, 'stray'].flatMap((key) => VALUES.map((value) => put({ [key]: value })))

const sample = sessionOf(1, 1)
const inSession = (part: object) => ({ identities: [{ sessions: [part] }] })

describe('the JSON Schema of fixtures agrees with what reads them', () => {
  test.each([
    ['a fixture', trials(FIXTURE_KEYS, (part) => part)],
    ['an identity', trials(IDENTITY_KEYS, (part) => ({ identities: [part] }))],
    ['a credential', trials(CREDENTIAL_KEYS, (part) => ({ identities: [{ credentials: { password: part } }] }))],
    [
      'a verifiable address',
      trials(VERIFIABLE_KEYS, (part) => ({ identities: [{ verifiable_addresses: [{ value: 'a@x.test', ...part }] }] })),
    ],
    [
      'a recovery address',
      trials(RECOVERY_KEYS, (part) => ({ identities: [{ recovery_addresses: [{ value: 'a@x.test', ...part }] }] })),
    ],
    [
      'a session',
      trials(
        SESSION_KEYS.filter((key) => key !== 'identity_id' && key !== 'identity'),
        inSession,
      ),
    ],
    ['a device', trials(DEVICE_KEYS, (part) => inSession({ devices: [part] }))],
    ['a method', trials(METHOD_KEYS, (part) => inSession({ authentication_methods: [part] }))],
    ['generate', trials(['identities', 'sessions'], (part) => ({ generate: part }))],
    ['a number of sessions', trials(['min'], (part) => ({ generate: { identities: 1, sessions: part } }))],
  ])('%s', async (_name, fixtures) => {
    for (const fixture of fixtures)
      expect([fixture, await accepts({ seed: fixture })]).toEqual([fixture, validFixture(fixture)])
  })

  test('whole ones', async () => {
    const fixtures: readonly unknown[] = [
      {},
      team,
      JSON.parse(readFileSync(new URL('../../fixtures/team.json', import.meta.url), 'utf8')),
      person(1),
      { ...sample, identity: person(1) },
      [person(1), { ...sample, identity: person(1) }],
      { identities: [person(1)], sessions: [sample] },
      { identities: [{ sessions: ['active', 'expiring', 'expired', 'revoked', 'aal2'] }] },
      { identities: [{ sessions: ['expierd'] }] },
      { identities: [person(1)], sessions: ['active'] },
      { identities: {} },
      { sessions: [{ active: true }] },
      {
        schemas: { a: withTrait({ type: 'string' }) },
        identities: [{ schema_id: 'a' }],
      },
      { identities: [], traits: {} },
      { $schema: 'fixture.schema.json', identities: [person(1)] },
      { $schema: 'fixture.schema.json', ...person(1) },
      { $schema: 'fixture.schema.json', ...sample, identity: person(1) },
      { $schema: 'fixture.schema.json', id: 'default', schema: withTrait({ type: 'string' }) },
      { $schema: 'fixture.schema.json' },
      { $schema: 7 },
      { identities: [{ $schema: 'fixture.schema.json' }] },
      [person(1), 1],
      'text',
      7,
    ]
    for (const fixture of fixtures)
      expect([fixture, typeof fixture !== 'string' && (await accepts({ seed: fixture }))]).toEqual([
        fixture,
        validFixture(fixture),
      ])
  })
})

describe('the JSON Schema of fault rules agrees with what reads them', () => {
  const effect = { status: 503 }
  const groups: readonly (readonly [name: string, rules: readonly unknown[]])[] = [
    ['a rule', trials(Object.keys(ruleEntries), (part) => part)],
    ['a rule with an effect', trials(Object.keys(ruleEntries), (part) => ({ effect, ...part }))],
    ['a match', trials(Object.keys(matchEntries), (part) => ({ match: part, effect }))],
    ['a when', trials(Object.keys(whenEntries), (part) => ({ when: part, effect }))],
    ...Object.entries(effectKinds).map(
      ([kind, { members }]) =>
        [`an effect of ${kind}`, trials(Object.keys(members), (part) => ({ effect: part }))] as const,
    ),
    ['a status', trials(['status', 'error', 'headers'], (part) => ({ effect: { ...effect, ...part } }))],
    ['a false body', trials(['status', 'headers', 'at'], (part) => ({ effect: { body: 'html', ...part } }))],
    ['a slow body', trials(['every', 'bytes'], (part) => ({ effect: { body: 'slow', bytes: 1, every: 1, ...part } }))],
    ['a cut body', trials(['at'], (part) => ({ effect: { body: 'truncate', ...part } }))],
    [
      'a rate limit',
      trials(['limit', 'window'], (part) => ({ effect: { rateLimit: { limit: 1, window: 1, ...part } } })),
    ],
    ['a step', trials(['status', 'delay', 'rateLimit', 'page'], (part) => ({ sequence: [part] }))],
    ['an even delay', trials(['min', 'max'], (part) => ({ delay: { min: 0, max: '1h', ...part } }))],
    ['a lognormal delay', trials(['median', 'sigma'], (part) => ({ delay: { median: 1, sigma: 1, ...part } }))],
    [
      'whole ones',
      [
        [],
        [{ preset: 'maintenance' }, { delay: 5 }],
        { effect: { status: 503, connection: 'reset' } },
        { effect, preset: 'maintenance' },
        { effect, sequence: ['pass', effect] },
        { sequence: ['pass', effect, { delay: 1 }, { connection: 'hang', delay: '1s' }] },
        { sequence: ['pass'] },
        { sequence: [effect, {}] },
        { match: { method: 'get' }, effect },
        { match: { operation: 'listSession' }, effect },
        { match: { operation: ['listSessions', 'getSession'], method: ['GET'] }, effect },
        { match: { operation: ['listSessions', 'listSession'] }, effect },
        { match: { method: [] }, effect },
        { $schema: 'faults.schema.json', effect },
        { $schema: 7, effect },
        [{ $schema: 'faults.schema.json', effect }],
        { match: { query: { page_token: true }, header: { 'x-a': 'b' } }, effect: { page: 'skip' } },
        { effect: { body: 'empty', status: 502 } },
        { delay: { min: 1 } },
      ],
    ],
  ]
  test.each(groups)('%s', async (_name, rules) => {
    for (const rule of rules)
      expect([rule, await accepts({ seed: {}, faults: rule })]).toEqual([rule, validRules(rule)])
  })
})
