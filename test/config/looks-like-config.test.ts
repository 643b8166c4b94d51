import { expect, test } from 'vitest'
import { sections } from '../../src/config/known-keys.ts'
import { looksLikeConfig } from '../../src/config/looks-like-config.ts'
import { FIXTURE_KEYS } from '../../src/seed/forms.ts'
import { ruleKeys } from '../../src/seed/rule-file.ts'
import { files, run } from '../cli/program.ts'

test.each([
  [{ sessions: { lifespan: '1h' }, selfservise: {} }],
  [{ sesion: { lifespan: '1h' } }],
  [{ identities: { schemas: [], default_schema_id: 'a' } }],
  [{ dsn: 'memory', selfservice: {}, sessions: [] }],
  [{ selfservice: {}, identites: {}, dsn: 'memory' }],
])('%j is taken for a configuration', (value) => {
  expect(looksLikeConfig(value)).toBe(true)
})

test.each([
  [{}],
  [[]],
  [null],
  ['dsn'],
  [{ identites: [{ traits: {} }] }],
  [{ identities: [], dsn: 'memory' }],
  [{ session: { id: 'a', expires_at: 'now' }, session_token: 'b', identity: { id: 'c' } }],
  [{ id: 'a', config: {}, version: 1, identifiers: [] }],
  [{ mach: {}, efect: {} }],
  [{ anything: 1 }],
])('%j is none', (value) => {
  expect(looksLikeConfig(value)).toBe(false)
})

test('each key of its own tells a configuration, and no key of a fixture or a rule does', () => {
  const shared = ['identity', 'session', 'version', 'config', 'help', 'dev']
  for (const key of sections) expect([key, looksLikeConfig({ [key]: {} })]).toEqual([key, !shared.includes(key)])
  for (const key of [...FIXTURE_KEYS, ...ruleKeys]) expect([key, looksLikeConfig({ [key]: [] })]).toEqual([key, false])
})

test('check takes a configuration for one whose keys are misspelt or doubled, and a broken fixture for a fixture', async () => {
  const { misspelt, doubled, brace, fixture } = files({
    misspelt: 'sessions: { lifespan: 1h }\nselfservise: {}\n',
    doubled: '# ours\ndsn: memory\nselfservice:\n  methods: {}\n  methods: {}\n',
    brace: '{\n  "dsn": "memory",\n  "selfservice": {\n}\n',
    fixture: 'identities:\n  - traits: { email: a\n',
  })
  const { status, stdout } = await run(['check', misspelt, doubled, brace, fixture])
  expect(status).toBe(2)
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toContain(`${misspelt}:2:1 /selfservise is an unknown key; did you mean selfservice?`)
  expect(lines).toContain(`${misspelt}:1:1 /sessions is an unknown key; did you mean session?`)
  expect(lines).toContain(`${misspelt}: configuration: 2 problems`)
  expect(lines).toContainEqual(expect.stringMatching(`^${doubled}:5:3: expected YAML`))
  expect(lines).toContain(`${doubled}: configuration: 1 problem`)
  expect(lines).toContain(`${brace}: configuration: 1 problem`)
  expect(lines).toContain(`${fixture}: fixture: 1 problem`)
})
