import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { withTrait } from '../support.ts'

type Profile = NonNullable<MockOptions['profile']>

const PROFILES = ['documented', 'kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const

const mockOf = (trait: unknown, profile: Profile = 'documented'): Promise<Mock> =>
  createMock({ profile, seed: { schemas: { default: withTrait(trait) } } })

interface Created {
  readonly error?: { readonly reason: string }
  readonly recovery_addresses?: readonly { readonly value: string; readonly via: string }[]
  readonly credentials?: Readonly<Record<string, { readonly identifiers: readonly string[] }>>
}

const create = async (ory: Mock, a: unknown): Promise<Created> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const answer = await ory.fetch(`${ory.url}/admin/identities`, { ...init, body: JSON.stringify({ traits: { a } }) })
  return (await answer.json()) as Created
}

const refusal = async (ory: Mock, a: unknown): Promise<string> => (await create(ory, a)).error?.reason ?? 'created'

const PLACE = 'I[#/traits/a] S[#/properties/traits/properties/a'

describe('A pattern is a regular expression of Go', () => {
  test.each([
    ['(?i)^abc$', ['abc', 'ABC'], ['abcd']],
    ['[[:alpha:]]+', ['1a'], ['12', 'é']],
    [String.raw`^a\z`, ['a'], ['a\n', 'b']],
    [String.raw`^\S+$`, ['aé'], ['a b']],
    [String.raw`^\w$`, ['a', '_'], ['é', '😀']],
    ['^.$', ['a', '😀'], ['\n', 'ab']],
    ['(?s)^.$', ['\n'], ['']],
    [String.raw`^\p{Greek}+$`, ['αβγ'], ['abc']],
    [String.raw`^(?P<year>\d{4})$`, ['2026'], ['٢٠٢٦']],
    ['b', ['abc'], ['ac']],
  ])('%s', async (pattern, good, bad) => {
    await using ory = await mockOf({ pattern })
    for (const text of good) expect(await refusal(ory, text)).toBe('created')
    for (const text of bad) {
      expect(await refusal(ory, text)).toBe(`${PLACE}/pattern] does not match pattern ${JSON.stringify(pattern)}`)
    }
  })

  test('for the names of properties, too', async () => {
    await using ory = await mockOf({
      patternProperties: { '(?i)^X-': { type: 'string' } },
      additionalProperties: false,
    })
    expect(await refusal(ory, { 'x-a': 'b' })).toBe('created')
    expect(await refusal(ory, { 'x-a': 1 })).toContain('expected string, but got number')
    expect(await refusal(ory, { y: 'b' })).toBe(`${PLACE}/additionalProperties] additionalProperties "y" not allowed`)
  })

  test('and so is what the format "regex" takes', async () => {
    await using ory = await mockOf({ format: 'regex' })
    for (const good of ['(?i)a', '[[:alpha:]]', String.raw`\z`, 'a{1,1000}']) {
      expect(await refusal(ory, good)).toBe('created')
    }
    for (const bad of ['(?=a)', String.raw`\1`, 'a{1,1001}', '(', '(?<!a)']) {
      expect(await refusal(ory, bad)).toBe(`${PLACE}/format] ${JSON.stringify(bad)} is not valid "regex"`)
    }
  })

  test('and takes time in proportion to the text', async () => {
    await using ory = await mockOf({ pattern: '^(a+)+$', patternProperties: { '^(a|a)*b$': {} } })
    const long = 'a'.repeat(100_000)
    expect(await refusal(ory, `${long}!`)).toContain('does not match pattern')
    expect(await refusal(ory, long)).toBe('created')
    expect(await refusal(ory, { [`${long}!`]: 1 })).toBe('created')
  })

  test('that says of plain letters what JavaScript says of them', async () => {
    const part = fc.stringMatching(/^[ab]\??$/)
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `^(?:${parts.join('')})+$`)
    await fc.assert(
      fc.asyncProperty(pattern, fc.array(fc.stringMatching(/^[ab]{0,6}$/), { maxLength: 4 }), async (source, texts) => {
        await using ory = await mockOf({ pattern: source })
        for (const text of texts) {
          expect((await refusal(ory, text)) === 'created').toBe(new RegExp(source).test(text))
        }
      }),
      { numRuns: 30 },
    )
  })
})

