import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { checkFile } from '../../src/seed/check.ts'
import { CREDENTIAL_KEYS, CREATE_KEYS, IDENTITY_KEYS, RECOVERY_KEYS, VERIFIABLE_KEYS } from '../../src/seed/identity.ts'
import { FIXTURE_KEYS, IMPORT_KEYS, LISTING_KEYS, SCHEMA_KEYS, SIGN_IN_KEYS } from '../../src/seed/forms.ts'
import { PASSWORD_KEYS, PROVIDER_KEYS } from '../../src/seed/imported-credentials.ts'
import { DEVICE_KEYS, METHOD_KEYS, SESSION_KEYS, STATES } from '../../src/seed/session.ts'
import { credentialTypes } from '../../src/api/identities/credential-types.ts'
import { NOW, withTrait } from '../support.ts'

const page = readFileSync(new URL('../../docs/fixtures.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```(yaml|json)\n([^]*?)```/g)].map(([, language, text], n) => ({
  name: `${n + 1}.${language}`,
  text: text!,
}))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ory-documented-'))
  await writeFile(join(folder, 'customer.schema.json'), JSON.stringify(withTrait({ type: 'string' })))
})
afterAll(() => rm(folder, { recursive: true }))

test.each(examples)('The page about fixtures shows ones that work, such as $name', async ({ name, text }) => {
  const file = join(folder, name)
  await writeFile(file, text)
  expect((await checkFile(file)).problems).toEqual([])
  await using ory = await createMock({ now: NOW, seed: file })
  const held = await Promise.all(
    ['/admin/identities', '/admin/sessions', '/schemas'].map(async (path) => (await ory.fetch(path)).json()),
  )
  expect(held.some((list) => (list as unknown[]).length > 0)).toBe(true)
})

test('The page about fixtures names every key that a fixture may have', () => {
  const known: readonly (readonly string[])[] = [
    FIXTURE_KEYS,
    LISTING_KEYS,
    SIGN_IN_KEYS,
    IMPORT_KEYS,
    SCHEMA_KEYS,
    IDENTITY_KEYS,
    CREATE_KEYS,
    CREDENTIAL_KEYS,
    VERIFIABLE_KEYS,
    RECOVERY_KEYS,
    SESSION_KEYS,
    METHOD_KEYS,
    DEVICE_KEYS,
    PASSWORD_KEYS,
    PROVIDER_KEYS,
    Object.keys(STATES),
    credentialTypes,
  ]
  const named = new Set([...page.matchAll(/`[^`\n]+`/g)].flatMap(([code]) => code.match(/\w+/g) ?? []))
  for (const key of known.flat()) expect(named).toContain(key)
})
