import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collated } from '../../src/databases/collation.ts'
import { mysqlColumns } from '../../src/databases/mysql.ts'
import { postgresColumns } from '../../src/databases/postgres.ts'
import { cutTime, roundTime } from '../../src/databases/times.ts'

const place = { table: 'identities', column: 'traits', row: 1 } as const
const postgres = (json: string): string => postgresColumns.json(json, place)
const mysql = (json: string): string => mysqlColumns.json(json, place)

// Measured on PostgreSQL 15.
test.each([
  ['1.50e1', '15.0'],
  ['12e-1', '1.2'],
  ['-1.0E+2', '-100'],
  ['0.000e2', '0.0'],
  ['-0e5', '0'],
  ['0e131080', '0'],
  ['-0.0', '0.0'],
  ['1E-7', '0.0000001'],
  ['[1.10,{"b":1,"a":2,"aa":3,"ä":5,"":0}]', '[1.10,{"":0,"a":2,"b":1,"aa":3,"ä":5}]'],
  ['"\\u000b\\b\\f\\/\\ud83d\\ude00"', '"\\u000b\\b\\f/😀"'],
])('PostgreSQL reads %s back as %s', (json, read) => {
  expect(postgres(json)).toBe(read)
})

test.each([
  ['1e131072', 'value overflows numeric format (SQLSTATE 22003)'],
  ['1e-16384', 'value overflows numeric format (SQLSTATE 22003)'],
  ['[1e131072,"\\u0000"]', 'value overflows numeric format (SQLSTATE 22003)'],
  ['"\\u0000\\ud800"', 'unsupported Unicode escape sequence (SQLSTATE 22P05)'],
  ['{"\\u0000":1}', 'unsupported Unicode escape sequence (SQLSTATE 22P05)'],
  ['"\\ud800\\u0000"', 'invalid input syntax for type json (SQLSTATE 22P02)'],
  ['"\\udc00"', 'invalid input syntax for type json (SQLSTATE 22P02)'],
])('PostgreSQL refuses %s: %s', (json, words) => {
  expect(() => postgres(json)).toThrow(`ERROR: ${words}`)
})

test('a backslash before a u that is no escape is no NUL', () => {
  expect(postgres('"\\\\u0000"')).toBe('"\\\\u0000"')
})

test.each([
  ['1e3', '1000.0'],
  ['-0', '0'],
  ['-0.0', '-0.0'],
  ['12345678901234567890', '12345678901234567890'],
  ['18446744073709551616', '1.8446744073709552e19'],
  ['100000000000000000000000', '1e23'],
  ['1e14', '100000000000000.0'],
  ['1e-10', '0.0000000001'],
  ['1.5e-300', '1.5e-300'],
  ['1e-400', '0.0'],
  ['1e15', '1e15'],
  ['1234567890123456.0', '1.234567890123456e15'],
  ['1875880255329291.58', '1875880255329291.5'],
  ['0e308', '0.0'],
  ['0.0e309', '0.0'],
])('MySQL reads %s back as %s', (json, read) => {
  expect(mysql(json)).toBe(read)
})

test.each(['1e309', '0e309', '-0.0e310', '0e2147483648'])('MySQL turns %s away for its power of ten', (json) => {
  expect(() => mysql(json)).toThrow('Number too big to be stored in double.')
})

test('a key has 65,535 bytes at most for MySQL, unless another member takes its place', () => {
  const words = 'Error 3151 (22032): The JSON object contains a key name that is too long.'
  const key = 'é'.repeat(32_767)
  expect(mysql(`{"${key}x":1}`)).toBe(`{"${key}x":1}`)
  expect(() => mysql(`[{"${key}xx":1}]`)).toThrow(words)
  expect(() => mysql(`[{"${key}xx":1},1e400]`)).toThrow('Number too big')
  expect(mysql(`{"a":{"${key}xx":1},"a":2}`)).toBe('{"a":2}')
})

test('MySQL names the byte where a text stops being its JSON', () => {
  expect(() => mysql('{"ä":"\\ud800"}')).toThrow("at position 7 in value for column 'identities.traits'.")
  expect(() => mysql(`${'['.repeat(101)}${']'.repeat(101)}`)).toThrow('exceeds the maximum depth')
  expect(mysql(`${'['.repeat(100)}${']'.repeat(100)}`)).toHaveLength(200)
})

describe.each([
  ['PostgreSQL', postgres],
  ['MySQL', mysql],
])('%s', (_name, read) => {
  const bounded = fc
    .jsonValue({ maxDepth: 5 })
    .map((value) => JSON.stringify(value))
    .filter((json) => !/\\u(?:0000|d[89a-f])/i.test(json))

  test('reads back the same value, once and for all', () => {
    fc.assert(
      fc.property(bounded, (json) => {
        const once = read(json)
        expect(JSON.parse(once)).toEqual(JSON.parse(json.replaceAll(/(?<=[[:,]|^)-0(?=[\],}]|$)/g, '0')))
        expect(read(once)).toBe(once)
      }),
      { numRuns: 300 },
    )
  })
})

test('deep JSON is no trouble for PostgreSQL', () => {
  const deep = `${'['.repeat(9999)}${']'.repeat(9999)}`
  expect(postgres(deep)).toBe(deep)
})

test.each([
  ['2020-01-01T12:00:00.123456+05:30', '2020-01-01T12:00:00.123456Z', '2020-01-01T06:30:00Z'],
  ['2020-01-01T00:00:00.9999999Z', '2020-01-01T00:00:00.999999Z', '2020-01-01T00:00:01Z'],
  ['2020-01-01T00:00:00.4999999Z', '2020-01-01T00:00:00.499999Z', '2020-01-01T00:00:01Z'],
  ['2020-01-01T00:00:00.4999994Z', '2020-01-01T00:00:00.499999Z', '2020-01-01T00:00:00Z'],
  ['2020-01-01T00:00:00.1000004Z', '2020-01-01T00:00:00.1Z', '2020-01-01T00:00:00Z'],
])('%s is %s on PostgreSQL and %s on MySQL', (time, cut, rounded) => {
  expect([cutTime(time), roundTime(time)]).toEqual([cut, rounded])
})

test.each([
  ['Straße', 'STRASSE'],
  ['ext-1\u0000', 'éxt-1\u200b'],
  ['Ærø', 'aero'],
  ['カ', 'か'],
  ['и\u0306', 'и'],
  ['1٣३', '133'],
  ['ŀ', 'l'],
  ['ͣb', 'ab'],
  ['ʦ', 'ƾ'],
  ['ﷺ', 'صلى الله'],
  ['㎏', 'KG'],
  ['가', '가'],
  ['\u00a0x', ' X'],
])('MySQL takes %s and %s for one', (a, b) => {
  expect(collated(a)).toBe(collated(b))
})

test.each([
  ['a', 'a '],
  ['й', 'и'],
  ['ı', 'i'],
  ['´', ' '],
  ['ا\u0653', 'آ'],
  ['\u1c90', '\u10d0'],
  ['😀', '😁'],
])('MySQL tells %s and %s apart', (a, b) => {
  expect(collated(a)).not.toBe(collated(b))
})
