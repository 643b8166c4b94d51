import { expect, test } from 'vitest'
import type { Mock } from '../../src/index.ts'
import { ContinuityCookie } from '../../src/flows/continuity-cookie.ts'
import { describeTransports, NOW, person, uuid } from '../support.ts'
import { Browser, native } from './client.ts'

const UI = 'http://127.0.0.1:4455'
const PASSWORD = 'correct horse battery staple'
const FRESH = 'another good horse'
const of = (n: number) => person(n, { credentials: { password: { config: { password: PASSWORD } } } })
const options = { seed: { identities: [of(1), of(2)] }, now: NOW }
const COOKIE = 'ory_kratos_continuity'

/** A browser whose new password was sent when its session was too old, and where it was sent then. */
const stopped = async (ory: Mock) => {
  const browser = new Browser(ory)
  browser.cookies.set('ory_kratos_session', (await ory.signIn(uuid(1))).token)
  await ory.clock.advance('2h')
  const { flow, hidden } = await browser.open('settings')
  const form = { csrf_token: hidden['csrf_token']!, method: 'password', password: FRESH }
  const { location } = await browser.form(flow.ui.action, form)
  return { browser, action: flow.ui.action, form, location }
}

/** Signs in where a browser was sent to; @returns where it is sent then. */
const signIn = async (browser: Browser, location: string, identifier = 'p1@example.test', password = PASSWORD) => {
  const asked = await browser.request(location)
  const flow = await browser.flow(asked.location)
  const csrf_token = String(flow.ui.nodes.find(({ attributes }) => attributes.name === 'csrf_token')?.attributes.value)
  const form = { csrf_token, method: 'password', identifier, password }
  return (await browser.form(flow.ui.action, form)).location
}

const signsIn = async (ory: Mock, password: string): Promise<boolean> => {
  const form = { method: 'password', identifier: 'p1@example.test', password }
  return (await native(ory).run('login', form)).status === 200
}

describeTransports('a browser that has to sign in again', (start) => {
  test('goes on with the settings that it had sent', async () => {
    await using ory = await start(options)
    const { browser, action, location } = await stopped(ory)
    expect(browser.cookies.get(COOKIE)).toBeDefined()
    const back = await signIn(browser, location)
    expect(back).toBe(action)
    const saved = await browser.request(back)
    expect([saved.status, saved.location]).toEqual([303, expect.stringContaining(`${UI}/settings?flow=`)])
    expect((await browser.flow(saved.location)).ui.messages).toMatchObject([{ id: 1050001 }])
    expect([await signsIn(ory, PASSWORD), await signsIn(ory, FRESH)]).toEqual([false, true])
    // Once: who comes again sends nothing, by a method that sends nothing.
    const again = await browser.request(back)
    expect((await browser.flow(again.location)).ui.messages).toMatchObject([{ id: 4000001 }])
  })

  test('goes on with other traits, too', async () => {
    await using ory = await start(options)
    const { browser, action, form, location } = await stopped(ory)
    const traits = { method: 'profile', 'traits.email': 'new@example.test', csrf_token: form.csrf_token }
    await browser.form(action, traits)
    await browser.request(await signIn(browser, location))
    const { body } = await browser.request('/sessions/whoami')
    expect(body).toMatchObject({ identity: { traits: { email: 'new@example.test' } } })
  })

  test('goes on with nothing after a quarter of an hour', async () => {
    await using ory = await start(options)
    const { browser, location } = await stopped(ory)
    await ory.clock.advance('16m')
    await browser.request(await signIn(browser, location))
    expect(await signsIn(ory, FRESH)).toBe(false)
  })

  test('goes on with nothing once it began other settings', async () => {
    await using ory = await start(options)
    const { browser, location } = await stopped(ory)
    await browser.open('settings')
    await browser.request(await signIn(browser, location))
    expect(await signsIn(ory, FRESH)).toBe(false)
  })

  test.each(['once it went on', 'once it began other settings'])(
    'goes on with nothing by an old cookie %s',
    async (when) => {
      await using ory = await start(options)
      const { browser, action, location } = await stopped(ory)
      const old = browser.cookies.get(COOKIE)!
      const back = await signIn(browser, location)
      if (when === 'once it went on') await browser.request(back)
      else await browser.open('settings')
      const password = [{ op: 'replace', path: '/credentials/password/config', value: { hashed_password: '$2a$04$x' } }]
      const headers = { 'content-type': 'application/json' }
      const patched = { method: 'PATCH', headers, body: JSON.stringify(password) }
      expect((await ory.fetch(`/admin/identities/${uuid(1)}`, patched)).status).toBe(200)
      browser.cookies.set(COOKIE, old)
      await browser.request(action)
      expect(await signsIn(ory, FRESH)).toBe(false)
    },
  )

  test('is refused as somebody else', async () => {
    await using ory = await start(options)
    const { browser } = await stopped(ory)
    const other = new Browser(ory)
    other.cookies.set('ory_kratos_session', (await ory.signIn(uuid(2))).token)
    const { flow, hidden } = await other.open('settings')
    other.cookies.set(COOKIE, browser.cookies.get(COOKIE)!)
    const refused = await other.form(flow.ui.action, { csrf_token: hidden['csrf_token']!, method: 'password' })
    const { body } = await other.request(`/self-service/errors?id=${new URL(refused.location).searchParams.get('id')}`)
    expect(body.error).toMatchObject({ code: 403, reason: expect.stringContaining('initiated by another person') })
    expect(await signsIn(ory, FRESH)).toBe(false)
  })

  test('is a script that sends its settings anew', async () => {
    await using ory = await start(options)
    const { browser, action, form, location } = await stopped(ory)
    await signIn(browser, location)
    const headers = { accept: 'application/json', 'content-type': 'application/json' }
    const sent = await browser.request(action, { method: 'POST', headers, body: JSON.stringify(form) })
    expect([sent.status, sent.body.state]).toEqual([200, 'success'])
  })
})

test.each([{ password: 5 }, { password: { id: 1 } }, { password: [''] }, [], ['password'], 'x', null, 7])(
  'a cookie that a browser made of %j holds nothing',
  (held) => {
    const sent = `${COOKIE}=${Buffer.from(JSON.stringify(held)).toString('base64url')}`
    expect(new ContinuityCookie(sent, () => {}).get('password')).toBeUndefined()
  },
)
