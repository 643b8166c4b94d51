// #region jest-config
export default { globalSetup: './ory.setup.mjs', globalTeardown: './ory.teardown.mjs' }
// #endregion
