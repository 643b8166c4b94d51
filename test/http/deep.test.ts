import { expect, test } from 'vitest'
import { createMock, type Seed } from '../../src/index.ts'
import { native } from '../flows/client.ts'
import { person, uuid, withTrait } from '../support.ts'

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

const JSON_TYPE = { 'content-type': 'application/json' }

/** Deeper than functions may call themselves, near what Go reads, and past it. */
test.each([
  [2500, 200],
  [9900, 200],
  [10_100, 400],
])('traits of %d levels are a %d for whoever registers and changes them', async (levels, status) => {
  await using ory = await createMock({ seed: { identities: [person(1)] } })
  const app = native(ory)
  const submit = (action: string, fields: string, token?: string) =>
    ory.fetch(action, {
      method: 'POST',
      body: `{${fields}}`,
      headers: { ...JSON_TYPE, ...(token === undefined ? {} : { 'x-session-token': token }) },
    })
  const flow = (await app.get('/self-service/registration/api')).body
  const fields = (email: string): string =>
    `"method":"password","password":"Xy-88-qwe-zz!","traits":{"email":${email},"x":${nested(levels)}}`
  const wrong = await submit(flow.ui.action, fields('7'))
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.not.stringContaining('call stack')])
  const registered = await submit(flow.ui.action, fields('"deep@example.test"'))
  expect(registered.status).toBe(status)
  if (status !== 200) return
  const { session_token: token } = (await registered.json()) as { session_token: string }
  const settings = (await app.get('/self-service/settings/api', token)).body
  const deeper = nested(levels).replace('1', '2')
  const traits = `{"email":"deeper@example.test","x":${deeper}}`
  expect((await submit(settings.ui.action, `"method":"profile","traits":${traits}`, token)).status).toBe(200)
  expect((await (await ory.fetch('/admin/identities')).text()).includes(deeper)).toBe(true)
})

test.each(['documented', 'kratos-1.3', 'kratos-26.2'] as const)(
  'a patch may go as deep as Go reads, and no deeper, in %s',
  async (profile) => {
    await using ory = await createMock({ seed: { identities: [person(1)] }, profile })
    const patch = async (levels: number, part: string): Promise<number> => {
      const body = JSON.stringify([{ op: 'add', path: `/metadata_public${`/${part}`.repeat(levels)}`, value: 1 }])
      return (await ory.fetch(`/admin/identities/${uuid(1)}`, { method: 'PATCH', headers: JSON_TYPE, body })).status
    }
    expect([await patch(2500, 'a'), await patch(9900, 'b'), await patch(10_100, 'c')]).toEqual([200, 200, 400])
    expect([await patch(9900, '-'), await patch(10_100, '-')]).toEqual([400, 400])
  },
)

test.each([
  ['uniqueItems', { uniqueItems: true }, 201],
  ['enum', { enum: [[1]] }, 400],
  ['const', { const: [[1]] }, 400],
] as const)('%s compares values as deep as Go reads them', async (keyword, trait, status) => {
  await using ory = await createMock({ seed: { schemas: { default: withTrait(trait) } } as Seed })
  for (const value of [nested(9900), `${'['.repeat(9900)}${']'.repeat(9900)}`]) {
    const body = `{"traits":{"a":[1,${value}]}}`
    const answer = await ory.fetch('/admin/identities', { method: 'POST', headers: JSON_TYPE, body })
    expect([answer.status, await answer.text()]).toEqual([
      status,
      expect.stringContaining(status === 201 ? '"traits"' : `${keyword} failed`),
    ])
  }
})
