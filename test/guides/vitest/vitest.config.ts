// #region vitest-config
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { globalSetup: ['ory-identities-mock/vitest/setup'] },
})
// #endregion
