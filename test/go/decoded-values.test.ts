import { describe, expect, test } from 'vitest'
import { decodeGo, goBytes, goStruct, type GoType } from '../../src/go/json-decode.ts'
import { parseWhole } from '../../src/go/json-parse.ts'
import { goTime } from '../../src/go/json-values.ts'

/** What Go makes of a member, or says of it. */
const decoded = <T>(type: GoType<T>, json: string): T | string => {
  try {
    return decodeGo(goStruct<{ a: T }>('x.Body', { a: type }), parseWhole(`{"a":${json}}`)).a
  } catch (error) {
    return (error as Error).message
  }
}

const AS = 'as "2006-01-02T15:04:05Z07:00"'

// Each is what Go 1.26 does, whose strict reading of RFC 3339 is switched off.
describe('A time', () => {
  test.each([
    ['2024-01-01T0:00:00Z', '2024-01-01T00:00:00Z'],
    ['2024-01-01T1:00:00,50Z', '2024-01-01T01:00:00.5Z'],
    ['2024-01-01T10:00:00.1234567891+05:30', '2024-01-01T10:00:00.123456789+05:30'],
    ['2024-01-01T10:00:00-00:00', '2024-01-01T10:00:00Z'],
  ])('%s is read as %s', (text, time) => {
    expect(decoded(goTime, JSON.stringify(text))).toBe(time)
  })

  test.each([
    ['2024-01-01T0 0:00:00Z', `${AS}: cannot parse " 0:00:00Z" as ":"`],
    ['2024-01-01T1é:00:00Z', `${AS}: cannot parse "\\xc3\\xa9:00:00Z" as ":"`],
    ['2024-01-01 10:00:00Z', `${AS}: cannot parse " 10:00:00Z" as "T"`],
    ['', `${AS}: cannot parse "" as "2006"`],
    ['2024-13-01x', ': month out of range'],
    ['2024-01-32T10:00:00Z', ': day out of range'],
    ['2023-02-29T10:00:00Z', ': day out of range'],
    ['2024-01-01T24:00:00Z', ': hour out of range'],
    ['2024-01-01T10:60:00Z', ': minute out of range'],
    ['2024-01-01T10:00:60Z', ': second out of range'],
    ['2024-01-01T10:00:00+25:00', ': time zone offset hour out of range'],
    ['2024-01-01T10:00:00+10:61', ': time zone offset minute out of range'],
    ['2024-01-01T10:00:00Zx', ': extra text: "x"'],
  ])('%o is refused at its first part that is wrong', (text, why) => {
    const message = decoded(goTime, JSON.stringify(text))
    expect(message).toMatch(/^parsing time "/)
    expect(message.endsWith(why)).toBe(true)
  })
})

describe('Bytes', () => {
  const into = (what: string, type: string): string =>
    `json: cannot unmarshal ${what} into Go struct field Body.a of type ${type}`
  test.each([
    ['[]', ''],
    ['[1,2,255]', 'AQL/'],
    ['[null,1]', 'AAE='],
    ['"AQL/"', 'AQL/'],
    ['null', null],
    ['[256]', into('number 256', 'uint8')],
    ['[1.5]', into('number 1.5', 'uint8')],
    ['["a",{}]', into('string', 'uint8')],
    ['{}', into('object', '[]uint8')],
    ['1', into('number', '[]uint8')],
  ])('%s', (json, bytes) => {
    expect(decoded(goBytes, json)).toBe(bytes)
  })
})
