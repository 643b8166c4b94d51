import { defineConfig } from 'vitest/config'

/** Runs the examples for Jest, whose globals Vitest has too. */
export default defineConfig({
  test: { include: ['runners/jest/*.test.js'], globals: true, globalSetup: ['./runners/jest/in-vitest.setup.ts'] },
})
