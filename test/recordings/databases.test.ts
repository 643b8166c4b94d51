import { describe, expect, test } from 'vitest'
import { databaseNames } from '../../src/databases/database.ts'
import { releases, type RecordedRelease } from './recording.ts'
import { replay } from './replay.ts'

/** What a database changes, and three scripts of every kind of operation. */
const scripts = ['db-json', 'db-text', 'db-times', 'db-order', 'db-batch', 'db-pages']
const others = ['identity-life', 'admin-sessions', 'public-sessions']

/** Bare numbers as metadata, which SQLite alone gives back as numbers; of the next release there is no recording. */
const numbers = (release: RecordedRelease): readonly string[] => (release === 'next' ? [] : ['db-numbers'])

/** What MySQL does that depends on the order of a Go map, or on how it sorts the first rows of many. */
const BY_CHANCE: Readonly<Record<string, readonly RegExp[]>> = {
  'v1.3.1 mysql db-order': [/^(?:2|23)\. admin GET \/admin\/identities\/\S+\?page_size=2\n/],
}

describe.each(Object.keys(releases) as RecordedRelease[])('Kratos %s', (release) => {
  test.each(
    databaseNames.flatMap((database) =>
      [...scripts, ...(database === 'sqlite' ? numbers(release) : others)].map((script) => [database, script] as const),
    ),
  )('on %s answered %s as the mock does', async (database, script) => {
    const different = await replay(release, script, 'in-process', database)
    const byChance = BY_CHANCE[`${release} ${database} ${script}`] ?? []
    expect(different.filter((one) => !byChance.some((pattern) => pattern.test(one)))).toEqual([])
  })
})
