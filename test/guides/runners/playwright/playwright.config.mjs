// #region playwright-config
import { defineConfig } from '@playwright/test'

export default defineConfig({
  webServer: [
    {
      command: 'npx ory-identities-mock --port 4434 --seed ./people.yaml --now 2026-11-23T01:00:00Z',
      url: 'http://127.0.0.1:4434/_mock/health',
      reuseExistingServer: !process.env.CI,
    },
    // … and your application, with KRATOS_ADMIN_URL=http://127.0.0.1:4434
  ],
})
// #endregion
