import { linesOf, MOST_PROBLEMS, pointerText, reasonOf, type Flaw, type Found } from '../model/flaw.ts'
import type { Sources } from './given.ts'

/** A configuration was refused whole. The message has a line for each part that is wrong. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused'
  /** Each with its place: a hundred at most. */
  readonly problems: readonly string[]
  /** How many there are. */
  readonly count: number

  constructor(problems: readonly string[], count: number) {
    super(linesOf(problems, count))
    this.problems = problems.slice(0, MOST_PROBLEMS)
    this.count = count
  }
}

const lineOf = async (sources: Sources, flaw: Flaw): Promise<readonly [order: number, line: string]> => {
  const source = sources.sourceOf(flaw.pointer)
  const { file } = source
  const place = await source.locate?.(flaw.pointer.map(String))
  const at = file === undefined ? [] : [place === undefined ? file : `${file}:${place.line}:${place.column}`]
  const what = [...at, pointerText(flaw.pointer) || 'The configuration'].join(' ')
  const order = file === undefined ? 0 : sources.files.indexOf(file)
  return [order * 1e12 + (place?.line ?? 0) * 1e6 + (place?.column ?? 0), `${what} ${reasonOf(flaw)}`]
}

/** Throws what is wrong with a configuration, in the order of its files. */
export const refuseConfig = async (sources: Sources, { first, count }: Found<Flaw>): Promise<void> => {
  if (count === 0) return
  const lines = await Promise.all(first.map((flaw) => lineOf(sources, flaw)))
  throw new ConfigRefused(
    lines.toSorted(([a], [b]) => a - b).map(([, line]) => line),
    count,
  )
}
