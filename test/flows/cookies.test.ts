import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW, person } from '../support.ts'
import { Browser } from './client.ts'

const PASSWORD = 'correct horse battery staple'
const seed = { identities: [person(1, { credentials: { password: { config: { password: PASSWORD } } } })] }

test('cookies are set as configured, and those of a session with what it has of its own', async () => {
  const lines = async (more: object): Promise<readonly string[]> => {
    await using ory = await createMock({
      seed,
      now: NOW,
      config: { selfservice: { default_browser_return_url: 'http://127.0.0.1:4455/' }, ...more },
    })
    const browser = new Browser(ory, 'application/json')
    const { body, headers } = await browser.request('/self-service/login/browser')
    const csrf_token = body.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token')!.attributes.value!
    const fields = { csrf_token, method: 'password', identifier: 'p1@example.test', password: PASSWORD }
    const done = await browser.form(body.ui.action, fields)
    const all = [...headers.getSetCookie(), ...done.headers.getSetCookie()]
    return [...new Set(all.map((line) => line.replace(/^([a-z_]+?)(?:_[0-9a-f]{64})?=[^;]*/, '$1')))].toSorted()
  }
  const csrf = 'Max-Age=31536000; HttpOnly; SameSite=Lax'
  const lasting = 'Expires=Tue, 24 Nov 2026 00:59:59 GMT; Max-Age=86399; HttpOnly; SameSite='
  expect(await lines({})).toEqual([`csrf_token; Path=/; ${csrf}`, `ory_kratos_session; Path=/; ${lasting}Lax`])
  const cookies = { domain: '.example.com', path: '/p', same_site: 'Strict' }
  expect(await lines({ cookies, session: { cookie: { persistent: false } } })).toEqual([
    `csrf_token; Path=/p; Domain=example.com; ${csrf}`,
    'ory_kratos_session; Path=/p; Domain=example.com; HttpOnly; SameSite=Strict',
  ])
  const cookie = { name: 'shop', domain: 'app.example.com', path: '/app', same_site: 'None' }
  expect(await lines({ cookies, session: { cookie } })).toEqual([
    `csrf_token; Path=/p; Domain=example.com; ${csrf}`,
    `shop; Path=/app; Domain=app.example.com; ${lasting}None`,
  ])
})

test('whoami gives a browser its cookie anew once the session lasts longer', async () => {
  const selfservice = { flows: { login: { ui_url: 'http://127.0.0.1:4455/login' } } }
  await using ory = await createMock({ seed, now: NOW, profile: 'kratos-26.2', config: { selfservice } })
  const browser = new Browser(ory)
  const { flow, hidden } = await browser.open('login')
  await browser.form(flow.ui.action, {
    ...hidden,
    method: 'password',
    identifier: 'p1@example.test',
    password: PASSWORD,
  })
  const whoami = () => browser.request('/sessions/whoami')
  const { body, headers } = await whoami()
  expect(headers.getSetCookie()).toEqual([])
  await ory.clock.advance('2h')
  await ory.fetch(`${ory.url}/admin/sessions/${body.id}/extend`, { method: 'PATCH' })
  const [renewed, ...more] = (await whoami()).headers.getSetCookie()
  expect([renewed, more]).toEqual([expect.stringMatching(/^ory_kratos_session=.*Max-Age=86399;/), []])
  expect((await whoami()).headers.getSetCookie()).toEqual([])
})
