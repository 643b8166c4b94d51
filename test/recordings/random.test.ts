import { describe, expect, test } from 'vitest'
import type { RecordedRelease } from './recording.ts'
import { replay } from './replay.ts'

const scripts: Readonly<Partial<Record<RecordedRelease, readonly string[]>>> = {
  'v1.3.1': [
    'random-writes-1',
    'random-writes-2',
    'random-writes-3',
    'random-schemas',
    'random-sessions-1',
    'random-sessions-2',
  ],
  next: ['random-3', 'random-7'],
}

// Recorded from a Kratos built of its source: random clients, and random schemas with random traits.
test.each(
  Object.entries(scripts).flatMap(([release, names]) =>
    names.map((name) => [release as RecordedRelease, name] as const),
  ),
)('Kratos %s answered %s as the mock does', async (release, script) => {
  expect(await replay(release, script, 'in-process')).toEqual([])
})

describe.each(['v26.2.0', 'v25.4.0', 'v1.3.1'] as const)('Kratos %s', (release) => {
  test.each(['in-process', 'socket'] as const)(
    'answered a random client of its protocol as the mock does %s',
    async (door) => {
      expect(await replay(release, 'random-protocol', door)).toEqual([])
    },
  )
})

test.each(['next', 'v26.2.0', 'v25.4.0', 'v1.3.1'] as const)(
  'Kratos %s answered bytes that no HTTP client sends as the mock does',
  async (release) => {
    expect(await replay(release, 'random-bytes', 'socket')).toEqual([])
  },
)

test.each([
  ['next', 'sqlite'],
  ['v26.2.0', 'sqlite'],
  ['v26.2.0', 'postgres'],
  ['v25.4.0', 'sqlite'],
  ['v1.3.1', 'sqlite'],
] as const)('Kratos %s on %s answered a client that bends whole bodies as the mock does', async (release, database) => {
  expect(await replay(release, 'random-lives', 'in-process', database)).toEqual([])
})
