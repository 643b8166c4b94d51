import { bytesOf } from '../go/bytes.ts'
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

/** json: sql-common/json_dom.cc, which reads it with RapidJSON. */
const spellingOf = (json: string, { table, column, row }: Place): JsonSpelling => {
  const refuse = (what: string, at: number): never => {
    const position = bytesOf(json.slice(0, at)).length
    const words = `Invalid JSON text: "${what}" at position ${position} in value for column '${SQL_NAMES[table]}.${column}'.`
    throw new Refusal(table, () => mysqlError(3140, '22032', words), row)
  }
  return {
    levels: MOST_LEVELS,
    tooDeep: () => {
      throw new Refusal(table, () => mysqlError(3157, '22032', 'The JSON document exceeds the maximum depth.'), row)
    },
    string: (raw, at) => {
      if (!raw.includes('\\')) return raw.slice(1, -1)
      const lone = loneSurrogate(raw)
      return lone < 0 ? (JSON.parse(raw) as string) : refuse('The surrogate pair in string is invalid.', at + lone)
    },
    number: (raw, at) => doubleText(raw) ?? refuse('Number too big to be stored in double.', at),
  }
}

const LATEST = '9999-12-31T23:59:59Z'

export const mysqlColumns: Columns = {
  json: (text, place) => (text === '{}' ? text : respelled(text, spellingOf(text, place))),
  time: (text, { table, row }) => {
    const refuse = (words: string): never => {
      throw new Refusal(table, () => words, row)
    }
    // The driver itself writes no other years.
    if (text.startsWith('0000')) refuse('year is not in the range [1, 9999]: 0')
    const rounded = roundTime(text)
    return rounded.length > LATEST.length
      ? refuse(mysqlError(1441, '22008', 'Datetime function: datetime field overflow'))
      : rounded
  },
  bound: () => {},
  fits: (text, most, { table, column, row }) => {
    if (!isLonger(text, most)) return
    throw new Refusal(table, (n) => mysqlError(1406, '22001', `Data too long for column '${column}' at row ${n}`), row)
  },
  external: (id, { table, row }) => {
    if (collated(id) !== '') return
    throw new Refusal(table, () => mysqlError(3819, 'HY000', "Check constraint 'identities_chk_1' is violated."), row)
  },
}
