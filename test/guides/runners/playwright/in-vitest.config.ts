import { defineConfig } from 'vitest/config'

/** Runs the examples for Playwright, whose API they share with Vitest, without its browsers. */
export default defineConfig({
  test: { include: ['runners/playwright/*.spec.mjs'], alias: { '@playwright/test': 'vitest' } },
})
