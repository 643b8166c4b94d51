import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'

const configOf = (url: string): string => `identity: { schemas: [{ id: default, url: '${url}' }] }\n`
const schemaOf = (trait: string): string =>
  JSON.stringify({ type: 'object', properties: { traits: { type: 'object', properties: { [trait]: {} } } } })

/** Files below a folder of the test's own, which is the working directory. @returns the folder. */
const inFolder = (texts: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-'))
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  onTestFinished(() => {
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

const schemaIn = async (ory: Mock): Promise<string> => (await ory.fetch('/schemas/default')).text()

const linesOf = (): readonly string[] => vi.mocked(console.error).mock.calls.map(([line]) => String(line))

test.each([
  ['beside the configuration', 'file://./person.schema.json', 'etc/person.schema.json'],
  ['from the working directory, as for Kratos', 'file://./etc/schemas/person.json', 'etc/schemas/person.json'],
  ['from the working directory, without a dot', 'file://etc/schemas/person.json', 'etc/schemas/person.json'],
])('a relative file:// is found %s', async (_where, url, file) => {
  const folder = inFolder({ 'etc/kratos.yml': configOf(url), [file]: schemaOf('badge') })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  await using ory = await createMock({ config: join(folder, 'etc/kratos.yml'), logLevel: 'info' })
  expect(await schemaIn(ory)).toContain('"badge"')
  expect(linesOf().join('\n')).not.toContain('stands in')
})

test('what is beside the configuration comes before what counts from the working directory', async () => {
  const folder = inFolder({
    'etc/kratos.yml': configOf('file://person.json'),
    'etc/person.json': schemaOf('beside'),
    'person.json': schemaOf('here'),
  })
  await using ory = await createMock({ config: join(folder, 'etc/kratos.yml') })
  expect(await schemaIn(ory)).toContain('"beside"')
})

test.each(['file:///etc/config/nowhere/person.json', 'file://deploy/config/person.json'])(
  '%s, which is not there, is stood in for by the file of its name beside the configuration, and the start says so',
  async (url) => {
    const folder = inFolder({ 'etc/kratos.yml': configOf(url), 'etc/person.json': schemaOf('badge') })
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await using ory = await createMock({ config: join(folder, 'etc/kratos.yml'), logLevel: 'info' })
    expect(await schemaIn(ory)).toContain('"badge"')
    expect(linesOf()).toContain(`${join(folder, 'etc/person.json')} stands in for ${url}, which is not there.`)
  },
)

test('a file that is there and holds no schema is not passed over for another', async () => {
  const folder = inFolder({
    'etc/kratos.yml': configOf('file://person.json'),
    'etc/person.json': '{',
    'person.json': schemaOf('here'),
  })
  await expect(createMock({ config: join(folder, 'etc/kratos.yml') })).rejects.toThrow('which is no JSON')
})

test('--watch follows the file that was found', async () => {
  const folder = inFolder({
    'etc/kratos.yml': configOf('file:///etc/no/person.json'),
    'etc/person.json': schemaOf('a'),
  })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  await using ory = await createMock({ config: join(folder, 'etc/kratos.yml'), watch: true, seed: { identities: [] } })
  writeFileSync(join(folder, 'etc/person.json'), schemaOf('badge'))
  await expect.poll(() => schemaIn(ory)).toContain('"badge"')
})

/** A mock that follows its files. */
const watching = (options: Omit<MockOptions, 'watch' | 'logLevel'>): Promise<Mock> =>
  createMock({ seed: { identities: [] }, ...options, watch: true, logLevel: 'info' })

test.each([
  ['is broken', '{'],
  ['is not there', undefined],
])('--watch follows a file that %s and that a refused configuration names', async (_what, broken) => {
  const folder = inFolder({ 'kratos.yml': configOf('file://a.json'), 'a.json': schemaOf('a') })
  const [config, b] = [join(folder, 'kratos.yml'), join(folder, 'b.json')]
  vi.spyOn(console, 'error').mockImplementation(() => {})
  await using ory = await watching({ config })
  if (broken !== undefined) writeFileSync(b, broken)
  writeFileSync(config, configOf('file://b.json'))
  await expect.poll(linesOf).toContainEqual(expect.stringContaining(`keeps what it had before ${config} changed.`))
  writeFileSync(b, schemaOf('badge'))
  await expect.poll(() => schemaIn(ory)).toContain('"badge"')
})

test('--watch follows the schemas that a fixture names, also those of one that was refused', async () => {
  const fixtureOf = (url: string): string => `schemas: { default: '${url}' }\n`
  const folder = inFolder({ 'people.yaml': fixtureOf('file://a.json'), 'a.json': schemaOf('a'), 'b.json': '{' })
  const [seed, a, b] = [join(folder, 'people.yaml'), join(folder, 'a.json'), join(folder, 'b.json')]
  vi.spyOn(console, 'error').mockImplementation(() => {})
  await using ory = await watching({ seed })
  writeFileSync(a, schemaOf('other'))
  await expect.poll(() => schemaIn(ory)).toContain('"other"')
  writeFileSync(seed, fixtureOf('file://b.json'))
  await expect.poll(linesOf).toContainEqual(expect.stringContaining(`keeps what it had before ${seed} changed.`))
  writeFileSync(b, schemaOf('badge'))
  await expect.poll(() => schemaIn(ory)).toContain('"badge"')
})

test('--watch follows a fixture that is given by its URL', async () => {
  const folder = inFolder({ 'people.yaml': 'schemas: { default: "file://a.json" }\n', 'a.json': schemaOf('a') })
  await using ory = await createMock({ seed: pathToFileURL(join(folder, 'people.yaml')), watch: true })
  writeFileSync(join(folder, 'a.json'), schemaOf('badge'))
  await expect.poll(() => schemaIn(ory)).toContain('"badge"')
})
