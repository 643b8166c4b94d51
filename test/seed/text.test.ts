import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, createMock, startMock, type Mock, type MockOptions } from '../../src/index.ts'

const ID = '9f425a8d-7efc-4768-8f23-7647a74fdf13'

const served = async (seed: MockOptions['seed']): Promise<string> => {
  await using ory = await createMock({ seed })
  const response = await ory.fetch(`/admin/identities/${ID}?include_credential=totp`)
  return await response.text()
}

const fileOf = (name: string, text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-text-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('an object is served with its letters', async () => {
  const text = await served({ identities: [{ id: ID, traits: { nick: 'Zoë Łuk' }, metadata_public: ['😀'] }] })
  expect(text).toContain('"traits":{"nick":"Zoë Łuk"}')
  expect(text).toContain('"metadata_public":["😀"]')
})

test('YAML is served with its letters', async () => {
  const file = fileOf('people.yaml', `identities:\n  - id: ${ID}\n    traits: { nick: "Zo\\u00eb" }\n`)
  expect(await served(file)).toContain('"traits":{"nick":"Zoë"}')
})

test('a JSON file is served as it is spelled, without the white space between', async () => {
  const file = fileOf(
    'people.json',
    `{ "identities": [ { "id": "${ID}", "traits": { "n" : [ 1.0, 1e3 ], "s": "Zo\\u00eb\\/ x", "n": 2.50 },
      "metadata_admin": 12345678901234567890,
      "credentials": { "totp": { "config": { "totp_url": "otpauth:\\/\\/", "2": 1, "1": 2 } } } } ] }`,
  )
  const text = await served(file)
  expect(text).toContain('"traits":{"n":[1.0,1e3],"s":"Zo\\u00eb\\/ x","n":2.50}')
  expect(text).toContain('"metadata_admin":12345678901234567890')
  expect(text).toContain('"config":{"totp_url":"otpauth:\\/\\/","2":1,"1":2}')
})

/** Numbers as JSON may spell them. */
const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,25})$/)
const spelling = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.stringMatching(/^(?:\.\d{1,20})?$/),
    fc.stringMatching(/^(?:[eE][+-]?\d{1,3})?$/),
  )
  .map((parts) => parts.join(''))

test('every way in keeps a number as it is spelled', async () => {
  await using ory = await createMock({ seed: { identities: [] } })
  const post = async (path: string, body: string): Promise<string> => {
    const response = await ory.fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    return response.text()
  }
  const traitsIn = async (at: Mock, root = ''): Promise<string> =>
    /"traits":(\{.*?\})/.exec(await (await at.fetch(`${root}/admin/identities`)).text())![1]!
  await fc.assert(
    fc.asyncProperty(spelling, async (number) => {
      const traits = `{"n":${number}}`
      const fixture = `{"identities":[{"traits":${traits}}]}`
      await using ofFile = await createMock({ seed: fileOf('numbers.json', fixture) })
      expect(await traitsIn(ofFile)).toBe(traits)
      for (const [path, body] of [
        ['/_mock/seed', fixture],
        ['/_mock/seed', `[${fixture}, {"identities":[]}]`],
        ['/_mock/seed', `[{"id":"${ID}","traits":${traits}}]`],
        ['/admin/identities', `{"schema_id":"default","traits":${traits}}`],
      ] as const) {
        await ory.reset()
        await post(path, body)
        expect([path, await traitsIn(ory)]).toEqual([path, traits])
      }
      const { url } = JSON.parse(await post('/_mock/projects', `{"seed":${fixture}}`)) as { readonly url: string }
      expect(await traitsIn(ory, url)).toBe(traits)
    }),
    {
      numRuns: 25,
      examples: [['12345678901234567890123'], ['1e400'], ['1.0'], ['-0'], ['1E+2'], ['0.10']],
    },
  )
})

const BIG = '12345678901234567890.10'
const SCHEMA = `{"type":"object","properties":{"traits":{"type":"object","properties":{"n":{"maximum":${BIG}}}}}}`
const jsonOf = (schema: string): string =>
  `{"$schema":"x","schemas":{"default":${schema}},"identities":[{"id":"${ID}","traits":{"n":${BIG}},"metadata_public":[1.0]}]}`

describe('numbers that JavaScript cannot hold are kept by every way into the store', () => {
  const files = {
    'of a JSON file': () => fileOf('a.json', jsonOf(SCHEMA)),
    'of a JSON file with a schema of another file': () => {
      const schema = fileOf('schema.json', SCHEMA)
      return fileOf('a.json', jsonOf(`"file://${schema}"`))
    },
    'of a YAML file': () =>
      fileOf(
        'a.yaml',
        `schemas: { default: ${SCHEMA} }\nidentities: [{ id: ${ID}, traits: { n: ${BIG} }, metadata_public: [1.0] }]\n`,
      ),
  }
  const doors: Readonly<Record<string, (file: string) => Promise<Mock>>> = {
    'seed of createMock': (file) => createMock({ seed: file }),
    'seed() in this process': async (file) => {
      const ory = await createMock({ seed: {} })
      await ory.seed(file)
      return ory
    },
    'seed() over HTTP': async (file) => {
      const behind = await startMock({ port: 0, seed: {} })
      await connect(behind.url).seed(file)
      return behind
    },
    'seed() over HTTP, among others': async (file) => {
      const behind = await startMock({ port: 0, seed: {} })
      await connect(behind.url).seed([{ identities: [{}] }, file])
      return behind
    },
    'a project in this process': async (file) => (await createMock({ seed: {} })).project({ seed: file }),
    'a project over HTTP': async (file) => {
      const behind = await startMock({ port: 0, seed: {} })
      const made = await connect(behind.url).project({ name: 'big', seed: file })
      made.close = () => behind.close()
      return made
    },
  }
  test.each(Object.keys(files).flatMap((file) => Object.keys(doors).map((door) => [file, door] as const)))(
    '%s, by %s',
    async (file, door) => {
      await using ory = await doors[door]!(files[file as keyof typeof files]())
      const identity = await (await ory.fetch(`/admin/identities/${ID}`)).text()
      expect(identity).toContain(`"traits":{"n":${BIG}}`)
      expect(identity).toContain('"metadata_public":[1.0]')
      expect(await (await ory.fetch('/schemas/default')).text()).toContain(`"maximum":${BIG}`)
    },
  )

  test('YAML has more ways to write a number than JSON', async () => {
    const numbers = ['+12345678901234567890', '0xFFFFFFFFFFFFFFFFFF', '.5', '5.', '007', '1e400', '-0', '1_000', '.5e3']
    const file = fileOf('a.yaml', `identities: [{ id: ${ID}, traits: { n: [${numbers.join(', ')}] } }]\n`)
    expect(await served(file)).toContain(
      '"n":[12345678901234567890,4722366482869645213695,0.5,5,7,1e400,-0,"1_000",0.5e3]',
    )
  })

  test('what is merged in YAML has its spelling too, and what is no number of JSON is refused beside it', async () => {
    const text = (n: string): string =>
      `identities:\n  - id: ${ID}\n    metadata_public: &n { big: ${BIG} }\n    traits: { <<: *n, n: ${n} }\n`
    expect(await served(fileOf('a.yaml', text('1.50')))).toContain(`"traits":{"big":${BIG},"n":1.50}`)
    await expect(createMock({ seed: fileOf('b.yaml', text('.inf')) })).rejects.toThrow(
      'b.yaml:4:23 /identities/0/traits/n: expected what JSON can hold, and not too deep, found Infinity',
    )
  })
})
