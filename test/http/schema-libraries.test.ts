import { expect, test, vi } from 'vitest'
import { createMock } from '../../src/index.ts'
import { EMAIL, withTrait } from '../support.ts'

const loaded = vi.hoisted(() => new Set<string>())

vi.mock('re2js', async (original) => {
  loaded.add('re2js')
  return original<object>()
})

vi.mock('libphonenumber-js/max', async (original) => {
  loaded.add('libphonenumber-js')
  return original<object>()
})

test('the libraries for patterns and phone numbers are loaded by the schemas that ask for them', async () => {
  const after = async (trait: unknown): Promise<readonly string[]> => {
    await using _ = await createMock({ seed: { schemas: { default: withTrait(trait) } } })
    return [...loaded]
  }
  await using _ = await createMock({ seed: { schemas: { default: EMAIL }, generate: { identities: 1 } } })
  expect(await after({ type: 'string', format: 'email', enum: ['pattern', 'tel'], title: 'pattern' })).toEqual([])
  expect(await after({ items: [{ patternProperties: {} }] })).toEqual(['re2js'])
  expect(await after({ 'ory.sh/kratos': { credentials: { code: { via: 'sms' } } } })).toEqual([
    're2js',
    'libphonenumber-js',
  ])
})
