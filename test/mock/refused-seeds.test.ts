import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMock, FixtureError, startMock, type Seed } from '../../src/index.ts'
import { uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

let folder = ''
let bad = ''
let list = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ory-refused-'))
  bad = join(folder, 'bad.yaml')
  list = join(folder, 'list.json')
  await writeFile(bad, 'identities:\n  - traits: {}\n  - trait: {}\n')
  await writeFile(list, `[{ "traits": {}, "id": "${uuid(1)}" },\n { "traits": {}, "state": "on" }]\n`)
})
afterAll(() => rm(folder, { recursive: true }))

const problemsOf = async (refused: Promise<unknown>): Promise<FixtureError['problems']> => {
  const error: unknown = await refused.then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(FixtureError)
  return (error as FixtureError).problems
}

describeDoors('A bad fixture', (start) => {
  test('is refused with one class, and with its places, by seed and by a project of its own', async () => {
    await using ory = await start({ seed: { identities: [] } })
    const place = { file: bad, line: 3, column: 5, pointer: '/identities/1/trait' }
    for (const seed of [bad, pathToFileURL(bad), relative(process.cwd(), bad)]) {
      expect(await problemsOf(ory.seed(seed))).toMatchObject([place])
      expect(await problemsOf(ory.project({ seed }))).toMatchObject([place])
    }
    expect(await problemsOf(ory.seed({ identities: [{ trait: {} }] } as object))).toMatchObject([
      { pointer: '/identities/0/trait', found: 'unknown property "trait"' },
    ])
    expect(await (await ory.fetch('/admin/identities')).json()).toEqual([])
  })

  test('is found among several, by its file or by its place in what was given', async () => {
    await using ory = await start({ seed: { identities: [] } })
    const several = [{ traits: {} }, list, { identities: [{ trait: {} }] }, { traits: {}, state: 'off' }, bad] as Seed
    const found = (await problemsOf(ory.seed(several))).map(({ file, line, pointer }) => [file, line, pointer])
    expect(found).toEqual([
      [list, 2, '/1/state'],
      [undefined, undefined, '/2/identities/0/trait'],
      [undefined, undefined, '/3/state'],
      [bad, 3, '/identities/1/trait'],
    ])
    expect(
      (await ory.seed([list.replace('list', 'none')] as Seed).catch((error: Error) => error)) as Error,
    ).toMatchObject({
      name: 'FixtureError',
      message: `${list.replace('list', 'none')}: expected a file that can be read, found no such file`,
    })
  })

  test('of a file that holds a list is seeded among others', async () => {
    const good = join(folder, 'good.json')
    await writeFile(good, `[{ "traits": {} }, { "traits": {} }]`)
    await using ory = await start({ seed: { identities: [] } })
    expect((await ory.seed([good, { identities: [{}] }, good])).identities).toHaveLength(5)
  })
})

test('a bad fixture keeps a mock from starting, with the same class', async () => {
  for (const start of [createMock, startMock])
    expect(await problemsOf(start({ port: 0, seed: bad }))).toMatchObject([{ file: bad, line: 3 }])
})

test('a path that leads nowhere is shown whole', async () => {
  await expect(createMock({ seed: './no-such.yaml' })).rejects.toThrow(
    `${join(process.cwd(), 'no-such.yaml')}: expected a file that can be read`,
  )
  await expect(createMock({ faults: './no-such.yaml' })).rejects.toThrow(join(process.cwd(), 'no-such.yaml'))
})
