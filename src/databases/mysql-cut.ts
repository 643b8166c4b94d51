import type { Bytes } from '../go/bytes.ts'
import { parseTime, type Micros } from '../model/time.ts'
import { mysqlError } from './mysql.ts'
import { refuseList } from './refusal.ts'
import type { SessionCut } from './session-cut.ts'

/** How MySQL takes a text apart that stands for a time (str_to_datetime, sql-common/my_time.cc). */
interface Taken {
  /** Year, month, day, hour, minute, second; what the text lacks is 0. */
  readonly parts: readonly number[]
  readonly fraction: Micros
  /** How far its clock is ahead of UTC. */
  readonly ahead: Micros
  readonly hasOffset: boolean
  /** Whether something stands behind it that is no time. */
  readonly isCut: boolean
}

const DAY = 2
const SECOND = 5
const FRACTION = 6

const SPACE = /[\t-\r ]/
const DELIMITER = /[\t-\r !-/:-@[-`{-~]/
const DIGIT = /\d/
/** Up to 14 hours, and none of a negative zero. */
const OFFSET = /^(?!-00:00)([+-])(0\d|1[0-3]|14(?=:00)):([0-5]\d)[\t-\r ]*$/

/** A time in digits alone has parts of a fixed width; its year has four digits when there are that many in all. */
const yearWidth = (digits: number): number => (digits === 4 || digits === 8 || digits >= 14 ? 4 : 2)

const offsetOf = (text: Bytes): Micros | undefined => {
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? []
  return sign === undefined ? undefined : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60e6
}

const taken = (text: Bytes): Taken | undefined => {
  const digits = /^[\dT]*(?=$|\.)/.exec(text)?.[0].length
  const parts: number[] = []
  let fraction = ''
  let ahead: Micros | undefined = 0
  let yearDigits = 0
  let at = 0
  for (let n = 0; n <= FRACTION && DIGIT.test(text.charAt(at)); n++) {
    const width = n === FRACTION ? 6 : digits === undefined ? '' : n === 0 ? yearWidth(digits) : 2
    const written = new RegExp(`^\\d{1,${width}}`).exec(text.slice(at))![0]
    at += written.length
    if (Number(written) > 999_999) return undefined
    if (n === 0) yearDigits = digits === undefined ? written.length : yearWidth(digits)
    if (n === FRACTION) fraction = written
    else parts.push(Number(written))
    // A letter T behind the day, if a clock follows.
    if (n === DAY && /^T\d/.test(text.slice(at))) at++
    else if (n === SECOND) {
      if (text.charAt(at) !== '.') break
      at++
    } else if (n !== FRACTION || !/^[+-]/.test(text.slice(at))) {
      // A space may stand behind the day and behind the fraction.
      for (; DELIMITER.test(text.charAt(at)); at++)
        if (n < FRACTION && n !== DAY && SPACE.test(text.charAt(at))) return undefined
    }
  }
  if (parts.length <= DAY) return undefined
  const seventh = fraction.length === 6 ? text.charAt(at) : ''
  const rest = text.slice(at).replace(fraction.length === 6 ? /^\d+/ : '', '')
  const hasOffset = parts.length > SECOND && /^[+-]/.test(rest)
  if (hasOffset) ahead = offsetOf(rest)
  if (ahead === undefined) return undefined
  const rounded = DIGIT.test(seventh) && seventh >= '5' ? 1 : 0
  if (yearDigits === 2 && [...parts, Number(fraction)].some((part) => part > 0))
    parts[0]! += parts[0]! < 70 ? 2000 : 1900
  const isCut = !hasOffset && /[^\t-\r ]/.test(rest)
  return { parts, fraction: Number(fraction.padEnd(6, '0')) + rounded, ahead, hasOffset, isCut }
}

const DAY_LENGTH: Micros = 86_400e6
const LATEST: Micros = parseTime('9999-12-31T00:00:00Z')!.micros + DAY_LENGTH
/** No earlier time is turned into another time zone. */
const EARLIEST: Micros = parseTime('1901-01-01T00:00:00Z')!.micros

const two = (part: number): string => String(part).padStart(2, '0')

/** What is said of a day that there is not in another time zone. */
const truncated = ({ parts, ahead }: Taken): string => {
  const [year, month, day, ...clock] = parts
  const minutes = Math.abs(ahead) / 60e6
  const offset = `${ahead < 0 ? '-' : '+'}${Math.floor(minutes / 60)}:${two(minutes % 60)}`
  const date = `${String(year).padStart(4, '0')}-${two(month!)}-${two(day!)}`
  return `mysql select many: ${mysqlError(1292, '22007', `Truncated incorrect temporal value: '${date} ${clock.map(two).join(':')}${offset}'`)}`
}

const NOTHING: SessionCut = { created: -Infinity, hasTies: true }
const MOST = [9999, 12, 31, 23, 59, 59]

/** @param day may be one that the month has not. */
const startOf = (year: number, month: number, day: number): Micros =>
  month > 12
    ? startOf(year, 12, 31 + day)
    : parseTime(`${String(year).padStart(4, '0')}-${two(month || 1)}-01T00:00:00Z`)!.micros + (day - 1) * DAY_LENGTH

/** MySQL reads as much of a time as there is; what is none comes before everything. */
export const mysqlCut = (time: Bytes): SessionCut => {
  const found = taken(time.replace(/^[\t-\r ]+/, ''))
  if (found === undefined || found.parts.some((part, n) => part > MOST[n]!)) return NOTHING
  const { parts, fraction, ahead, hasOffset, isCut } = found
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts as [number, number, number, ...number[]]
  const midnight = startOf(year, month, day)
  const isZero = month === 0 || day === 0
  if (hasOffset && isZero) return refuseList(truncated(found))
  if (hasOffset || (!isZero && midnight < startOf(year, month + 1, 1))) {
    const created = midnight + (hour * 3600 + minute * 60 + second) * 1e6 + fraction - ahead
    return created >= LATEST || (hasOffset && created < EARLIEST) ? NOTHING : { created, hasTies: true }
  }
  // A day that there is not stands between those that there are, if nothing else is wrong.
  if (isCut) return NOTHING
  return {
    created: month === 0 ? startOf(year, 1, 1) : day === 0 ? startOf(year, month, 1) : startOf(year, month + 1, 1),
    hasTies: false,
  }
}
