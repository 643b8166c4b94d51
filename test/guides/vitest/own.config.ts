import { defineConfig } from 'vitest/config'

/** The package as an installed one: imported as it is, by one worker for all files, since its start is what takes long. */
const shared = { isolate: false, testTimeout: 120_000, server: { deps: { external: [/\/dist\//] } } }

/** The examples for Vitest, and those for Jest and Playwright: it has the globals of the one and the API of the other. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: [
      { test: { ...shared, name: 'vitest', globalSetup: ['./ory.setup.ts'], include: ['vitest/*.case.ts'] } },
      {
        test: {
          ...shared,
          name: 'others',
          globals: true,
          globalSetup: ['./runners/in-vitest.setup.ts'],
          alias: { '@playwright/test': 'vitest' },
          include: ['runners/jest/*.test.js', 'runners/playwright/*.spec.mjs'],
        },
      },
    ],
  },
})
