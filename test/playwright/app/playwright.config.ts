import { defineConfig } from '@playwright/test'
import type { OryWorkerFixtures } from 'ory-identities-mock/playwright'

export default defineConfig<object, OryWorkerFixtures>({
  testMatch: '*.case.ts',
  outputDir: process.env['OUTPUT_DIR'] ?? 'test-results',
  workers: 1,
  reporter: 'line',
  use: {
    oryMock: process.env['ORY_MOCK_URL'] ?? {
      seed: [{ traits: { email: 'ada@example.com' } }, { traits: { email: 'bo@example.com' } }],
      now: '2026-11-23T01:00:00Z',
    },
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
})
