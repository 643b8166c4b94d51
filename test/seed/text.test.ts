import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'

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
