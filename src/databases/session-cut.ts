import { textOf, type Bytes } from '../go/bytes.ts'
import { ownMember } from '../model/json.ts'
import { formatTime, parseTime, type Micros } from '../model/time.ts'
import { badBytes } from './bytes.ts'
import { encodingError, postgresError } from './postgres.ts'
import { refuseList } from './refusal.ts'

/**
 * Where a page of `GET /admin/sessions` starts, as the database reads the `created_at` of its token: behind all
 * that was created at `created` or later, ties by their id included where they are found; or, where it compares
 * texts, by the order of these.
 */
export type SessionCut = { readonly created: Micros; readonly hasTies: boolean } | { readonly text: string }

const NOTHING: SessionCut = { created: -Infinity, hasTies: true }
const at = (created: Micros): SessionCut => ({ created, hasTies: true })

/** SQLite compares texts. One that looks like its own, without the offset, is behind none of a tie. */
export const sqliteCut = (time: Bytes): SessionCut => {
  const own = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{0,5}[1-9])?$/.test(time)
  // The column is a numeric one to SQLite, and numbers come before texts.
  if (/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(time)) return NOTHING
  const moment = own ? parseTime(`${time.replace(' ', 'T')}Z`) : undefined
  return moment === undefined ? { text: textOf(time) } : { created: moment.micros, hasTies: false }
}

/** A creation as the text that SQLite keeps of it. */
export const sqliteText = (created: Micros): string => `${formatTime(created).replace('T', ' ').slice(0, -1)}+00:00`

const DAY = 86_400e6

const WORDS: Readonly<Record<string, (now: Micros) => Micros>> = {
  now: (now) => now,
  'now()': (now) => now,
  today: (now) => Math.floor(now / DAY) * DAY,
  tomorrow: (now) => Math.floor(now / DAY + 1) * DAY,
  yesterday: (now) => Math.floor(now / DAY - 1) * DAY,
  epoch: () => 0,
  infinity: () => Infinity,
  '-infinity': () => -Infinity,
}

const ZONE = String.raw`(?:Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2}){0,2})?`
const POSTGRES = new RegExp(
  String.raw`^\s*(\d{3,4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?\s*${ZONE}[\s'",;]*$`,
  'i',
)

/** The microseconds of the parts of a time, without what is beyond them; undefined for a time that there is not. */
const microsOf = (parts: readonly (string | undefined)[], fraction: Micros): Micros | undefined => {
  const [year, month, day, hour = '0', minute = '0', second = '0'] = parts
  const two = (text: string): string => text.padStart(2, '0')
  const date = parseTime(`${year!.padStart(4, '0')}-${two(month!)}-${two(day!)}T00:00:00Z`)
  const clock = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  if (date === undefined || Number(year) === 0 || Number(minute) > 59 || Number(second) > 60) return undefined
  return clock > 86_400 || Number(hour) > 24 ? undefined : date.micros + clock * 1e6 + fraction
}

const postgresMicros = (text: string, now: Micros): Micros | 'no time' | 'out of range' => {
  const word = ownMember(WORDS, text.trim().toLowerCase())
  if (word !== undefined) return word(now)
  // Digits alone are a date of eight; the shortest are no date at all.
  const digits = /^\s*(\d+)\s*$/.exec(text)?.[1]
  const written = digits?.length === 8 ? digits.replace(/^(....)(..)(..)$/, '$1-$2-$3') : text
  if (digits !== undefined && digits.length !== 8)
    return digits.length > 4 || digits === '0' ? 'out of range' : 'no time'
  const found = POSTGRES.exec(written)
  if (found === null) return 'no time'
  const fraction = Number(`0.${found[7] ?? ''}`) * 1e6
  // PostgreSQL rounds to the even one of two equally near.
  const whole = Math.floor(fraction)
  const nearest = fraction - whole === 0.5 ? whole + (whole % 2) : Math.round(fraction)
  return microsOf(found.slice(1, 7), nearest) ?? 'out of range'
}

/** PostgreSQL reads a timestamp. @throws KratosError 500 for what is none. */
export const postgresCut = (time: Bytes, now: Micros): SessionCut => {
  const bad = badBytes(time)
  if (bad !== undefined) return refuseList(encodingError(bad))
  const text = textOf(time)
  const micros = postgresMicros(text, now)
  if (micros === 'no time')
    return refuseList(postgresError(`invalid input syntax for type timestamp: "${text}"`, '22007'))
  if (micros === 'out of range')
    return refuseList(postgresError(`date/time field value out of range: "${text}"`, '22008'))
  return at(micros)
}
