import { expect, test } from 'vitest'
import { files, run } from './program.ts'

test('check prints a line for each good file', async () => {
  const { one, two } = files({
    one: 'identities: [{ traits: { email: ada@example.com }, sessions: [active, expired] }]',
    two: '{ "identities": [{ "traits": {} }, { "traits": {}, "sessions": ["aal2"] }] }',
  })
  expect(await run(['check', one, two])).toEqual({
    status: 0,
    stdout: `${one}: fixture: 1 identity, 2 sessions\n${two}: fixture: 2 identities, 1 session\n`,
    stderr: '',
  })
})

test('check prints every problem of every file with its place, and ends with status 2', async () => {
  const { good, bad, worse } = files({
    good: 'identities: [{ traits: {} }]',
    bad: 'identities:\n  - trait: {}\n    state: on\n',
    worse: '{ "identities": [',
  })
  const { status, stdout } = await run(['check', bad, good, worse, '/no/such/file.yaml'])
  const lines = stdout.trimEnd().split('\n')
  expect(status).toBe(2)
  expect(lines).toContainEqual(expect.stringMatching(`^${bad}:2:5 /identities/0/trait: .*"traits"`))
  expect(lines).toContainEqual(expect.stringMatching(`^${bad}:3:5 /identities/0/state: .*"on"`))
  expect(lines).toContainEqual(`${good}: fixture: 1 identity, 0 sessions`)
  expect(lines).toContainEqual(expect.stringMatching(`^${worse}:1:18: `))
  expect(lines).toContainEqual('/no/such/file.yaml: expected a file that can be read, found no such file')
})

test('check knows fault rules from fixtures, and finds the place of what is wrong with them', async () => {
  const { one, several, bad } = files({
    one: '{ "match": { "operation": "listSessions" }, "delay": "1s" }',
    several: '- id: a\n  effect: { status: 503 }\n- preset: maintenance\n',
    bad: '- id: a\n  effect: { status: 503 }\n- id: b\n  effect:\n    status: 99\n    conection: reset\n',
  })
  const { status, stdout } = await run(['check', one, several, bad])
  const lines = stdout.trimEnd().split('\n')
  expect(status).toBe(2)
  expect(lines.slice(0, 2)).toEqual([`${one}: fault rules: 1 rule`, `${several}: fault rules: 2 rules`])
  expect(lines).toContainEqual(expect.stringMatching(`^${bad}:5:5 /1/effect/status: must be an HTTP status`))
  expect(lines).toContainEqual(expect.stringMatching(`^${bad}:6:5 /1/effect/conection: is an unknown key`))
  expect(lines.at(-1)).toBe(`${bad}: fault rules: 2 problems`)
})
