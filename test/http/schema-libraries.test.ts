import { expect, onTestFinished, test, vi } from 'vitest'
import { EMAIL, withTrait } from '../support.ts'

const LIBRARIES = ['re2js', 'libphonenumber-js/max']

test('the libraries for patterns and phone numbers are loaded by the schemas that ask for them', async () => {
  const loaded: string[] = []
  vi.resetModules()
  for (const name of LIBRARIES)
    vi.doMock(name, async (original) => {
      loaded.push(name)
      return original<object>()
    })
  onTestFinished(() => {
    for (const name of LIBRARIES) vi.doUnmock(name)
    vi.resetModules()
  })
  const { createMock } = await import('../../src/index.ts')
  const after = async (trait: unknown): Promise<readonly string[]> => {
    await using _ = await createMock({ seed: { schemas: { default: withTrait(trait) } } })
    return loaded
  }
  await using _ = await createMock({ seed: { schemas: { default: EMAIL }, generate: { identities: 1 } } })
  expect(await after({ type: 'string', format: 'email', enum: ['pattern', 'tel'], title: 'pattern' })).toEqual([])
  expect(await after({ items: [{ patternProperties: {} }] })).toEqual(['re2js'])
  expect(await after({ 'ory.sh/kratos': { credentials: { code: { via: 'sms' } } } })).toEqual(LIBRARIES)
})
