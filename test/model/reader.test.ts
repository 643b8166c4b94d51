import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { partsOf, pointerText, sentencesOf, shown } from '../../src/model/flaw.ts'
import { anything, byName, flag, object, several, text, whole, word } from '../../src/model/kinds.ts'
import { FIXTURE_VOICE, plainVoice, Reader } from '../../src/model/reader.ts'

const port = whole(0, 9)
const kind = object(
  {
    port,
    level: word(['silent', 'error']),
    hosts: several(text),
    on: flag,
    serve: object({ port, level: word(['silent', 'error']) }),
    headers: byName('an object of texts', text.schema, (reader, _name, value, at) => text.read(reader, value, at)),
    passed: anything,
  },
  { required: { port: 'a number' } },
)

const flawsOf = (value: unknown, voice = plainVoice()) => {
  const reader = new Reader(voice)
  const read = kind.read(reader, value, [])
  return { read, flaws: reader.flaws }
}

test('all that is wrong is found at once, each with its place', () => {
  const { flaws } = flawsOf({
    port: 10,
    level: 'eror',
    hosts: ['a', 1],
    serve: { prot: 1 },
    headers: { 'a/b': 1, '~': 2 },
    passed: { whatever: [null] },
  })
  expect(
    flaws.map(({ pointer, expected, found, reason }) => [pointerText(pointer), reason ?? [expected, found]]),
  ).toEqual([
    ['/port', ['a whole number from 0 to 9', '10']],
    ['/level', 'knows no "eror"; did you mean error?'],
    ['/hosts/1', ['a text', '1']],
    ['/serve/prot', 'is an unknown key; did you mean port?'],
    ['/headers/a~1b', ['a text', '1']],
    ['/headers/~0', ['a text', '2']],
  ])
})

test('fixtures say what was expected and what was found', () => {
  const { flaws } = flawsOf({ port: 1, level: 'eror', lvel: 1, zzzzzz: 1 }, FIXTURE_VOICE)
  expect(flaws.map(({ expected, found }) => [expected, found])).toEqual([
    ['"silent", "error" (did you mean "error"?)', '"eror"'],
    ['a known property (did you mean "level"?)', 'unknown property "lvel"'],
    ['one of port, level, hosts, on, serve, headers, passed', 'unknown property "zzzzzz"'],
  ])
})

const given = fc.dictionary(
  fc.constantFrom('port', 'level', 'hosts', 'on', 'serve', 'headers', 'passed', 'stray', '__proto__', 'constructor'),
  fc.oneof(fc.anything({ withBigInt: true, withNullPrototype: true }), fc.integer({ min: 0, max: 9 })),
)

test('whatever comes is read, or refused with places that lead into it', () => {
  fc.assert(
    fc.property(fc.oneof(given, fc.anything()), (value) => {
      const { read, flaws } = flawsOf(value)
      expect(read !== undefined || flaws.length > 0).toBe(true)
      for (const { pointer } of flaws) {
        let part = value
        for (const step of pointer) {
          expect(Object.hasOwn(part as object, step)).toBe(true)
          part = (part as Record<string, unknown>)[step]
        }
      }
      if (flaws.length === 0) expect(Number.isInteger(read!.port)).toBe(true)
    }),
  )
})

test('a JSON pointer is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) => {
      expect(partsOf(pointerText(parts))).toEqual(parts)
    }),
  )
})

test('a value is shown whatever it is, and cut', () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  expect([undefined, Number.NaN, 10n, circular, Symbol('a'), 'x'.repeat(99)].map((one) => shown(one))).toEqual([
    'nothing',
    'NaN',
    '10n',
    'object',
    'symbol',
    `"${'x'.repeat(58)}…`,
  ])
})

test('of a hundred thousand flaws a hundred are kept, and no words are made for the others', () => {
  let asked = 0
  const voice = plainVoice()
  const reader = new Reader({ ...voice, member: (name, known) => (asked++, voice.member(name, known)) })
  const wrong = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]))
  object({ a: anything }).read(reader, wrong, [])
  expect([asked, reader.flaws.length, reader.total]).toEqual([100, 100, 100_000])
  expect(sentencesOf(reader)).toMatch(/^k0 is an unknown key;.* … and 99900 more$/)
})

test.each<[string, (wrong: object) => Promise<unknown>]>([
  ['a fixture', (wrong) => createMock({ seed: { identities: [{ traits: {}, ...wrong }] } })],
  ['a configuration', (wrong) => createMock({ config: wrong })],
  ['options', (wrong) => createMock(wrong)],
  ['a fault rule', (wrong) => createMock({ faults: { delay: 1, ...wrong } as never })],
])('a refusal of %s tells the first hundred problems, and how many more there are', async (_what, refuse) => {
  const wrong = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`k${n}`, n]))
  const error = await refuse(wrong).then(
    () => expect.unreachable(),
    (reason: Error) => reason,
  )
  const lines = error.message.split('\n')
  expect([lines.length, lines.at(-1)]).toEqual([101, '… and 150 more'])
})
