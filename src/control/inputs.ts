import type { ProjectOptions, TimeInput } from '../mock-interface.ts'
import { KratosError } from '../model/errors.ts'
import { sentencesOf, shown, type Pointer } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { anything, flag, made, object, word, type Kind, type KindsOf, type Parts } from '../model/kinds.ts'
import { hint } from '../model/nearest.ts'
import { plainVoice, Reader, told, type Voice } from '../model/reader.ts'
import { dateMillis, isClockTime, parseDuration, resolveTime, type Micros } from '../model/time.ts'
import { databaseNames, NO_DATABASE } from '../databases/database.ts'
import { profileOf } from '../profiles/profile.ts'
import { profile } from '../profiles/read-profile.ts'
import { checkName } from '../world/projects.ts'
import type { World } from '../world/world.ts'

/** The longest that a tester may wait: 4 minutes, since Node's `fetch` gives up on an answer after 5. */
const LONGEST_WAIT = 240_000

export const refuse = (reason: string, code = 400): KratosError => new KratosError(code, { reason })

const takes = (names: readonly string[]): string => `This takes ${names.join(' and ')}.`

const VOICE: Voice = {
  ...plainVoice(),
  member: (name, known) => told(`There is no ${JSON.stringify(name)} here. ${hint(name, known, takes(known))}`),
}

/** Reads what a tester gives. @throws KratosError 400 that says all that is wrong with it. */
export const readBy = <T>(kind: Pick<Kind<T>, 'read'>, value: unknown): T => {
  const reader = new Reader(VOICE)
  const read = kind.read(reader, value, [])
  if (reader.total > 0) throw refuse(sentencesOf(reader))
  return read!
}

/** A value by itself, refused in a sentence of its own. @param parse gives undefined for what it is not. */
const input = <T, In>(parse: (value: unknown) => T | undefined, refusal: (shown: string) => string): Kind<T, In> => ({
  schema: {},
  read: (reader, value, at) => parse(value) ?? reader.tell(at, () => told(refusal(shown(value, 100)))),
})

/** A time that a clock can be set to. */
const inRange = (time: Micros, reader: Reader, at: Pointer): Micros | undefined =>
  isClockTime(time)
    ? time
    : reader.tell(at, () => told('The clock goes from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, not further.'))

/** A time as a tester gives it: RFC 3339, relative to `now`, a Date, or milliseconds since 1970. */
const time = (now: Micros): Kind<Micros, TimeInput> => {
  const given = input<Micros, TimeInput>(
    (one) => {
      const value = dateMillis(one) ?? one
      if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value * 1e3)
      return typeof value === 'string' ? resolveTime(value, now)?.micros : undefined
    },
    (it) =>
      `${it} is no time: it takes RFC 3339 such as 2026-11-23T01:00:00Z, a relative time such as +2h or -90s, or ` +
      'milliseconds since 1970.',
  )
  return made(given, inRange)
}

const duration = input(
  (value) => {
    const by = typeof value === 'number' ? value * 1e3 : typeof value === 'string' ? parseDuration(value) : undefined
    return by !== undefined && Number.isFinite(by) ? Math.round(by) : undefined
  },
  (it) => `${it} is no duration: it takes a text such as 2h, -30m, 1h30m or 2d, or milliseconds.`,
)

/** Where a clock at `now` is after a duration as a tester gives it. @throws KratosError 400. */
export const readAdvance = (value: unknown, now: Micros): Micros =>
  readBy(
    made(duration, (by, reader, at) => inRange(now + by, reader, at)),
    value,
  )

/** Where a clock at `now` is set to, and whether it runs. @throws KratosError 400. */
export const readClock = (
  value: unknown,
  now: Micros,
): { readonly now?: Micros | undefined; readonly running?: boolean | undefined } => {
  const what = 'a JSON object with now and running'
  const read = readBy(object({ now: time(now), running: flag }, { what }), value)
  if (Object.keys(read).length > 0) return read
  throw refuse('A clock is set by "now", "running" or both.')
}

const timeout = input(
  (value) => (typeof value === 'number' && value >= 0 && value <= LONGEST_WAIT ? value : undefined),
  (it) => `${it} is no timeout: it takes milliseconds from 0 to ${LONGEST_WAIT}.`,
)

/** A time to wait in milliseconds. @throws KratosError 400. */
export const readTimeout = (value: unknown = 5000): number => readBy(timeout, value)

const snapshotId = input(
  (value) => (isObject(value) && typeof value['id'] === 'string' ? value['id'] : undefined),
  (it) => `A snapshot is what snapshot() gave, such as {"id":"snapshot-1"}, not ${it}.`,
)

/** The id of a snapshot as a tester gives it. @throws KratosError 400. */
export const readSnapshotId = (snapshot: unknown): string => readBy(snapshotId, snapshot)

const ruleId = input(
  (value) => {
    const id = isObject(value) ? value['id'] : value
    return typeof id === 'string' ? id : undefined
  },
  (it) => `A fault rule is removed by its id, or as add() gave it, not by ${it}.`,
)

/** The id of a fault rule as a tester gives it. @throws KratosError 400. */
export const readRuleId = (rule: unknown): string => readBy(ruleId, rule)

/** The options of a project that a tester gives: its name, or an object. */
const projectOptions = (options: unknown): unknown => (isObject(options) ? options : { name: options })

const projectKind = (now: Micros) =>
  object({
    name: anything,
    profile,
    database: word(databaseNames),
    seed: anything,
    now: time(now),
  } satisfies KindsOf<ProjectOptions>)

/** What a project starts from, with times from the clock of the mock that it is made in. @throws KratosError 400. */
export const readProject = (options: unknown, world: World): Parts<ReturnType<typeof projectKind>['members']> => {
  const read = readBy(projectKind(world.clock.now()), projectOptions(options))
  const { hasDatabase } = read.profile === undefined ? world.profile : profileOf(read.profile)
  if (read.database !== undefined && !hasDatabase) throw refuse(`database ${NO_DATABASE}.`)
  return read
}

/** The options of a project as they were given, for another process that reads them. @throws KratosError 400. */
export const readProjectOptions = (options: unknown): Partial<Readonly<Record<keyof ProjectOptions, unknown>>> => {
  const read = readFields(projectOptions(options), ['name', 'profile', 'database', 'seed', 'now'])
  if (read.name !== undefined) checkName(read.name)
  return read
}

/** An object that has no other properties than these. @throws KratosError 400 that names the nearest. */
export const readFields = <K extends string>(
  value: unknown,
  known: readonly K[],
): Partial<Readonly<Record<K, unknown>>> => {
  const members: Readonly<Record<string, typeof anything>> = Object.fromEntries(known.map((name) => [name, anything]))
  return readBy(object(members, { what: `a JSON object with ${known.join(' and ')}` }), value) as Partial<
    Record<K, unknown>
  >
}
