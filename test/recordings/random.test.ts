import { describe, expect, test } from 'vitest'
import { releases, type RecordedRelease } from './recording.ts'
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

describe.each(Object.keys(releases) as RecordedRelease[])('Kratos %s', (release) => {
  test.each(['in-process', 'socket'] as const)(
    'answered a random client of its protocol as the mock does %s',
    async (door) => {
      expect(await replay(release, 'random-protocol', door)).toEqual([])
    },
  )
})
