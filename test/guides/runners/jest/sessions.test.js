// #region jest-test
const call = async (method, url, body) => {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${url}: ${await response.text()}`)
  return response.status === 204 ? undefined : response.json()
}

const ADA = '9f425a8d-7efc-4768-8f23-7647a74fdf13'
let ory

beforeEach(async () => {
  ory = await call('POST', `${process.env.ORY_MOCK_URL}/_mock/projects`)
})
afterEach(async () => {
  await call('POST', `${ory.url}/_mock/faults/verify`)
  await call('DELETE', `${process.env.ORY_MOCK_URL}/_mock/projects/${ory.name}`)
})

test('an expired session is not active', async () => {
  const active = () => call('GET', `${ory.url}/admin/identities/${ADA}/sessions?active=true`)
  expect(await active()).toHaveLength(2)
  await call('POST', `${ory.url}/_mock/clock/advance`, { by: '11m' })
  expect(await active()).toHaveLength(1)
})
// #endregion
