// #region jest-setup
import { startMock } from 'ory-identities-mock'

export default async () => {
  globalThis.ory = await startMock({ port: 0, seed: './people.yaml', now: '2026-11-23T01:00:00Z' })
  process.env.ORY_MOCK_URL = globalThis.ory.url
}
// #endregion
