import { defineConfig } from 'vitest/config'

const without = process.env['WITHOUT_SETUP'] !== undefined

export default defineConfig({
  test: { include: ['*.case.ts'], globalSetup: without ? [] : ['./counting-setup.ts'], testTimeout: 30_000 },
})
