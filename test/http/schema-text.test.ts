import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { withTrait } from '../support.ts'

const schema = withTrait({ title: '<i>' })
const TEXTS = [JSON.stringify(schema), `${JSON.stringify(schema, undefined, '\t')}\r\n\n`]

/** What `GET /schemas/s` gives of a schema that came one way or the other. */
const served = async (text: string, given: (url: string) => MockOptions, profile: MockOptions['profile']) => {
  const folder = await mkdtemp(join(tmpdir(), 'schema-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 's.json')
  await writeFile(path, text)
  const bodies: string[] = []
  for (const url of [`file://${path}`, `base64://${Buffer.from(text).toString('base64')}`]) {
    await using ory = await createMock({ ...given(url), profile })
    bodies.push(await (await ory.fetch(`${ory.publicUrl}/schemas/s`)).text())
  }
  return bodies
}

const inFixture = (url: string): MockOptions => ({ seed: { schemas: { s: url } } })
const inConfig = (url: string): MockOptions => ({
  seed: {},
  config: { identity: { default_schema_id: 's', schemas: [{ id: 's', url }] } },
})

test.each([inFixture, inConfig])('1.3 gives a schema byte for byte as its file or URL has it (%o)', async (given) => {
  for (const text of TEXTS) expect(await served(text, given, 'kratos-1.3')).toEqual([text, text])
})

test.each([inFixture, inConfig])('later releases write it as Go does, whatever it came in (%o)', async (given) => {
  const written = `${JSON.stringify(schema).replace('<i>', '\\u003ci\\u003e')}\n`
  for (const profile of ['kratos-25.4', 'kratos-26.2', 'kratos-next'] as const)
    for (const text of TEXTS) expect(await served(text, given, profile)).toEqual([written, written])
})
