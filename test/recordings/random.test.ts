import { expect, test } from 'vitest'
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
