import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { globalSetup: ['./ory.setup.ts'], include: ['vitest/*.case.ts'], testTimeout: 30_000 },
})
