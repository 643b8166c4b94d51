// #region playwright-fixture
import { test as base } from '@playwright/test'
import { connect } from 'ory-identities-mock'

export const test = base.extend({
  ory: async ({}, use) => {
    const ory = await connect(process.env.ORY_MOCK_URL ?? 'http://127.0.0.1:4434').project()
    await use(ory)
    await ory.faults.verify()
    await ory.close()
  },
})
// #endregion
