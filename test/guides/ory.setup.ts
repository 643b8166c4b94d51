// #region vitest-setup
import { setup } from 'ory-identities-mock/vitest/setup'

export default setup({
  seed: './people.yaml',
  now: '2026-11-23T01:00:00Z',
  profile: 'kratos-26.2',
})
// #endregion
