import { expect, test } from 'vitest'
import type { FaultRule, Seed } from '../../src/index.ts'
import { files } from '../cli/program.ts'
import { NOW, person, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const named = { $schema: './node_modules/ory-identities-mock/fixture.schema.json' }
const rule = { $schema: './faults.schema.json', id: 'named', effect: { status: 503 } }

/** What a file would hold. */
const contents: readonly object[] = [
  { ...named, identities: [person(1)] },
  { ...named, ...person(1) },
  { ...named, active: true, identity: person(1) },
]

describeDoors('A fixture that names its JSON Schema for an editor', (start) => {
  test.each(contents)('is taken as if it did not: %j', async (content) => {
    await using ory = await start({ seed: content as Seed, now: NOW })
    const { json, yaml } = files({ json: JSON.stringify(content), yaml: `# first\n${JSON.stringify(content)}` })
    for (const seed of [json, yaml, content, [content]] as Seed[]) {
      await using project = await ory.project({ seed })
      expect((await project.fetch(`${project.url}/admin/identities/${uuid(1)}`)).status).toBe(200)
    }
  })

  test('names it at the top alone, as a text', async () => {
    await using ory = await start({ seed: { identities: [] }, now: NOW })
    for (const [seed, pointer] of [
      [{ identities: [{ ...person(1), ...named }] }, '/identities/0/$schema'],
      [{ $schema: 7, identities: [] }, '/$schema'],
    ] as const)
      await expect(ory.seed(seed as Seed)).rejects.toThrow(`${pointer}: expected`)
  })
})

describeDoors('A rule that names its JSON Schema for an editor', (start) => {
  test('is armed, and listed without it', async () => {
    const { faults } = files({ faults: JSON.stringify(rule) })
    for (const given of [faults, rule] as (string | FaultRule)[]) {
      await using ory = await start({ seed: { identities: [] }, faults: given as FaultRule })
      expect(await ory.faults.list()).toMatchObject([{ id: 'named', effect: { status: 503 } }])
      expect((await ory.faults.list())[0]).not.toHaveProperty('$schema')
      await ory.faults.clear()
      expect((await ory.faults.add(rule as FaultRule)).id).toBe('named')
    }
  })

  test('is refused for one inside of it, or among several', async () => {
    await using ory = await start({ seed: { identities: [] } })
    await expect(ory.faults.add([rule] as FaultRule[])).rejects.toThrow('/0/$schema: is an unknown key')
    await expect(ory.faults.add({ $schema: 7, effect: { status: 503 } } as never)).rejects.toThrow('/$schema: ')
  })
})
