/**
 * Times as Kratos prints them: RFC 3339 in UTC with up to nine fractional digits, trailing zeros trimmed
 * (Go's `time.RFC3339Nano`). Comparisons use whole microseconds since 1970, which a double holds exactly.
 */
export type Micros = number

/** The times `[from, until)` in which something stays true. */
export interface Validity {
  readonly from: Micros
  readonly until: Micros
}

export const ALWAYS: Validity = { from: -Infinity, until: Infinity }

/** A moment: what to print, and what to compare. */
export interface Moment {
  readonly text: string
  readonly micros: Micros
}

const ZERO = '0'.charCodeAt(0)

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/

const DAY = 86_400

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
const daysOf = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

const formatSeconds = (seconds: number): string => {
  const z = Math.floor(seconds / DAY) + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const s = seconds - Math.floor(seconds / DAY) * DAY
  const date = [pad(year, 4), pad(month, 2), pad(day, 2)].join('-')
  const time = [pad(Math.floor(s / 3600), 2), pad(Math.floor(s / 60) % 60, 2), pad(s % 60, 2)].join(':')
  return [date, time].join('T')
}

/** `2026-11-23T01:00:00.5Z` of microseconds since 1970. */
export const formatTime = (micros: Micros): string => {
  const seconds = Math.floor(micros / 1e6)
  const fraction = Math.floor(micros - seconds * 1e6)
  const base = formatSeconds(seconds)
  // A joined text is one block of memory; a concatenated one would keep its parts, and there are many times.
  return [base, fraction === 0 ? '' : `.${pad(fraction, 6).replace(/0+$/, '')}`, 'Z'].join('')
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isDate = (year: number, month: number, day: number): boolean => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0))
}

/** The number that the two digits at a place are. */
const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528

/** The digits behind the point, up to a place, without zeros at their end. */
const fractionDigits = (text: string, to: number): string => {
  let end = to
  while (end > 20 && text.charCodeAt(end - 1) === ZERO) end--
  return text.slice(20, end)
}

/** The moment that an RFC 3339 text names, or undefined for any other text or a date that does not exist. */
export const parseTime = (text: string): Moment | undefined => {
  if (!RFC3339.test(text)) return undefined
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  const hour = two(text, 11)
  const minute = two(text, 14)
  const second = two(text, 17)
  if (hour > 23 || minute > 59 || second > 59 || !isDate(year, month, day)) return undefined
  const isUtc = text.endsWith('Z') || text.endsWith('z')
  const end = text.length - (isUtc ? 1 : 6)
  const zone = isUtc ? 0 : (text[end] === '-' ? -1 : 1) * (two(text, end + 1) * 3600 + two(text, end + 4) * 60)
  const seconds = daysOf(year, month, day) * DAY + hour * 3600 + minute * 60 + second - zone
  const digits = fractionDigits(text, Math.min(end, 29))
  const micros = seconds * 1e6 + (digits === '' ? 0 : Number(digits.padEnd(6, '0').slice(0, 6)))
  const fraction = digits === '' ? '' : `.${digits}`
  const isSpelled = text.endsWith('Z') && text[10] === 'T'
  if (isSpelled && text.length === 20 + fraction.length) return { micros, text }
  return { micros, text: [isSpelled ? text.slice(0, 19) : formatSeconds(seconds), fraction, 'Z'].join('') }
}

/** Orders RFC 3339 texts in UTC, as `parseTime` spells them, by their microseconds. */
export const compareTimes = (a: string, b: string): number => {
  if (a === b) return 0
  const [first, second] = [a.slice(0, 19), b.slice(0, 19)]
  return first < second ? -1 : first > second ? 1 : fractionOf(a) - fractionOf(b)
}

const fractionOf = (text: string): number => Number(text.slice(20, -1).slice(0, 6).padEnd(6, '0'))

/** The moment at these microseconds. */
export const momentAt = (micros: Micros): Moment => ({ micros, text: formatTime(micros) })

const UNITS: Readonly<Record<string, number>> = { ms: 1e3, s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 }

/** Microseconds of `90s`, `2h`, `1h30m`, `-30d`, `1.5h`, `250ms`; undefined for any other text. */
export const parseDuration = (text: string): Micros | undefined => {
  const m = /^([+-]?)((?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)$/.exec(text)
  if (m === null) return undefined
  let total = 0
  for (const [, n, unit] of m[2]!.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) total += Number(n) * UNITS[unit!]!
  return Math.round(m[1] === '-' ? -total : total)
}

/** The moment of `now`, a signed duration such as `-2h`, or an RFC 3339 text, seen from `now`. */
export const resolveTime = (text: string, now: Micros): Moment | undefined => {
  if (text === 'now') return momentAt(now)
  if (/^[+-]/.test(text)) {
    const by = parseDuration(text)
    return by === undefined ? undefined : momentAt(now + by)
  }
  return parseTime(text)
}

const [EARLIEST, LATEST] = [-62_135_596_800e6, 253_402_300_799e6]

/** Milliseconds since 1970 of a `Date`, from whatever realm; undefined for what is none, or says no time. */
export const dateMillis = (value: unknown): number | undefined => {
  if (Object.prototype.toString.call(value) !== '[object Date]') return undefined
  const millis = (value as Date).getTime()
  return Number.isFinite(millis) ? millis : undefined
}

/** Whether a clock can be set to a time. */
export const isClockTime = (micros: Micros): boolean => micros >= EARLIEST && micros <= LATEST

/** The moment at these microseconds, or the nearest one that has a year from 0001 to 9999. */
export const writableMoment = (micros: Micros): Moment => momentAt(Math.min(Math.max(micros, EARLIEST), LATEST))

/** Whether RFC 3339, and Go, have a way to write a moment: a year from 0001 to 9999. */
export const isWritable = ({ micros, text }: Moment): boolean =>
  // At either end a double rounds away the last microsecond, which the text has.
  micros >= EARLIEST && micros <= LATEST + 1e6 && text[4] === '-' && !text.startsWith('0000')

/** As far apart as two rows may be for the newer one to be put behind the other. */
const NEAR = 1e6

/** A time to sort by that no newer row has yet, so that lists show the order of what happened while the clock stands still. */
export const orderOf = (now: Micros, newest: Micros | undefined): Micros =>
  newest !== undefined && newest >= now && newest < now + NEAR ? newest + 1 : now
