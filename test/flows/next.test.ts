import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person, uuid } from '../support.ts'
import { native } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const credentials = { password: { config: { password: PASSWORD } } }
const byPassword = { method: 'password', identifier: 'p1@example.test', password: PASSWORD }

const mock = (profile: 'documented' | 'kratos-next' | 'kratos-26.2') =>
  createMock({ seed: { identities: [person(1, { state: 'inactive', credentials })] }, now: NOW, profile })

test('who is inactive is told so in the form by the next release, and by an error before', async () => {
  for (const profile of ['documented', 'kratos-next'] as const) {
    await using ory = await mock(profile)
    const { status, body } = await native(ory).run('login', byPassword)
    expect([status, body.ui.messages?.map(({ id }) => id)]).toEqual([400, [4010011]])
    expect(await (await ory.fetch(`/admin/identities/${uuid(1)}/sessions`)).json()).toEqual([])
  }
  await using ory = await mock('kratos-26.2')
  expect((await native(ory).run('login', byPassword)).status).toBe(401)
})

test('a number is verified as an address is by the next release, and no address before', async () => {
  const messages = async (profile: 'kratos-next' | 'kratos-26.2'): Promise<unknown> => {
    await using ory = await mock(profile)
    const { status, body } = await native(ory).run('verification', { method: 'code', email: '+49 30 123456' })
    return [status, body.state, body.ui.messages?.map(({ id }) => id)]
  }
  expect(await messages('kratos-next')).toEqual([200, 'sent_email', [1080004]])
  expect(await messages('kratos-26.2')).toEqual([400, 'choose_method', undefined])
})

test("a project of another release goes to that release's page in the place of one that is not configured", async () => {
  await using ory = await createMock({ config: {}, profile: 'kratos-26.2' })
  await using next = await ory.project({ profile: 'kratos-next' })
  for (const [one, host] of [
    [ory, 'www.ory.sh'],
    [next, 'www.ory.com'],
  ] as const) {
    const flow = await one.fetch(`${one.publicUrl}/self-service/login/browser`, {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    })
    expect(new URL(flow.headers.get('location')!).host).toBe(host)
  }
})

test('who registers what another one has keeps the traits in the form', async () => {
  await using ory = await mock('kratos-next')
  const { status, body } = await native(ory).run('registration', {
    method: 'password',
    traits: { email: 'p1@example.test' },
    password: PASSWORD,
  })
  const email = body.ui.nodes.find(({ attributes }) => attributes.name === 'traits.email')
  expect([status, email?.attributes.value]).toEqual([400, 'p1@example.test'])
})
