import { escapedBytes } from '../go/bytes.ts'
import { badBytes } from './bytes.ts'
import { isLonger, type Columns, type Place } from './columns.ts'
import { loneSurrogate, respelled, type JsonSpelling } from './json-text.ts'
import { numericText } from './numbers.ts'
import { Refusal } from './refusal.ts'
import { cutTime } from './times.ts'

/** An error of PostgreSQL as the pgx driver words it. */
export const postgresError = (message: string, state: string): string => `ERROR: ${message} (SQLSTATE ${state})`

/** What is said of bytes that are no text. */
export const encodingError = (bytes: string): string =>
  postgresError(`invalid byte sequence for encoding "UTF8": ${bytes}`, '22021')

/** The length of a string has 28 bits. */
const MOST_KEY_BYTES = 2 ** 28 - 1

/** jsonb: adt/jsonb.c, and the lexer of common/jsonapi.c. */
const spellingAt = ({ table, row }: Place): JsonSpelling => {
  const refuse = (message: string, state: string): never => {
    throw new Refusal(table, () => postgresError(message, state), row)
  }
  return {
    keyBytes: MOST_KEY_BYTES,
    keyTooLong: () => refuse('string too long to represent as jsonb string', '54000'),
    levels: Infinity,
    tooDeep: () => refuse('stack depth limit exceeded', '54001'),
    string: (raw) => {
      if (!raw.includes('\\u')) return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
      const lone = loneSurrogate(raw)
      const before = lone < 0 ? raw : raw.slice(0, lone)
      if (/(?:^|[^\\])(?:\\\\)*\\u0000/.test(before)) refuse('unsupported Unicode escape sequence', '22P05')
      if (lone >= 0) refuse('invalid input syntax for type json', '22P02')
      return JSON.parse(raw) as string
    },
    number: (raw) =>
      /^-?[1-9]\d{0,99}$/.test(raw) ? raw : (numericText(raw) ?? refuse('value overflows numeric format', '22003')),
  }
}

const bound: Columns['bound'] = (text, { table, row }) => {
  const bad = badBytes(escapedBytes(text))
  if (bad !== undefined) throw new Refusal(table, () => encodingError(bad), row)
}

export const postgresColumns: Columns = {
  json: (text, place) => {
    if (text === '{}') return text
    bound(text, place)
    return respelled(text, spellingAt(place))
  },
  boundTime: () => {},
  time: cutTime,
  bound,
  hasLengthsInTurn: false,
  fits: (text, most, { table, row }) => {
    if (!isLonger(text, most)) return
    throw new Refusal(table, () => postgresError(`value too long for type character varying(${most})`, '22001'), row)
  },
  external: () => {},
}
