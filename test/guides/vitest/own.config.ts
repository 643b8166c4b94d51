import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { globalSetup: ['./vitest/ory.setup.ts'], include: ['vitest/*.case.ts'] } })
