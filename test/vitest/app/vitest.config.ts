import { defineConfig } from 'vitest/config'

/** The package as an installed one, which is imported as it is. */
const shared = { testTimeout: 120_000, server: { deps: { external: [/\/dist\//] } } }
const withSetup = { ...shared, globalSetup: ['./counting-setup.ts'] }

export default defineConfig({
  test: {
    projects: [
      ...(['forks', 'threads'] as const).map((pool) => ({
        test: { ...withSetup, name: pool, pool, include: ['isolation.case.ts', 'other-worker.case.ts'] },
      })),
      // A realm of its own, in which Node 20 lacks what `await using` asks for.
      { test: { ...withSetup, name: 'vmThreads', pool: 'vmThreads', include: ['isolation.case.ts'] } },
      { test: { ...withSetup, name: 'failing', include: ['failing.case.ts', 'verdicts.case.ts'] } },
      { test: { ...shared, name: 'without setup', include: ['unreached.case.ts', 'without-setup.case.ts'] } },
    ],
  },
})
