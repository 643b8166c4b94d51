import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock, startMock, type MockOptions } from '../src/index.ts'
import { OptionError, optionNames, parseOptions } from '../src/options.ts'

const circular: Record<string, unknown> = {}
circular['self'] = circular

test('what is left out has its default', () => {
  expect(parseOptions()).toEqual({
    port: 4434,
    publicPort: undefined,
    host: undefined,
    seed: undefined,
    profile: 'documented',
    namesProfile: false,
    frozenAt: undefined,
    randomSeed: 1,
    tokens: [],
    faults: undefined,
    watch: false,
    logLevel: 'error',
    maxProjects: 1000,
    cors: [],
  })
  expect(parseOptions(Object.fromEntries(optionNames.map((name) => [name, undefined])))).toEqual(parseOptions())
})

test('every option is taken in every form that it has', () => {
  expect(parseOptions({ token: 'one' }).tokens).toEqual(['one'])
  expect(parseOptions({ token: ['one', 'two'] }).tokens).toEqual(['one', 'two'])
  expect(parseOptions({ now: '1970-01-01T00:00:01.5Z' }).frozenAt).toBe(1_500_000)
  expect(parseOptions({ now: new Date(1500) }).frozenAt).toBe(1_500_000)
  expect(parseOptions({ port: 0, publicPort: 0 })).toMatchObject({ port: 0, publicPort: 0 })
  expect(parseOptions({ watch: true, seed: [{}, 'people.yaml'] }).watch).toBe(true)
  expect(parseOptions({ profile: { base: 'kratos-25.4' } }).profile).toEqual({ base: 'kratos-25.4', quirks: {} })
})

test.each<[options: unknown, message: string]>([
  [{ prot: 1 }, 'There is no option prot; did you mean port?'],
  [{ PublicPort: 1 }, 'There is no option PublicPort; did you mean publicPort?'],
  [JSON.parse('{"__proto__":{"port":1}}'), 'There is no option __proto__; known are '],
  [{ constructor: 1 }, 'There is no option constructor; known are '],
  [{ port: '4434' }, 'port must be a whole number from 0 to 65535, not "4434"'],
  [{ port: 1.5 }, 'port must be a whole number from 0 to 65535, not 1.5'],
  [{ port: Number.NaN }, 'port must be a whole number from 0 to 65535, not NaN'],
  [{ port: circular }, 'port must be a whole number from 0 to 65535, not object'],
  [{ publicPort: -1 }, 'publicPort must be a whole number from 0 to 65535, not -1'],
  [{ publicPort: 4434 }, 'publicPort must be another than port, 4434'],
  [{ host: 'http://x' }, 'host must be an address or a name, not "http://x"'],
  [
    { profile: 'kratos' },
    'profile knows no "kratos"; known are documented, kratos-next, kratos-26.2, kratos-25.4, kratos-1.3',
  ],
  [{ profile: null }, 'profile must be one of documented, kratos-next, kratos-26.2, kratos-25.4, kratos-1.3, not null'],
  [{ profile: {} }, 'profile.base must be one of documented, '],
  [{ profile: { base: 'kratos26.2' } }, 'profile.base knows no "kratos26.2"; did you mean kratos-26.2?'],
  [{ profile: { base: 'documented', quirk: {} } }, 'profile.quirk is no part of a profile; did you mean quirks?'],
  [
    { profile: { base: 'documented', quirks: { emptyListLink: true } } },
    'profile.quirks.emptyListLink is no quirk; did you mean emptyListLinks?',
  ],
  [
    { profile: { base: 'documented', quirks: { emptyListLinks: 1 } } },
    'profile.quirks.emptyListLinks must be true or false, not 1',
  ],
  [{ now: 'now' }, 'now must be an RFC 3339 time such as 2026-11-23T01:00:00Z, not "now"'],
  [
    { now: '2026-02-30T00:00:00Z' },
    'now must be an RFC 3339 time such as 2026-11-23T01:00:00Z, not "2026-02-30T00:00:00Z"',
  ],
  [{ now: new Date(Number.NaN) }, 'now must be an RFC 3339 time such as '],
  [{ randomSeed: 10n }, 'randomSeed must be a whole number, not 10'],
  [{ token: '' }, 'token must be a text of printable ASCII without spaces'],
  [
    { token: ['one', 'a b'] },
    'token must be a text of printable ASCII without spaces, or an array of such, not ["one","a b"]',
  ],
  [{ watch: true }, 'watch needs a seed or a configuration that is a file'],
  [{ watch: true, seed: {} }, 'watch needs a seed or a configuration that is a file'],
  [{ logLevel: 'verbose' }, 'logLevel knows no "verbose"; known are silent, error, info, debug'],
  [{ maxProjects: 0 }, 'maxProjects must be a whole number from 1 to 1000000, not 0'],
  [[], 'The options must be an object, not []'],
  [null, 'The options must be an object, not null'],
  ['seed.yaml', 'The options must be an object, not "seed.yaml"'],
])('%o is refused: %s', (options, message) => {
  expect(() => parseOptions(options)).toThrow(OptionError)
  expect(() => parseOptions(options)).toThrow(message)
})

test('each part of a profile that is wrong is said', () => {
  expect(() =>
    parseOptions({ profile: { base: 'kratos', quirk: {}, quirks: { emptyListLinks: 1, nope: true } } }),
  ).toThrow(
    /^profile\.base knows no "kratos".*\nprofile\.quirk is no part.*\nprofile\.quirks\.emptyListLinks must be true or false, not 1\nprofile\.quirks\.nope is no quirk/,
  )
})

test('each option that is wrong is said, not the first alone', () => {
  expect(() => parseOptions({ port: 'a', host: '', prot: 1 })).toThrow(
    /^port must .*\nhost must .*\nThere is no option prot/,
  )
})

test('a mock that is refused its options is none', async () => {
  for (const make of [createMock, startMock]) {
    await expect(make({ prot: 1 } as MockOptions)).rejects.toThrow('There is no option prot; did you mean port?')
  }
})

test('whatever comes is taken whole or refused with an OptionError', () => {
  const option = fc.constantFrom(...optionNames, 'other')
  fc.assert(
    fc.property(
      fc.dictionary(option, fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true })),
      (options) => {
        try {
          const { port, tokens } = parseOptions(options)
          expect(Number.isInteger(port)).toBe(true)
          expect(tokens.every((token) => /^[!-~]+$/.test(token))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError)
        }
      },
    ),
  )
})
