import { formatTime, parseTime, type Micros } from '../model/time.ts'

const PARTS = /^(.{19})(?:\.(\d+))?(?:Z|[+-]\d\d:\d\d)$/

/** As long as a time in UTC with six digits behind the second. */
const MICROSECONDS = 27
/** And one without any. */
const SECONDS = 20

/** A time as `timestamp without time zone` gives it back: digits behind the sixth are cut off, an offset is dropped. */
export const cutTime = (time: string): string => {
  if (time.length <= MICROSECONDS && time.endsWith('Z')) return time
  const [, clock, fraction = ''] = PARTS.exec(time)!
  const kept = fraction.slice(0, 6).replace(/0+$/, '')
  return `${clock}${kept === '' ? '' : `.${kept}`}Z`
}

export const roundMicros = (micros: Micros): Micros => Math.floor((micros + 500_000) / 1e6) * 1e6

/** A time as `datetime` gives it back: in UTC, whole seconds, rounded after the sixth digit was. */
export const roundTime = (time: string): string => {
  if (time.length === SECONDS && time.endsWith('Z')) return time
  const seventh = PARTS.exec(time)?.[2]?.[6] ?? '0'
  return formatTime(roundMicros(parseTime(time)!.micros + (seventh >= '5' ? 1 : 0)))
}
