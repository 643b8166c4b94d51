import { describe, expect, test } from 'vitest'
import { releases, type RecordedRelease } from './recording.ts'
import { replay } from './replay.ts'

const scripts = [
  'list-identity-sessions',
  'admin-sessions',
  'manage-sessions',
  'revoke',
  'extend',
  'meta',
  'public-sessions',
]

describe.each(Object.keys(releases) as RecordedRelease[])('Kratos %s', (release) => {
  test.each(
    scripts.flatMap(
      (script) =>
        [
          [script, 'in-process'],
          [script, 'socket'],
        ] as const,
    ),
  )('answered %s as the mock does %s', async (script, door) => {
    expect(await replay(release, script, door)).toEqual([])
  })
})
