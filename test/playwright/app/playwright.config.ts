import { defineConfig } from '@playwright/test'
import type { OryWorkerFixtures } from 'ory-identities-mock/playwright'

export default defineConfig<object, OryWorkerFixtures>({
  testMatch: '*.case.ts',
  // What is built already needs no transpiling.
  build: { external: ['**/dist/**'] },
  outputDir: process.env['OUTPUT_DIR'] ?? 'test-results',
  workers: 1,
  reporter: 'line',
  projects: [
    {
      name: 'own mock',
      testIgnore: 'running.case.ts',
      use: {
        oryMock: {
          seed: [{ traits: { email: 'ada@example.com' } }, { traits: { email: 'bo@example.com' } }],
          now: '2026-11-23T01:00:00Z',
        },
      },
    },
    {
      name: 'mock that runs',
      testMatch: 'running.case.ts',
      use: { oryMock: process.env['ORY_MOCK_URL'] ?? '' },
    },
  ],
  use: {
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
})
