import { createHash } from 'node:crypto'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What runs for long however short its file is: it starts programs, or replays recordings. */
const LONG = /test\/(?:vitest|guides|playwright|package|clients|elements|recordings|cli|soak|ui)\//

/** The long files come first, so that none of them runs alone at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { shuffle, seed } = this.ctx.config.sequence
    const orderOf = ({ moduleId }: TestSpecification): string =>
      shuffle === true
        ? createHash('sha1').update(`${seed} ${moduleId}`).digest('hex')
        : LONG.test(moduleId)
          ? '0'
          : '1'
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : orderOf(a) > orderOf(b) ? 1 : 0))
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    // Vitest leaves one core alone, which is half of a small machine.
    maxWorkers: '100%',
    // A process runs many files, and imports the mock once for all of them. What a test changes is put back.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    sequence: { sequencer: LongFirst },
    // A machine may be busy with much else, and a virtual one stand still for half a minute.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 45_000 } },
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary'] },
  },
})
