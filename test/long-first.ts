import { createHash } from 'node:crypto'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What runs for long however short its file is: it starts programs, or replays recordings. */
const LONG = /test\/(?:vitest|guides|playwright|package|clients|elements|recordings|cli|soak|ui)\//

/**
 * Whether files are to be shuffled. To a sequencer of one's own Vitest tells that of `--sequence.shuffle`, and nothing
 * of `--sequence.shuffle.files`.
 */
export const shufflesFiles = (shuffle: boolean | undefined, args: readonly string[]): boolean => {
  const own = args.findLast((arg) => /^--(?:no-)?sequence\.shuffle\.files(?:=|$)/.test(arg))
  if (own !== undefined) return !own.startsWith('--no-') && !own.endsWith('=false')
  const isOfTests = args.some((arg) => arg.startsWith('--sequence.shuffle.tests'))
  return shuffle === true && !isOfTests
}

/** A text by which a file is ordered: long ones first, or where they are shuffled by a seed. */
export const orderOf = (moduleId: string, seed: number | undefined): string => {
  if (seed !== undefined) return createHash('sha1').update(`${seed} ${moduleId}`).digest('hex')
  return LONG.test(moduleId) ? '0' : '1'
}

/** The long files come first, so that none of them runs alone at the end. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { sequence } = this.ctx.config
    const isShuffled = shufflesFiles(sequence.shuffle, process.argv)
    // Without one of its own Vitest tells none.
    const seed = isShuffled ? (sequence.seed ?? Date.now()) : undefined
    if (isShuffled && sequence.shuffle !== true) console.log(`Files are shuffled with --sequence.seed=${seed}`)
    const orders = new Map(files.map((file) => [file, orderOf(file.moduleId, seed)]))
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => (orders.get(a)! < orders.get(b)! ? -1 : orders.get(a)! > orders.get(b)! ? 1 : 0))
  }
}
