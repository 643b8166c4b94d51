import { defineConfig } from 'vitest/config'
import { LongFirst } from './test/long-first.ts'

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