/** What Kratos makes of texts: E.164, or the sentence of libphonenumber. */
const NUMBERS = [
  ['+4915123456789', '+4915123456789'],
  ['+49 (0)151 / 234 567 89', '+4915123456789'],
  ['++49 151 23456789', '+4915123456789'],
  ['tel:+4915123456789', '+4915123456789'],
  ['tel:0151-23456789;phone-context=+49', '+4915123456789'],
  ['tel:+4915123456789;isub=12', '+4915123456789'],
  ['+4915123456789 ext. 12', '+4915123456789'],
  ['call +4915123456789', '+4915123456789'],
  ['+1 650-253-0000', '+16502530000'],
  ['+1 800 FLOWERS', '+18003569377'],
  ['+390236618300', '+390236618300'],
  ['+80012345678', '+80012345678'],
  ['＋４９１５１２３４５６７８９', '+4915123456789'],
  ['+15550100', 'the provided number is not a valid phone number'],
  ['+491512345678', 'the provided number is not a valid phone number'],
  ['0151 23456789', 'invalid country code'],
  ['+9991234567', 'invalid country code'],
  ['+0491512345', 'invalid country code'],
  ['tel:0151;phone-context=example.com', 'invalid country code'],
  ['', 'the phone number supplied is not a number'],
  ['ada', 'the phone number supplied is not a number'],
  ['+12', 'the phone number supplied is not a number'],
  ['+4915123456789!', 'the phone number supplied is not a number'],
  ['tel:0151;phone-context=', 'the phone number supplied is not a number'],
  ['+3521', 'the string supplied is too short to be a phone number'],
  ['+49151234567890123456', 'the string supplied is too long to be a phone number'],
  [`+49${'1'.repeat(250)}`, 'the string supplied is too long to be a phone number'],
] as const

describe('A phone number is one of the numbering plan of its country', () => {
  test.each(PROFILES)('for codes, by %s', async (profile) => {
    const code = { credentials: { code: { identifier: true, via: 'sms' } } }
    await using ory = await mockOf({ type: 'string', 'ory.sh/kratos': code }, profile)
    const said = new Map<string, string>()
    for (const [text] of NUMBERS) {
      await ory.reset()
      const { error, credentials } = await create(ory, text)
      said.set(text, error?.reason ?? credentials!['code']!.identifiers.join())
    }
    expect([...said]).toEqual(
      NUMBERS.map(([text, expected]) => [text, expected.startsWith('+') ? expected : `${PLACE}] ${expected}`]),
    )
  })

  test.each(PROFILES)('for the format "tel", by %s', async (profile) => {
    await using ory = await mockOf({ format: 'tel' }, profile)
    for (const [text, expected] of NUMBERS) {
      const wrong = `${PLACE}/format] ${JSON.stringify(text)} is not valid "tel"`
      expect(await refusal(ory, text)).toBe(expected.startsWith('+') ? 'created' : wrong)
    }
  })

  test('for recovery, whose address stays as it was written', async () => {
    await using ory = await mockOf({ type: 'string', 'ory.sh/kratos': { recovery: { via: 'sms' } } })
    const { recovery_addresses } = await create(ory, '+49 151 23456789')
    expect(recovery_addresses).toMatchObject([{ via: 'sms', value: '+49 151 23456789' }])
    expect(await refusal(ory, '+15550100')).toContain('"+15550100" is not valid "tel"')
  })

  test('or no number, whatever the text', async () => {
    await using ory = await mockOf({ format: 'tel' })
    const piece = fc.constantFrom('+', '49', '151', '0', ';ext=1', ';isub=', ';phone-context=', 'tel:', ' ', 'x', '#')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), async (parts) => {
        expect(await refusal(ory, parts.join(''))).toMatch(/^created$|is not valid "tel"$/)
      }),
      { numRuns: 200 },
    )
  })
})
