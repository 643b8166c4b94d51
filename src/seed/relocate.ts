import { isObject } from '../model/json.ts'
import { refuse } from './apply.ts'
import { partsOf } from '../model/flaw.ts'
import type { Source } from './source.ts'

/**
 * Refuses fixtures for what another process found wrong with their values, with the places that this one knows.
 * @param problems as `/_mock/seed` lists them; of several values each pointer begins with the value's index.
 * @throws FixtureError, unless these are no problems of a fixture.
 */
export const refuseAsElsewhere = async (sources: readonly Source[], problems: unknown): Promise<void> => {
  if (!Array.isArray(problems)) return
  await refuse(
    problems.flatMap((problem: unknown) => {
      if (!isObject(problem)) return []
      const { pointer, expected, found } = problem
      if (typeof pointer !== 'string' || typeof expected !== 'string' || typeof found !== 'string') return []
      const [index, ...rest] = partsOf(pointer)
      const source = sources.length === 1 ? sources[0] : sources[Number(index)]
      if (source === undefined) return []
      return [[source, { pointer: sources.length === 1 ? partsOf(pointer) : rest, expected, found }] as const]
    }),
  )
}
