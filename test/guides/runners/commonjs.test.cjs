// #region commonjs
const assert = require('node:assert/strict')
const { test } = require('node:test')
const { createMock } = require('ory-identities-mock')

test('a person who signs out has no session left', async () => {
  const ory = await createMock()
  try {
    const { identities } = await ory.seed({ identities: [{ traits: {}, sessions: ['active'] }] })
    const sessions = `/admin/identities/${identities[0].id}/sessions`
    await ory.fetch(sessions, { method: 'DELETE' })
    assert.deepEqual(await (await ory.fetch(sessions)).json(), [])
  } finally {
    await ory.close()
  }
})
// #endregion
