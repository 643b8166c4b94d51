import type { Source } from './source.ts'
import { team } from './team.ts'

/** A path of a file, or what a file would hold. */
const sourceOf = async (seed: unknown): Promise<Source> =>
  typeof seed === 'string' || seed instanceof URL ? (await import('./read.ts')).readSource(seed) : { value: seed }

/**
 * The fixtures that a `seed` option names: a path, an object, an array of Kratos' own JSON, or an array of paths
 * and fixtures. Without one, the built-in team.
 */
export const sourcesOf = async (seed: unknown): Promise<readonly Source[]> => {
  if (seed === undefined) return [{ value: team }]
  const isWhole = (one: unknown): boolean =>
    typeof one === 'string' ||
    one instanceof URL ||
    Array.isArray(one) ||
    (typeof one === 'object' &&
      one !== null &&
      ('identities' in one || 'sessions' in one || 'generate' in one || 'schemas' in one) &&
      !('traits' in one))
  if (!Array.isArray(seed) || !seed.some(isWhole)) return [await sourceOf(seed)]
  // Among files and fixtures, what Kratos printed is a fixture of its own.
  return Promise.all(
    seed.map(async (one: unknown, index): Promise<Source> => {
      const source = isWhole(one) ? await sourceOf(one) : { value: [one] }
      return { ...source, among: { index, pasted: !isWhole(one) } }
    }),
  )
}
