import { isObject } from '../model/json.ts'
import type { Pointer } from '../model/flaw.ts'
import { FixtureError } from '../seed/problem.ts'
import { stampsOf, type Source } from '../seed/source.ts'
import type { Sources } from './given.ts'
import { ConfigRefused } from './refused.ts'

/** Objects are merged, whatever else there is is replaced (knadh/koanf, maps.Merge). */
const merged = (under: unknown, over: unknown): unknown => {
  if (!isObject(under) || !isObject(over)) return over
  const all = new Map(Object.entries(under))
  for (const [key, value] of Object.entries(over)) all.set(key, all.has(key) ? merged(all.get(key), value) : value)
  return Object.fromEntries(all)
}

const sourceOf = (sources: readonly Source[], pointer: Pointer): Source => {
  let among = sources.map((source) => ({ source, value: source.value }))
  for (const key of pointer) {
    const inner = among.flatMap(({ source, value }) =>
      isObject(value) && Object.hasOwn(value, key) ? [{ source, value: value[key] }] : [],
    )
    const last = inner.at(-1)
    if (last === undefined) break
    among = isObject(last.value) ? inner : [last]
  }
  return among.at(-1)!.source
}

const readOne = async (given: unknown): Promise<Source> => {
  if (typeof given !== 'string' && !(given instanceof URL)) return { value: given }
  try {
    return await (await import('../seed/read.ts')).readSource(given)
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error
    throw new ConfigRefused(
      error.problems.map(({ message }) => message),
      error.count,
    )
  }
}

/** @param given a path, a configuration, or an array of these. @throws ConfigRefused for a file that cannot be read. */
export const readSources = async (given: unknown): Promise<Sources> => {
  const sources = await Promise.all((Array.isArray(given) ? given : [given]).map(readOne))
  const values = sources.map(({ value }) => value)
  // What is no object is refused as it is.
  const wrong = values.find((value) => !isObject(value))
  return {
    value: sources.length > 1 && wrong !== undefined ? wrong : values.reduce(merged),
    files: sources.flatMap(({ file }) => file ?? []),
    looked: stampsOf(sources),
    sourceOf: (pointer) =>
      wrong === undefined ? sourceOf(sources, pointer) : sources.find(({ value }) => value === wrong)!,
  }
}

/** The folder of the file that a part comes from. */
export const folderOf = (sources: Sources, pointer: Pointer): string =>
  sources.sourceOf(pointer).file?.replace(/[^/\\]*$/, '') ?? '.'
