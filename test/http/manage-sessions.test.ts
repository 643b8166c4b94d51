import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describeDoors } from '../mock/doors.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const seed = {
  identities: [person(1), person(2, { state: 'inactive' })],
  sessions: [
    sessionOf(1, 0),
    sessionOf(1, 1, { active: false }),
    sessionOf(1, 2, { expires_at: '2026-11-23T00:00:00Z' }),
    sessionOf(2, 0),
  ],
}

const manage = async (ory: Mock, body: unknown): Promise<readonly [status: number, body: unknown]> => {
  const response = await ory.fetch(`${ory.url}/admin/sessions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return [response.status, await response.json()]
}

const left = async (ory: Mock): Promise<readonly string[]> => {
  const all: readonly { readonly id: string; readonly active: boolean }[] = await (
    await ory.fetch(`${ory.url}/admin/sessions`)
  ).json()
  return all.map(({ id, active }) => `${Number(id.slice(-5))}${active ? '' : ' inactive'}`)
}

describeDoors('many sessions at once', (start) => {
  test.each([
    ['those of an identity, of which the active ones count', { action: 'disable', identities: [uuid(1), uuid(1)] }, 2],
    ['those that are named, once each', { action: 'disable', sessions: [uuid(10_000), uuid(20_000), uuid(10_000)] }, 2],
    ['none for ids that nothing has', { action: 'disable', sessions: [uuid(7)] }, 0],
    ['all of them', { action: 'disable', identities: ['*'] }, 3],
  ])('are disabled: %s', async (_what, body, processed) => {
    await using ory = await start({ seed, now: NOW })
    expect(await manage(ory, body)).toEqual([200, { processed, more: false }])
    expect(await left(ory)).toHaveLength(4)
    expect(await manage(ory, body)).toEqual([200, { processed: 0, more: false }])
  })

  test.each([
    ['those of identities', { action: 'delete', identities: [uuid(1)] }, 3, ['20000 inactive']],
    ['all of them', { action: 'delete', identities: ['*'] }, 4, []],
  ])('are deleted, whatever their state: %s', async (_what, body, processed, rest) => {
    await using ory = await start({ seed, now: NOW })
    await manage(ory, { action: 'disable', identities: [uuid(2)] })
    expect(await manage(ory, body)).toEqual([200, { processed, more: false }])
    expect(await left(ory)).toEqual(rest)
  })

  test('can be 500 by their ids and no more, and none is touched where one id is wrong', async () => {
    await using ory = await start({ seed, now: NOW })
    const many = Array.from({ length: 500 }, (_, n) => uuid(10_000 + n))
    const [status, answer] = await manage(ory, { action: 'delete', sessions: [...many, uuid(1)] })
    expect([status, JSON.stringify(answer)]).toEqual([400, expect.stringContaining('at most 500 IDs')])
    expect((await manage(ory, { action: 'delete', sessions: [uuid(10_000), 'x'] }))[0]).toBe(400)
    expect(await left(ory)).toHaveLength(4)
    expect(await manage(ory, { action: 'delete', sessions: many })).toEqual([200, { processed: 3, more: false }])
  })
})

test('all sessions go 5,000 a call, and each call says whether more may be there', async () => {
  await using ory = await createMock({
    seed: { identities: [person(1)], sessions: Array.from({ length: 5001 }, () => ({ identity_id: uuid(1) })) },
    now: NOW,
    profile: 'kratos-next',
  })
  const everything = { action: 'delete', identities: ['*'] }
  expect(await manage(ory, everything)).toEqual([200, { processed: 5000, more: true }])
  expect(await manage(ory, everything)).toEqual([200, { processed: 1, more: false }])
})

describe('a release before the next one', () => {
  test.each(['kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const)('%s lets nobody POST there', async (profile) => {
    await using ory = await createMock({ seed, now: NOW, profile })
    const response = await ory.fetch('/admin/sessions', { method: 'POST', body: '{}' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, expect.not.stringContaining('POST')])
  })
})

test.each([
  ['documented', true],
  ['kratos-next', true],
  ['kratos-26.2', false],
] as const)('the admin sessions of %s have the metadata that admins alone see: %s', async (profile, shows) => {
  await using ory = await createMock({
    seed: { identities: [person(1, { metadata_admin: { tier: 1 } })], sessions: [sessionOf(1, 0)] },
    now: NOW,
    profile,
  })
  for (const path of [
    '/admin/sessions?expand=identity',
    `/admin/identities/${uuid(1)}/sessions`,
    `/admin/sessions/${uuid(10_000)}?expand=identity`,
  ]) {
    const text = await (await ory.fetch(path)).text()
    expect([path, text.includes('"metadata_admin":{"tier":1}')]).toEqual([path, shows])
    expect([path, /"devices":(?:\[\]|null),"identity"/.test(text)]).toEqual([path, shows])
  }
  const whoami = await ory.fetch('/sessions/whoami', { headers: { 'x-session-token': 'ory_st_1_0' } })
  expect(await whoami.text()).not.toContain('metadata_admin')
})
