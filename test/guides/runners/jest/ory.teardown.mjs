// #region jest-teardown
export default () => globalThis.ory.close()
// #endregion
