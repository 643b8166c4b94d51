import { describe, expect, test } from 'vitest'
import { releases, type RecordedRelease } from './recording.ts'
import { replay } from './replay.ts'

const scripts = [
  'identity-list',
  'identity-create',
  'identity-life',
  'identity-batch',
  'imports',
  'credentials',
  'recovery',
]

describe.each(Object.keys(releases) as RecordedRelease[])('Kratos %s', (release) => {
  test.each(scripts.flatMap((script) => [[script, 'in-process'] as const, [script, 'socket'] as const]))(
    'answered %s as the mock does %s',
    async (script, door) => {
      expect(await replay(release, script, door)).toEqual([])
    },
  )
})
