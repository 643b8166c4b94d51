import { expect, test } from 'vitest'
import { replay } from './replay.ts'

// Recorded from a Kratos built of its Go module: random clients, and random schemas with random traits.
test.each([
  'random-writes-1',
  'random-writes-2',
  'random-writes-3',
  'random-schemas',
  'random-sessions-1',
  'random-sessions-2',
])('Kratos v1.3.1 answered %s as the mock does', async (script) => {
  expect(await replay('v1.3.1', script, 'in-process')).toEqual([])
})
