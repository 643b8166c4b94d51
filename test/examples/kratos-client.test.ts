import { Configuration, IdentityApi, type Session } from '@ory/kratos-client'
import { startMock } from 'ory-identities-mock'
import { expect, test } from 'vitest'

test('the Kratos client reads every page of the sessions, revokes one, and is told why it may not', async () => {
  await using ory = await startMock({
    port: 0,
    token: 'secret',
    seed: { identities: [{ traits: {}, sessions: ['active', 'active', 'aal2', 'expired', 'revoked'] }] },
  })
  const api = new IdentityApi(
    new Configuration({ basePath: ory.url, baseOptions: { headers: { authorization: 'Bearer secret' } } }),
  )
  const { data: people } = await api.listIdentities()
  const id = people[0]!.id

  const sessions: Session[] = []
  for (let page: number | undefined = 0; page !== undefined;) {
    const { data, headers } = await api.listIdentitySessions({ id, perPage: 2, page })
    expect(headers['x-total-count']).toBe('5')
    sessions.push(...data)
    const next = /[?&]page=(\d+)[^>]*>; rel="next"/.exec(String(headers['link']))?.[1]
    page = next === undefined ? undefined : Number(next)
  }
  expect(new Set(sessions.map((session) => session.id)).size).toBe(5)

  const alive = async () => (await api.listIdentitySessions({ id, active: true })).data
  const [first, ...others] = await alive()
  expect((await api.disableSession({ id: first!.id })).status).toBe(204)
  expect((await alive()).map((session) => session.id)).toEqual(others.map((session) => session.id))

  const stranger = new IdentityApi(new Configuration({ basePath: ory.url }))
  await expect(stranger.listIdentities()).rejects.toMatchObject({
    response: { status: 401, data: { error: { code: 401 } } },
  })
})
