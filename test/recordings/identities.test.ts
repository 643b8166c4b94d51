import { describe, expect, test } from 'vitest'
import { releases, type RecordedRelease } from './recording.ts'
import { replay } from './replay.ts'

const scripts = ['identity-list', 'identity-create', 'identity-life', 'identity-batch', 'credentials', 'recovery']

describe.each(Object.keys(releases) as RecordedRelease[])('Kratos %s', (release) => {
  test.each(scripts)('answered %s as the mock does', async (script) => {
    expect(await replay(release, script, 'in-process')).toEqual([])
  })
})
