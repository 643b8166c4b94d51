import { bytesOf } from '../go/bytes.ts'
import { isZeroTime } from '../go/json-values.ts'
import { formatTime, parseTime } from '../model/time.ts'
import { collated } from './collation.ts'
import { isLonger, SQL_NAMES, type Columns, type Place } from './columns.ts'
import { loneSurrogate, respelled, type JsonSpelling } from './json-text.ts'
import { doubleText } from './numbers.ts'
import { Refusal } from './refusal.ts'
import { roundTime } from './times.ts'

/** An error of MySQL as the go-sql-driver words it. */
export const mysqlError = (code: number, state: string, message: string): string =>
  `Error ${code} (${state}): ${message}`

const MOST_LEVELS = 100
/** The length of a key has 16 bits. */
const MOST_KEY_BYTES = 65_535

/** json: sql-common/json_dom.cc, which reads it with RapidJSON. */
const spellingOf = (json: string, { table, column, row }: Place): JsonSpelling => {
  const refuse = (what: string, at: number): never => {
    const position = bytesOf(json.slice(0, at)).length
    const words = `Invalid JSON text: "${what}" at position ${position} in value for column '${SQL_NAMES[table]}.${column}'.`
    throw new Refusal(table, () => mysqlError(3140, '22032', words), row)
  }
  const refuseAll = (code: number, words: string): never => {
    throw new Refusal(table, () => mysqlError(code, '22032', words), row)
  }
  return {
    levels: MOST_LEVELS,
    tooDeep: () => refuseAll(3157, 'The JSON document exceeds the maximum depth.'),
    keyBytes: MOST_KEY_BYTES,
    keyTooLong: () => refuseAll(3151, 'The JSON object contains a key name that is too long.'),
    string: (raw, at) => {
      if (!raw.includes('\\')) return raw.slice(1, -1)
      const lone = loneSurrogate(raw)
      return lone < 0 ? (JSON.parse(raw) as string) : refuse('The surrogate pair in string is invalid.', at + lone)
    },
    number: (raw, at) => doubleText(raw) ?? refuse('Number too big to be stored in double.', at),
  }
}

const LATEST = '9999-12-31T23:59:59Z'
/** Of these days an offset can make another year. */
const EDGE = /^(?:0000|0001-01-01|9999-12-31)/

export const mysqlColumns: Columns = {
  json: (text, place) => (text === '{}' ? text : respelled(text, spellingOf(text, place))),
  boundTime: (text, { table, row }) => {
    if (!EDGE.test(text)) return
    // The driver itself writes no other years.
    const year = Number.parseInt(formatTime(parseTime(text.replace(/\.\d+/, ''))!.micros), 10)
    if (year < 1 || year > 9999) throw new Refusal(table, () => `year is not in the range [1, 9999]: ${year}`, row)
  },
  time: (text, { table, column, row }) => {
    const refuse = (code: number, state: string, words: (row: number) => string): never => {
      throw new Refusal(table, (n) => mysqlError(code, state, words(n)), row)
    }
    if (isZeroTime(text))
      refuse(1292, '22007', (n) => `Incorrect datetime value: '0000-00-00' for column '${column}' at row ${n}`)
    const rounded = roundTime(text)
    return rounded.length > LATEST.length
      ? refuse(1441, '22008', () => 'Datetime function: datetime field overflow')
      : rounded
  },
  bound: () => {},
  hasLengthsInTurn: true,
  fits: (text, most, { table, column, row }) => {
    if (!isLonger(text, most)) return
    throw new Refusal(table, (n) => mysqlError(1406, '22001', `Data too long for column '${column}' at row ${n}`), row)
  },
  external: (id, { table, row }) => {
    if (collated(id) !== '') return
    throw new Refusal(table, () => mysqlError(3819, 'HY000', "Check constraint 'identities_chk_1' is violated."), row)
  },
}
