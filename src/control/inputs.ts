import { KratosError } from '../model/errors.ts'
import { isObject } from '../model/json.ts'
import type { ProjectOptions } from '../mock-interface.ts'
import { nearest } from '../model/nearest.ts'
import type { ProfileOption } from '../profiles/profile.ts'
import { isProfileFlaw, readProfile } from '../profiles/read-profile.ts'
import { parseDuration, parseTime, resolveTime, type Micros } from '../model/time.ts'

/** What the times of Kratos' JSON can say. */
const EARLIEST = parseTime('0001-01-01T00:00:00Z')!.micros
const LATEST = parseTime('9999-12-31T23:59:59Z')!.micros

/** The longest that a tester may wait: 4 minutes, since Node's `fetch` gives up on an answer after 5. */
const LONGEST_WAIT = 240_000

export const refuse = (reason: string, code = 400): KratosError => new KratosError(code, { reason })

/** A value as a message shows it. */
export const shown = (value: unknown): string => {
  let json: string | undefined
  try {
    json = JSON.stringify(value)
  } catch {
    // Nested too deeply, or in itself.
  }
  return json === undefined ? typeof value : json.length > 100 ? `${json.slice(0, 100)}…` : json
}

const inRange = (time: Micros): Micros => {
  if (time >= EARLIEST && time <= LATEST) return time
  throw refuse('The clock goes from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, not further.')
}

const isDate = (value: unknown): value is Date => Object.prototype.toString.call(value) === '[object Date]'

/** A time as a tester gives it: RFC 3339, relative to `now`, a Date, or milliseconds since 1970. @throws KratosError 400. */
export const readTime = (given: unknown, now: Micros): Micros => {
  const value = isDate(given) ? given.getTime() : given
  if (typeof value === 'number' && Number.isFinite(value)) return inRange(Math.round(value * 1e3))
  const time = typeof value === 'string' ? resolveTime(value, now) : undefined
  if (time !== undefined) return inRange(time.micros)
  throw refuse(
    `${shown(value)} is no time: it takes RFC 3339 such as 2026-11-23T01:00:00Z, a relative time such as +2h or -90s, ` +
      'or milliseconds since 1970.',
  )
}

/** Where a clock at `now` is after a duration as a tester gives it. @throws KratosError 400. */
export const readAdvance = (value: unknown, now: Micros): Micros => {
  const by = typeof value === 'number' ? value * 1e3 : typeof value === 'string' ? parseDuration(value) : undefined
  if (by !== undefined && Number.isFinite(by)) return inRange(now + Math.round(by))
  throw refuse(`${shown(value)} is no duration: it takes a text such as 2h, -30m or 1h30m, or milliseconds.`)
}

/** A time to wait in milliseconds. @throws KratosError 400. */
export const readTimeout = (value: unknown = 5000): number => {
  if (typeof value === 'number' && value >= 0 && value <= LONGEST_WAIT) return value
  throw refuse(`${shown(value)} is no timeout: it takes milliseconds from 0 to ${LONGEST_WAIT}.`)
}

/** The id of a snapshot as a tester gives it. @throws KratosError 400. */
export const readSnapshotId = (snapshot: unknown): string => {
  const id = typeof snapshot === 'object' && snapshot !== null && 'id' in snapshot ? snapshot.id : undefined
  if (typeof id === 'string') return id
  throw refuse(`A snapshot is what snapshot() gave, such as {"id":"snapshot-1"}, not ${shown(snapshot)}.`)
}

/** A profile as a tester gives it. @throws KratosError 400. */
export const readProfileOption = (value: unknown): ProfileOption => {
  const read = readProfile(value)
  if (isProfileFlaw(read)) throw refuse(`${['profile', ...read.path].join('.')} ${read.message}.`)
  return read
}

/** The options of a project as a tester gives them: its name, or an object. @throws KratosError 400. */
export const readProjectOptions = (options: unknown): Partial<Readonly<Record<keyof ProjectOptions, unknown>>> =>
  isObject(options) ? readFields(options, ['name', 'profile', 'seed', 'now']) : { name: options }

/** An object that has no other properties than these. @throws KratosError 400 that names the nearest. */
export const readFields = <K extends string>(
  value: unknown,
  known: readonly K[],
): Partial<Readonly<Record<K, unknown>>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(`This takes a JSON object with ${known.join(' and ')}, not ${shown(value)}.`)
  }
  for (const key of Object.keys(value)) {
    if (known.some((one) => one === key)) continue
    const near = nearest(key, known)
    throw refuse(
      `There is no ${JSON.stringify(key)} here. ${near === undefined ? `This takes ${known.join(' and ')}.` : `Did you mean ${near}?`}`,
    )
  }
  return value
}
