import type { TextOf } from '../go/json-places.ts'
import { refuse } from './apply.ts'
import { isFixture, isPrinted } from './forms.ts'
import { FILE, mapSchemas } from './schemas.ts'
import { entriesOf, withoutSchemaName } from '../model/json.ts'
import type { Source } from './source.ts'
import { team } from './team.ts'

const namesFiles = (value: unknown): boolean => {
  let found = false
  mapSchemas(value, (schema) => {
    found ||= typeof schema === 'string' && schema.startsWith(FILE)
    return schema
  })
  return found
}

/** What has no members of its own would pass for a fixture that asks for nothing: a promise, a map, a date. */
const isContainer = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !/^\[object (?:Object|Array)\]$/.test(Object.prototype.toString.call(value))

const refuseContainer = (value: object): Promise<void> => {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1)
  const hint = kind === 'Promise' ? ' (is an await missing?)' : ''
  return refuse([
    [{ value }, { pointer: [], expected: 'a fixture, a path, or an array of these', found: `a ${kind}${hint}` }],
  ])
}

/** A path of a file, or what a file would hold, whose `file://` schemas count from the working directory. */
const sourceOf = async (given: unknown, from: 'here' | 'afar', textOf?: TextOf): Promise<Source> => {
  if (typeof given === 'string' || given instanceof URL) return (await import('./read.ts')).readSource(given)
  if (isContainer(given)) await refuseContainer(given as object)
  const seed = withoutSchemaName(given)
  if (from === 'afar' || !namesFiles(seed)) return { value: seed, textOf }
  return (await import('./read.ts')).withSchemaFiles({ value: seed }, '.')
}

/**
 * The fixtures that a `seed` option names: a path, an object, an array of Kratos' own JSON, or an array of paths
 * and fixtures. Without one, the built-in team.
 * @param from what comes from another process names no files here.
 * @param textOf how it was spelled, where it was JSON.
 */
export const sourcesOf = async (
  seed: unknown,
  from: 'here' | 'afar' = 'here',
  textOf?: TextOf,
): Promise<readonly Source[]> => {
  if (seed === undefined) return [{ value: team, isTeam: true }]
  const isWhole = (one: unknown): boolean =>
    typeof one === 'string' ||
    one instanceof URL ||
    withoutSchemaName(one) !== one ||
    (Array.isArray(one) ? one.every(isPrinted) : isFixture(one) && entriesOf(one).length > 0)
  if (!Array.isArray(seed) || !seed.some(isWhole)) return [await sourceOf(seed, from, textOf)]
  // Among files and fixtures, what Kratos printed is a fixture of its own.
  return Promise.all(
    seed.map(async (one: unknown, index): Promise<Source> => {
      const pasted = !isWhole(one)
      const own: TextOf | undefined = textOf && ((pointer) => textOf([index, ...pointer.slice(pasted ? 1 : 0)]))
      const source = await sourceOf(pasted ? [one] : one, from, own)
      return { ...source, among: { index, pasted } }
    }),
  )
}
