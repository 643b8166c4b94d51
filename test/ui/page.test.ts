import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text as textOfStream } from 'node:stream/consumers'
import type { ReadableStream } from 'node:stream/web'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import axe from 'axe-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startMock, type Mock, type MockOptions, type ProjectOptions } from '../../src/index.ts'
import { mailTo } from '../mail.ts'
import { EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'
import { isSignedIn } from '../guides/vitest/signed-in-before.ts'
import { executable, launch } from './chromium.ts'

if (executable === undefined) console.log('There is no Chromium on this machine: the tests of the page did not run.')

test.runIf(executable === undefined && (process.env['CI'] ?? '') !== '')(
  'there is a Chromium to test the page in',
  () => {
    expect.fail('Install one: apt-get install chromium, or npx playwright-core install chromium.')
  },
)

const SIZE = { width: 1280, height: 900 }

describe.runIf(executable !== undefined)('The page', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  /** Each test has a project of it: what the page is made of is loaded once. */
  let whole: Mock
  /** What should not be: errors of scripts, refusals of the policy, requests to anywhere else. */
  let wrong: string[]

  beforeAll(async () => {
    whole = await startMock({ port: 0, now: NOW })
    browser = await launch()
    context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: SIZE,
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(45_000)
    page = await context.newPage()
    page.on('pageerror', ({ message }) => wrong.push(message))
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) wrong.push(message.text())
    })
    page.on('request', (request) => {
      if (new URL(request.url()).hostname !== '127.0.0.1') wrong.push(request.url())
    })
  })

  afterAll(async () => {
    await browser.close()
    await whole.close()
  })

  beforeEach(() => {
    wrong = []
  })

  afterEach(() => {
    expect(wrong).toEqual([])
  })

  /** The page at an address, once its script has taken over what stands there. */
  const goTo = async (url: string): Promise<void> => {
    await page.goto(url)
    await page.locator('html:not([inert])').waitFor()
  }

  /** A project, and the page at a view of it. */
  const open = async (hash: string, options: ProjectOptions = {}): Promise<Mock> => {
    const ory = await whole.project({ seed: team, ...options })
    onTestFinished(() => ory.close())
    await goTo(`${ory.url}/_mock/ui${hash}`)
    return ory
  }

  /** A mock of its own, and the page at a view of it. */
  const openWhole = async (hash: string, options: MockOptions = {}): Promise<Mock> => {
    const ory = await startMock({ port: 0, now: NOW, seed: team, ...options })
    onTestFinished(() => ory.close())
    await goTo(`${ory.url}/_mock/ui${hash}`)
    return ory
  }

  const team = {
    identities: [1, 2, 3].map((n) => person(n)),
    sessions: [
      sessionOf(1, 1, { expires_at: '2026-11-23T01:30:00Z' }),
      sessionOf(1, 2, { active: false }),
      sessionOf(1, 3, { expires_at: '2026-11-23T00:30:00Z' }),
      sessionOf(2, 1),
    ],
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true, level: 1 })
  const view = async (name: string): Promise<void> => {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    await heading(name).waitFor()
  }
  const sessionRow = (id: string) => page.locator(`[data-session="${id}"]`)
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  const textOf = (css: string): Promise<string> => page.locator(css).innerText()

  /** How much wider than the window the page is. */
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  const copyAs = async (form: string): Promise<string> => {
    await button('Copy as').click()
    await page.getByRole('menuitem', { name: form, exact: true }).click()
    await page.getByText(`Copied: ${form}.`).waitFor()
    return clipboard()
  }

  /** What the title, the navigation and the address say once a view stands there. */
  const names = async (title: string): Promise<readonly string[]> => {
    await heading(title).waitFor()
    const current = await page.locator('nav [aria-current=page]').innerText()
    return [await page.title(), current, new URL(page.url()).hash]
  }
  const namesOf = (hash: string, title: string): readonly string[] => [
    `${title} · ory-identities-mock`,
    title,
    title === 'People' ? '#/people' : hash,
  ]

  test.each([
    ['', 'People'],
    ['#/requests', 'Requests'],
    ['#/nowhere', 'People'],
  ])('opens %s as %s', async (hash, title) => {
    await open(hash)
    expect(await names(title)).toEqual(namesOf(hash, title))
  })

  test('shows what its address says, and people where that says nothing', async () => {
    const ory = await open('#/people')
    for (const [hash, title] of [
      ['#/requests', 'Requests'],
      ['#/mail', 'Mail'],
      ['#/people', 'People'],
      ['#/faults', 'Faults'],
      ['#/nowhere', 'People'],
      ['#/pages', 'Pages'],
      ['#/people/not-an-id', 'People'],
      ['#/projects', 'Projects'],
      ['#/requests/1/2', 'People'],
    ] as const) {
      await page.goto(`${ory.url}/_mock/ui${hash}`)
      expect(await names(title)).toEqual(namesOf(hash, title))
    }
  })

  test('the navigation leads to every view and back', async () => {
    await open('')
    for (const name of ['Requests', 'Mail', 'Faults', 'Pages', 'Projects', 'People']) {
      await view(name)
      await heading(name).waitFor()
    }
    await page.goBack()
    await heading('Projects').waitFor()
    expect(page.url()).toMatch(/#\/projects$/)
  })

  describe('People', () => {
    test('are searched by the mock, and the search stands in the address', async () => {
      await open('')
      await page.getByRole('link', { name: 'p1@example.test' }).waitFor()
      await page.getByLabel('Search').fill('P2@')
      await page.getByRole('link', { name: 'p1@example.test' }).waitFor({ state: 'detached' })
      expect(page.url()).toContain('#/people?search=P2')
      await page.reload()
      await page.getByRole('link', { name: 'p2@example.test' }).waitFor()
      expect(await page.getByLabel('Search').inputValue()).toBe('P2@')
      await page.getByLabel('Search').fill('nobody')
      await page.getByText('Nobody has that').waitFor()
      await view('People')
      await page.getByRole('link', { name: 'p1@example.test' }).waitFor()
      expect(await page.getByLabel('Search').inputValue()).toBe('')
    })

    test('come one more by a press, or with traits of one’s own', async () => {
      const ory = await open('')
      await button('New person').click()
      await page.getByText('There are no sessions.').waitFor()
      expect(await (await ory.fetch('/admin/identities')).json()).toHaveLength(4)
      await view('People')
      await page.getByText('with traits of your own').click()
      await page.getByLabel('Traits').fill('{ "email": "p1@example.test" }')
      await button('New person').click()
      const refusal = page.getByRole('alert')
      await refusal.waitFor()
      expect(await refusal.innerText()).toMatch(/conflict|exists|unique/i)
      await page.getByLabel('Traits').fill('{ "email": "new@example.test" }')
      await button('New person').click()
      await heading('new@example.test').waitFor()
    })

    test('are offered traits as their schema asks for them', async () => {
      const traits = {
        type: 'object',
        required: ['mail', 'name', 'age', 'born', 'plan', 'tags'],
        properties: {
          nick: { type: 'string' },
          mail: { type: 'string', format: 'email' },
          name: { type: 'object', required: ['last'], properties: { last: { type: 'string' } } },
          age: { type: 'integer', minimum: 18 },
          born: { type: 'string', format: 'date' },
          plan: { enum: ['free', 'paid'] },
          tags: { type: 'array', minItems: 1, items: { type: 'boolean' } },
        },
      }
      const schemas = { own: { type: 'object', properties: { traits } } }
      const ory = await open('', { seed: { schemas, identities: [] } })
      await page.getByText('with traits of your own').click()
      await page.getByLabel('Schema').selectOption('own')
      const offered = async (): Promise<string> => (await page.getByLabel('Traits').getAttribute('placeholder')) ?? ''
      await expect.poll(offered).toContain('mail')
      await page.getByLabel('Traits').fill(await offered())
      await button('New person').click()
      await heading('ada@example.com').waitFor()
      expect(await (await ory.fetch('/admin/identities')).json()).toMatchObject([
        { traits: { name: { last: 'text' }, age: 18, plan: 'free', tags: [true] } },
      ])
    })

    test('appear, change and go as the application makes them', async () => {
      const ory = await open('')
      await page.getByRole('link', { name: 'p1@example.test' }).waitFor()
      await ory.seed([person(9)])
      await page.getByRole('link', { name: 'p9@example.test' }).waitFor()
      await ory.fetch(`/admin/identities/${uuid(1)}`, { method: 'DELETE' })
      await page.getByRole('link', { name: 'p1@example.test' }).waitFor({ state: 'detached' })
      expect(await page.locator('tbody tr').count()).toBe(3)
    })
  })

  describe('A person', () => {
    const one = uuid(10_001)

    test('has each session with its state, and the time that is left of it by the clock of the mock', async () => {
      const ory = await open(`#/people/${uuid(1)}`)
      await sessionRow(one).waitFor()
      expect(await sessionRow(one).innerText()).toMatch(/active\s+30 min\s+aal1 password/)
      expect(await sessionRow(uuid(10_002)).innerText()).toMatch(/^revoked\s+–/)
      expect(await sessionRow(uuid(10_003)).innerText()).toMatch(/^expired\s+30 min ago/)
      await ory.clock.set('2026-11-23T01:29:30Z')
      await sessionRow(one).getByText('expiring').waitFor()
      expect(await sessionRow(one).innerText()).toMatch(/expiring\s+30 s/)
      const picture = page.getByRole('img', {
        name: /^Timeline of 3 sessions, 1 of them active\. The next expires in 30 s\.$/,
      })
      await picture.waitFor()
      const nowAt = (): Promise<number> =>
        page.locator('.timeline .now').evaluate((line) => Number.parseFloat(line.getAttribute('x1')!))
      const before = await nowAt()
      await button('To the next expiry').click()
      await sessionRow(one).getByText('expired').waitFor()
      expect(await ory.clock.now()).toEqual(new Date('2026-11-23T01:30:00Z'))
      expect(await nowAt()).not.toBe(before)
      await ory.fetch(`/admin/identities/${uuid(1)}`, {
        method: 'PATCH',
        body: '[{"op":"replace","path":"/state","value":"inactive"}]',
      })
      await button('Activate').waitFor()
    })

    test('has a timeline whose marks say when they are, however far it goes', async () => {
      const ends = [
        ['2026-11-23T01:20:00Z', /^\d\d:\d\d$/],
        ['2026-11-24T01:00:00Z', /^11-24$/],
        ['2026-12-23T01:00:00Z', /^12-\d\d$/],
        ['2029-11-23T01:00:00Z', /^2028-\d\d$/],
      ] as const
      const seed = ends.map(([until], n) => person(n + 1, { sessions: [{ expires_at: until }] }))
      const ory = await open('', { seed })
      for (const [n, [, mark]] of ends.entries()) {
        await page.goto(`${ory.url}/_mock/ui#/people/${uuid(n + 1)}`)
        await heading(`p${n + 1}@example.test`).waitFor()
        const marks = (): Promise<string[]> => page.locator('.timeline .mark text').allTextContents()
        await expect.poll(marks).toContainEqual(expect.stringMatching(mark))
        expect(await marks()).not.toContain('00:00')
      }
    })

    test('loses a session by Revoke, keeps one longer by Extend, and none is active after Deactivate', async () => {
      const ory = await open(`#/people/${uuid(1)}`)
      await sessionRow(one).getByRole('button', { name: 'Extend' }).click()
      await sessionRow(one).getByText('1 d', { exact: true }).waitFor()
      await sessionRow(one).getByRole('button', { name: 'Revoke' }).click()
      await sessionRow(one).getByText('revoked').waitFor()
      expect(await (await ory.fetch(`/admin/sessions/${one}`)).json()).toMatchObject({ active: false })
      await button('New session').click()
      await page.locator('[data-session] .badge.active').waitFor()
      await button('Deactivate').click()
      await button('Activate').waitFor()
      await page.locator('[data-session] .badge.inactive').first().waitFor()
      expect(await ory.requests.list({ operation: 'patchIdentity' })).toHaveLength(1)
    })

    test('gets a new session of each state', async () => {
      await open(`#/people/${uuid(3)}`)
      const rows = page.locator('[data-session]')
      const states = [/^active[^]*aal1/, /^expiring/, /^expired/, /^revoked/, /^active[^]*aal2 password, totp/]
      for (const [n, name] of ['active', 'expiring', 'expired', 'revoked', 'aal2'].entries()) {
        await page.getByLabel('State of the new session').selectOption(name)
        await button('New session').click()
        await expect.poll(() => rows.count()).toBe(n + 1)
        expect(await rows.allInnerTexts()).toContainEqual(expect.stringMatching(states[n]!))
      }
    })

    test('gives a token that signs in', async () => {
      const ory = await open(`#/people/${uuid(1)}`)
      await sessionRow(one).getByRole('button', { name: 'Copy token' }).click()
      await page.getByText('Copied: token.').waitFor()
      const whoami = await ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': await clipboard() } })
      expect(await whoami.json()).toMatchObject({ id: one })
    })

    test('is signed in as, at once, by method, assurance and state, and its token and cookie let in', async () => {
      const ory = await open(`#/people/${uuid(3)}`)
      const region = page.getByRole('region', { name: 'Sign in', exact: true })
      const signIn = async (method: string, aal: string, state: string): Promise<void> => {
        await region.getByLabel('Method').selectOption(method)
        await region.getByLabel('Assurance').selectOption(aal)
        await region.getByLabel('State').selectOption(state)
        await button('Sign in as').click()
        await page.getByText('Signed in.').waitFor()
      }
      await button('Sign in as').click()
      await region.getByRole('button', { name: 'Copy token' }).click()
      await page.getByText('Copied: token.').waitFor()
      const first = await ory.fetch('/sessions/whoami', { headers: { 'X-Session-Token': await clipboard() } })
      expect(await first.json()).toMatchObject({ identity: { id: uuid(3) }, authenticator_assurance_level: 'aal1' })
      await page.locator('[data-session]').waitFor()
      expect(await textOf('[data-session]')).toMatch(/^active[^]*aal1 password/)
      await signIn('code', 'aal2', 'active')
      await expect
        .poll(() => page.locator('[data-session]').allInnerTexts())
        .toContainEqual(expect.stringMatching(/^active[^]*aal2 code, totp/) as string)
      await region.getByRole('button', { name: 'Copy cookie' }).click()
      await page.getByText('Copied: cookie.').waitFor()
      expect(await region.getByText(await clipboard()).count()).toBe(1)
      const whoami = await ory.fetch('/sessions/whoami', { headers: { cookie: await clipboard() } })
      expect(await whoami.json()).toMatchObject({ authenticator_assurance_level: 'aal2' })
      await signIn('password', 'as proven', 'expired')
      await page.locator('[data-session] .badge.expired').waitFor()
      expect(await ory.requests.list({ operation: 'toSession' })).toHaveLength(2)
    })

    test('that is inactive is not signed in as, and the mock says why', async () => {
      await open(`#/people/${uuid(1)}`, { seed: [person(1, { state: 'inactive' })] })
      await button('Sign in as').click()
      await page.getByRole('alert').getByText('is inactive: it cannot sign in').waitFor()
      expect(await button('Copy cookie').count()).toBe(0)
    })

    test('is copied in four forms, also by keyboard', async () => {
      const ory = await openWhole(`#/people/${uuid(1)}`)
      await sessionRow(one).waitFor()
      expect(await copyAs('curl')).toBe(`curl -sS ${ory.url}/admin/identities/${uuid(1)}\n`)
      expect(await copyAs('SDK call')).toContain(`identities.getIdentity({ id: '${uuid(1)}' })`)
      expect(await copyAs('test line')).toContain(
        "toMatchObject({ state: 'active', traits: { email: 'p1@example.test' } })",
      )
      const again = await startMock({ port: 0, now: NOW, seed: await fixtureFrom(await copyAs('fixture')) })
      onTestFinished(() => again.close())
      const sessions = async (mock: Mock): Promise<unknown> =>
        (await mock.fetch(`/admin/identities/${uuid(1)}/sessions`)).json()
      expect(JSON.stringify(await sessions(again)).replaceAll(again.url, ory.url)).toEqual(
        JSON.stringify(await sessions(ory)),
      )
      await button('Copy as').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menu').waitFor()
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key)
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('SDK call')
      await page.keyboard.press('Escape')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copy as')
      expect(await page.getByRole('menu').count()).toBe(0)
    })

    test('that is not there is said to be so', async () => {
      await open(`#/people/${uuid(99)}`)
      expect(await page.getByText(`There is no identity ${uuid(99)}.`).innerText()).not.toBe('')
    })
  })

  test('a verb that is refused says why beside itself, in the words of the mock', async () => {
    const ory = await open(`#/people/${uuid(1)}`)
    await ory.faults.add({
      id: 'closed',
      match: { operation: 'disableSession' },
      when: { times: 1 },
      effect: { status: 403, error: { reason: 'Not today.' } },
    })
    const row = sessionRow(uuid(10_001))
    await row.getByRole('button', { name: 'Revoke' }).click()
    expect(await row.getByRole('alert').innerText()).toBe('Not today. The fault rule closed acted.')
    await row.getByRole('button', { name: 'Revoke' }).click()
    await row.getByText('revoked').waitFor()
    expect(await row.getByRole('alert').count()).toBe(0)
    await ory.clock.set('2027-01-01T00:00:00Z')
    await button('To the next expiry').click()
    await page.getByText('No session is active, so none will expire.').waitFor()
  })

  test('the clock is moved, frozen and set free on every view', async () => {
    const ory = await open('#/requests')
    for (const [name, now] of [
      ['+1 min', '2026-11-23T01:01:00Z'],
      ['+1 h', '2026-11-23T02:01:00Z'],
      ['+1 day', '2026-11-24T02:01:00Z'],
    ] as const) {
      await button(name).click()
      await page.locator(`time[datetime="${now}"]`).waitFor()
      expect(await ory.clock.now()).toEqual(new Date(now))
    }
    await button('Run').click()
    await button('Freeze').waitFor()
    await page.locator('time[datetime="2026-11-24T02:01:01Z"]').waitFor()
    await button('Freeze').click()
    await button('Run').waitFor()
    await ory.clock.set('2030-01-01T00:00:00Z')
    await page.locator('time[datetime="2030-01-01T00:00:00Z"]').waitFor()
  })

  describe('Requests', () => {
    const rows = () => page.locator('tr[data-seq]')

    test('are there as they come, newest first, and open to what was asked and answered', async () => {
      const ory = await open('#/requests')
      await page.getByText('No request has come.').waitFor()
      await ory.fetch(`/admin/identities/${uuid(1)}?include_credential=password`)
      await ory.fetch('/admin/identities', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"traits":7}',
      })
      await expect.poll(() => rows().count()).toBe(2)
      const [first, second] = await rows().allInnerTexts()
      expect(first).toMatch(/createIdentity\s+POST \/admin\/identities\s+–\s+400/)
      expect(second).toMatch(/getIdentity\s+GET [^\s]*include_credential=password\s+\S+\s+200/)
      await rows().getByRole('link', { name: 'p1@example.test' }).waitFor()
      await button('createIdentity').click()
      expect(await textOf('.detail')).toContain('"traits": 7')
      expect(await page.getByLabel('Body of the response').innerText()).toContain('"code": 400')
      expect(page.url()).toContain('open=2')
      expect(await copyAs('curl')).toContain(`-X POST ${ory.url}/admin/identities`)
      await button('Clear').click()
      await page.getByText('No request has come.').waitFor()
      expect(await ory.requests.list()).toEqual([])
    })

    test('have times of one width', async () => {
      const ory = await open('#/requests')
      for (const [fraction, shown] of [
        ['', '000'],
        ['.4', '400'],
        ['.45', '450'],
        ['.4567', '456'],
      ] as const) {
        await ory.clock.set(`2026-11-23T01:00:00${fraction}Z`)
        await ory.fetch('/admin/identities')
        await expect.poll(() => rows().first().locator('.time').innerText()).toBe(`01:00:00.${shown}`)
      }
    })

    test('are filtered by an address', async () => {
      const ory = await open('#/requests?filter=404%20sessions')
      await ory.fetch('/admin/sessions')
      await ory.fetch(`/admin/sessions/${uuid(1)}`)
      await ory.fetch(`/admin/identities/${uuid(98)}`)
      await expect.poll(() => rows().count()).toBe(1)
      expect(await rows().innerText()).toContain('getSession')
      await page.getByLabel('Filter').fill('listSessions')
      await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining('listSessions') as string])
      expect(page.url()).toContain('filter=listSessions')
    })

    test('show that they are in flight until they are answered', async () => {
      const ory = await open('#/requests')
      await ory.faults.add({ effect: { connection: 'hang' } })
      const asked = ory.fetch('/admin/sessions').catch(() => {})
      await page.getByText('in flight').waitFor()
      await ory.faults.clear()
      await asked
      await page.getByText('dropped').waitFor()
      expect(await rows().count()).toBe(1)
    })
  })

  describe('Faults', () => {
    test('are armed for the next request only, which the page does not take away', async () => {
      const ory = await open('#/faults')
      await page.getByLabel('Preset').selectOption('rate-limited')
      await page.getByLabel('Next request only').check()
      await button('Arm').click()
      await page.getByRole('heading', { name: 'fault-1' }).waitFor()
      expect(await textOf('.rule')).toContain('rate-limited')
      for (const name of ['People', 'Projects', 'Requests', 'Faults']) {
        await view(name)
        await heading(name).waitFor()
      }
      expect((await ory.fetch('/admin/identities')).status).toBe(429)
      expect((await ory.fetch('/admin/identities')).status).toBe(200)
      await page.getByText('spent').waitFor()
      await expect.poll(() => textOf('.counts')).toMatch(/2\s*matched\s*1\s*acted/)
      await page.getByRole('link', { name: 'Show them' }).click()
      await page.locator('tr[data-seq]').getByText('429').waitFor()
    })

    test('tell the nearest miss, are copied as a file, and removed', async () => {
      const ory = await open('#/faults')
      const rule = { id: 'cut', match: { operation: 'getSession' }, effect: { body: 'truncate', at: 0.25 } } as const
      await ory.faults.add(rule)
      await ory.fetch('/admin/sessions')
      await page.getByText('came closest').waitFor()
      await button('Copy as file').click()
      await page.getByText('Copied: file.').waitFor()
      const { parse } = await import('yaml')
      expect(parse(await clipboard())).toEqual([rule])
      await button('Remove').click()
      await page.getByText('none armed').waitFor()
      expect(await ory.faults.list()).toEqual([])
    })

    test('are refused with every reason, and can be written by hand', async () => {
      const ory = await open('#/faults')
      await page.getByLabel('Preset').selectOption('slow answer')
      await button('Arm').click()
      await page.getByText('Armed.', { exact: true }).waitFor()
      await button('Remove').click()
      await page
        .getByLabel('Rule', { exact: true })
        .fill('{ "match": { "operation": "listSession" }, "effect": { "status": 7 } }')
      await button('Arm').click()
      const refusal = page.getByRole('alert')
      await refusal.waitFor()
      expect(await page.getByText('Armed.', { exact: true }).count()).toBe(0)
      expect(await refusal.innerText()).toMatch(/listSessions[^]*status/)
      await page.getByLabel('Rule', { exact: true }).fill('{ "id": "mine", "delay": 1')
      await button('Arm').click()
      await page.getByText('The rule is not JSON').waitFor()
      await page.getByLabel('Rule', { exact: true }).fill('{ "id": "mine", "delay": 1 }')
      await button('Arm').click()
      await page.getByRole('heading', { name: 'mine' }).waitFor()
      for (let n = 0; n < 3; n++) await ory.fetch('/admin/sessions')
      await page.getByRole('img', { name: /^Latency of 3 requests: median \d+ ms/ }).waitFor()
    })
  })

  describe('Mail', () => {
    const seed = { schemas: { default: EMAIL }, identities: Array.from({ length: 30 }, (_, n) => person(n)) }
    const rows = () => page.locator('tr[data-message]')

    test('is there as the courier gets it, newest first, and opens to its text and its code', async () => {
      const ory = await open('#/mail', { seed })
      await page.getByText('There are no messages.').waitFor()
      await mailTo(ory, 'p1@example.test', 'recovery')
      await ory.clock.advance('1s')
      await mailTo(ory, 'p2@example.test', 'verification')
      await expect.poll(() => rows().count()).toBe(2)
      const [first, second] = await rows().allInnerTexts()
      expect(first).toMatch(/verif[^]*p2@example\.test\s+verification_code_valid/i)
      expect(second).toMatch(/recover[^]*p1@example\.test\s+recovery_code_valid/i)
      await rows().first().getByRole('button').click()
      expect(page.url()).toContain('open=')
      const text = await page.getByLabel('Text of the message').innerText()
      await button('Copy code').click()
      await page.getByText('Copied: code.').waitFor()
      const code = await clipboard()
      expect(code).toMatch(/^\d{6}$/)
      expect(text).toContain(`\n${code}\n`)
      await button('Copy link').click()
      await page.getByText('Copied: link.').waitFor()
      expect(new URL(await clipboard()).searchParams.get('code')).toBe(code)
      await page.reload()
      await page.getByLabel('Text of the message').waitFor()
      expect(await ory.requests.list({ operation: 'listCourierMessages' })).toEqual([])
    })

    test('is filtered by an address, and paged', async () => {
      const ory = await open('#/mail?recipient=P7@', { seed })
      for (let n = 0; n < 30; n++) await mailTo(ory, `p${n}@example.test`, 'recovery')
      await page.getByText('30 in all').waitFor()
      await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining('p7@example.test') as string])
      expect(await page.getByLabel('Recipient').inputValue()).toBe('P7@')
      await page.getByLabel('Recipient').fill('nobody')
      await page.getByText('None of the messages is for that recipient.').waitFor()
      await page.getByLabel('Recipient').fill('')
      await expect.poll(() => rows().count()).toBe(25)
      await page.getByRole('link', { name: 'Next page' }).click()
      await expect.poll(() => rows().count()).toBe(5)
      await page.getByRole('link', { name: 'First page' }).click()
      await expect.poll(() => rows().count()).toBe(25)
    })
  })

  test('the tour of the guide finds its bug', async () => {
    const ory = await open('#/people', { seed: undefined })
    await page.getByLabel('Search').fill('ada')
    await page.getByRole('link', { name: 'grace@example.com' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'ada@example.com' }).click()
    await button('Copy token').first().click()
    await page.getByText('Copied: token.').waitFor()
    const token = await clipboard()
    expect(await isSignedIn(ory.url, token)).toBe(true)
    const row = page.locator('[data-session]').first()
    for (let n = 0; n < 5 && !(await row.innerText()).startsWith('expired'); n++) {
      const before = await textOf('time')
      await button('To the next expiry').click()
      await expect.poll(() => textOf('time')).not.toBe(before)
    }
    expect(await isSignedIn(ory.url, token)).toBe(false)
    await view('Projects')
    await button('Reset').click()
    await page.locator(`time[datetime="${NOW}"]`).waitFor()
    await view('Faults')
    await page.getByLabel('Next request only').check()
    await button('Arm').click()
    await button('Copy as file').click()
    await page.getByText('Copied: file.').waitFor()
    const rule = readFileSync(new URL('../guides/rate-limited.yaml', import.meta.url), 'utf8')
    expect(await clipboard()).toBe(
      rule
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .join('\n'),
    )
    expect(await isSignedIn(ory.url, token)).toBe(false)
    await view('Requests')
    await button('toSession').first().click()
    expect(await textOf('.detail')).toMatch(/fault-1[^]*retry-after\s+1\b/)
    expect(await isSignedIn(ory.url, token)).toBe(true)
  })

  describe('Pages', () => {
    const many = { identities: Array.from({ length: 10 }, (_, n) => person(n)), sessions: [] }

    test('are walked one after the other, with their tokens and rows', async () => {
      await open('#/pages?list=listIdentities', { seed: many })
      await page.getByLabel('Page size').fill('4')
      await button('First').click()
      await page.getByText('4 of 10 rows on 1 page').waitFor()
      expect(await textOf('.card .token >> nth=0')).toMatch(/^[0-9a-f-]{36}$/)
      await button('Next').click()
      await button('Next').click()
      await page.getByText('10 of 10 rows on 3 pages · no next page').waitFor()
      expect(await button('Next').isDisabled()).toBe(true)
      expect(page.url()).toContain('size=4')
    })

    test('mark the rows that came twice, and those that were passed over', async () => {
      const ory = await open('#/pages?list=listIdentities&size=3', { seed: many })
      await ory.faults.add({
        match: { operation: 'listIdentities' },
        when: { skip: 1, times: 1 },
        effect: { page: 'skip' },
      })
      await button('First').click()
      await page.getByText('3 of 10 rows').waitFor()
      await button('Next').click()
      await page.getByText('6 of 10 rows on 2 pages · 3 passed over').waitFor()
      expect(await page.getByText('passed over', { exact: true }).count()).toBe(3)
      await ory.faults.clear()
      await ory.faults.add({
        match: { operation: 'listIdentities' },
        when: { times: 1 },
        effect: { page: 'repeat' },
      })
      await button('First').click()
      await page.getByText('on 1 page').waitFor()
      await button('Next').click()
      await page.getByText('3 of 10 rows on 2 pages · 3 seen twice').waitFor()
      expect(await page.getByText('seen twice', { exact: true }).count()).toBe(3)
    })

    const onKratos = {
      profile: 'kratos-26.2',
      seed: { identities: [person(1), person(2)], sessions: [1, 2, 3].map((n) => sessionOf(1, n)) },
    } as const

    test('of a person’s sessions are walked once that person is chosen', async () => {
      await open('#/pages', onKratos)
      const top = async (): Promise<number> => (await button('First').boundingBox())!.y
      const before = await top()
      await page.getByLabel('List').selectOption('listIdentitySessions')
      await page.getByRole('button', { name: 'p2@example.test 0 sessions' }).waitFor()
      expect(await button('First').isDisabled()).toBe(true)
      expect(await top()).toBe(before)
      await page.getByRole('searchbox', { name: 'Identity' }).fill('P1@')
      await page.getByRole('button', { name: 'p2@example.test' }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'p1@example.test 3 sessions' }).click()
      expect(await page.getByRole('searchbox', { name: 'Identity' }).inputValue()).toBe(uuid(1))
      await button('First').click()
      await page.getByText('3 of 3 rows on 1 page').waitFor()
      await page.getByLabel('List').selectOption('listIdentities')
      expect(await page.getByText('3 of 3 rows on 1 page').count()).toBe(0)
    })

    test('that lead nowhere or come twice are wrong, and the quirk that makes them so is named', async () => {
      const ory = await open(`#/pages?list=listIdentitySessions&identity=${uuid(2)}`, onKratos)
      await button('First').click()
      await page.getByText('0 of 0 rows on 1 page · an empty page that leads on by next').waitFor()
      await page.getByText('The quirk emptyListLinks of kratos-26.2').waitFor()
      await button('Next').click()
      await page.getByText('0 of 0 rows on 2 pages · an empty page that leads on by next').waitFor()
      expect(await page.locator('.summary.wrong').count()).toBe(1)
      await goTo(`${ory.url}/_mock/ui#/pages?list=listIdentitySessions&size=2&identity=${uuid(1)}`)
      await button('First').click()
      await page.getByText('2 of 3 rows on 1 page').waitFor()
      expect(await page.getByText('The quirk').count()).toBe(0)
      await button('Next').click()
      await page.getByText('The quirk firstPageTwice of kratos-26.2').waitFor()
      await ory.faults.add({ id: 'again', effect: { page: 'repeat' } })
      await button('First').click()
      await page.getByText('on 1 page').waitFor()
      await button('Next').click()
      await page.getByText('The fault rule again acted on it.').waitFor()
      expect(await page.getByText('The quirk').count()).toBe(0)
    })

    test('show what an answer says instead of rows', async () => {
      const ory = await open(`#/pages?list=listIdentitySessions&identity=${uuid(77)}`)
      await button('First').click()
      await page.getByText(`There is no identity ${uuid(77)}.`).waitFor()
      await ory.faults.add({ effect: { connection: 'reset' } })
      await button('First').click()
      expect(await page.getByText('The connection ended before the answer did.').innerText()).not.toBe('')
    })
  })

  describe('Projects', () => {
    test('are made, chosen and removed, each with a page of its own', async () => {
      const ory = await openWhole('#/projects')
      await page.getByLabel('Name of the new project').fill('cart')
      await button('New project').click()
      await page.getByRole('link', { name: 'cart' }).click()
      await page.locator('.project').getByText('cart').waitFor()
      expect(page.url()).toContain('/_mock/projects/cart/_mock/ui')
      await button('+1 h').click()
      await page.locator('time[datetime="2026-11-23T02:00:00Z"]').waitFor()
      expect(await ory.clock.now()).toEqual(new Date(NOW))
      await goTo(`${ory.url}/_mock/ui#/projects`)
      await ory.project('elsewhere')
      await page.getByRole('link', { name: 'elsewhere' }).waitFor()
      await ory.snapshot()
      await expect.poll(() => page.getByLabel('Which snapshot').inputValue()).toBe('snapshot-1')
      await button('Remove').first().click()
      await page.getByRole('link', { name: 'cart' }).waitFor({ state: 'detached' })
    })

    test('go back to a snapshot and to the seeded state, and say what their quirks are', async () => {
      const ory = await open('#/projects', { profile: 'kratos-26.2' })
      expect(await button('Restore').isDisabled()).toBe(true)
      await ory.clock.advance('1h')
      await button('Snapshot').click()
      await page.getByText('Kept.').waitFor()
      await ory.clock.advance('1h')
      await button('Restore').click()
      await page.locator('time[datetime="2026-11-23T02:00:00Z"]').waitFor()
      await button('Reset').click()
      await page.locator('time[datetime="2026-11-23T01:00:00Z"]').waitFor()
      expect(await page.locator('tr', { hasText: 'firstPageTwice' }).locator('.badge').innerText()).toBe('on')
    })

    test('that ask for a token let the page in', async () => {
      const ory = await openWhole(`#/people/${uuid(1)}`, { token: 'its-secret' })
      await sessionRow(uuid(10_001)).getByRole('button', { name: 'Revoke' }).click()
      await sessionRow(uuid(10_001)).getByText('revoked').waitFor()
      expect(await copyAs('curl')).toContain('authorization: Bearer its-secret')
      expect((await ory.fetch('/admin/identities')).status).toBe(401)
    })
  })

  test('on the port of the public API alone leads to the one that can do more', async () => {
    const ory = await openWhole('#/projects', { publicPort: 0 })
    expect(await page.getByRole('link', { name: 'The page of the admin API' }).count()).toBe(0)
    await goTo(`${ory.publicUrl}/_mock/ui`)
    await page.getByRole('link', { name: 'The page of the admin API' }).click()
    await heading('People').waitFor()
    expect(page.url()).toContain(ory.url)
  })

  test('says what was done where it covers nothing to press, however wide the page', async () => {
    onTestFinished(() => page.setViewportSize(SIZE))
    await open(`#/people/${uuid(1)}`)
    for (const width of [1280, 1060, 1000, 400]) {
      await page.setViewportSize({ width, height: 800 })
      await sessionRow(uuid(10_001)).getByRole('button', { name: 'Extend' }).click()
      await page.getByText('Extended, where that makes it longer.').waitFor()
      const covered = await page.locator('.announcement').evaluate((said) => {
        const { left, right, top, bottom } = said.getBoundingClientRect()
        // The name of the page leads where its first view does.
        const others = [...document.querySelectorAll('main, section, button, a:not(.brand)')]
        return others
          .filter((one) => !said.contains(one))
          .filter((one) => {
            const box = one.getBoundingClientRect()
            return box.left < right && box.right > left && box.top < bottom && box.bottom > top
          })
          .map((one) => one.outerHTML)
      })
      expect([width, ...covered]).toEqual([width])
      await sessionRow(uuid(10_001)).getByRole('button', { name: 'Copy token' }).click()
      await button('Show').click()
      expect(await page.getByLabel('What was copied').innerText()).toBe(await clipboard())
      await button('Dismiss').click()
      await page.getByLabel('What was copied').waitFor({ state: 'detached' })
    }
  })

  test('says that the mock is away, and is as the mock is when it comes back', async () => {
    const ory = await openWhole('')
    await page.getByRole('link', { name: 'p1@example.test' }).waitFor()
    await button('+1 min').click()
    await page.locator('time[datetime="2026-11-23T01:01:00Z"]').waitFor()
    const port = Number(new URL(ory.url).port)
    await ory.close()
    await page.getByText('Disconnected.').waitFor()
    expect(await textOf('.clock')).toMatch(/01:01:00\s+UTC\s+not known/)
    expect(await page.getByRole('link', { name: 'p1@example.test' }).count()).toBe(1)
    await button('+1 h').click()
    await page.getByText(/^No mock answers at/).waitFor()
    const again = await startMock({ port, now: '2030-01-01T00:00:00Z', seed: [person(7)] })
    onTestFinished(() => again.close())
    await page.getByRole('link', { name: 'p7@example.test' }).waitFor()
    await page.locator('time[datetime="2030-01-01T00:00:00Z"]').waitFor()
    expect(await textOf('.clock')).toContain('frozen')
    expect(await page.getByText('Disconnected.').count()).toBe(0)
  })

  test('is loaded anew, once, when the mock serves another page than this one', async () => {
    const ory = await whole.project({ seed: team })
    onTestFinished(() => ory.close())
    let loads = 0
    const count = (): void => void loads++
    page.on('load', count)
    onTestFinished(() => void page.off('load', count))
    const told = { contentType: 'text/event-stream', body: 'event: page\ndata: "another"\n\n' }
    await page.route(/_mock\/events$/, (route) => route.fulfill(told), { times: 1 })
    await page.goto(`${ory.url}/_mock/ui`)
    await expect.poll(() => loads).toBe(2)
    await ory.clock.advance('1h')
    await page.locator('time[datetime="2026-11-23T02:00:00Z"]').waitFor()
    expect(loads).toBe(2)
  })

  test('draws what is hostile as text', async () => {
    const evil = '<script>document.title = "owned"</script><img src=x onerror=alert(1)>'
    const traits = { email: evil, rtl: '\u202Eאבג\u202D', long: 'x'.repeat(70_000) }
    const schema = {
      type: 'object',
      properties: { traits: { type: 'object', properties: { email: { type: 'string' } } } },
    }
    const hostile = person(1, {
      traits,
      credentials: { password: { identifiers: [evil] } },
      sessions: [{ devices: [{ user_agent: evil, ip_address: '\u202E', location: '"><svg onload=alert(1)>' }] }],
    })
    const ory = await open('', { seed: { schemas: { default: schema }, identities: [hostile] } })
    await ory.fetch(`/admin/identities/<script>?a=${encodeURIComponent(evil)}`, { headers: { 'X-Evil': evil } })
    await page.getByRole('link', { name: evil }).click()
    await heading(evil).waitFor()
    expect(await page.getByLabel('As the admin API shows it').innerText()).toContain('x'.repeat(70_000))
    await view('Requests')
    await button('getIdentity').click()
    await page.getByText('x-evil').waitFor()
    expect(await page.title()).toBe('Requests · ory-identities-mock')
    expect(await page.locator('script').evaluateAll((all) => all.map(({ id }) => id))).toEqual(['', 'known'])
    expect(await overflow()).toBe(0)
  })

  test('stands before its script does, as its script draws it, and says what it needs one for', async () => {
    const ory = await open('')
    const without = await browser.newContext({ javaScriptEnabled: false, viewport: SIZE })
    onTestFinished(() => without.close())
    const served = await without.newPage()
    await served.goto(`${ory.url}/_mock/ui`)
    await served.getByRole('link', { name: 'p1@example.test' }).waitFor()
    for (const part of ['header', 'main'])
      expect(await page.locator(part).innerHTML()).toBe(await served.locator(part).innerHTML())
    await served.getByRole('link', { name: 'The calls of the control plane' }).click()
    expect(new URL(served.url()).pathname).toBe(`${new URL(ory.url).pathname}/_mock`)
  })

  test('asks for nothing that its people would have to wait for', async () => {
    await open('')
    const [seen, asked] = await page.evaluate(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint')
      const others = performance.getEntriesByType('resource').filter(({ name }) => !name.endsWith('icon.svg'))
      return [paint!.startTime, others.map(({ name, startTime }) => [name.split('/').at(-1), startTime] as const)]
    })
    expect(asked.map(([name]) => name)).toContain('page.js')
    // A paint is timed in steps of 4 ms.
    for (const [name, at] of asked) expect([name, at + 4]).toEqual([name, expect.toSatisfy((time) => time > seen)])
  })

  test.each(['', '#/faults'])('is taken over once all of it came, at %s', async (hash) => {
    const ory = await whole.project({ seed: team })
    onTestFinished(() => ory.close())
    const asked: string[] = []
    let sendRest = (): void => {}
    const pass = async (url: string, response: ServerResponse): Promise<void> => {
      asked.push(url)
      const { headers, body } = await ory.fetch(url)
      response.setHeader('Content-Type', headers.get('content-type')!)
      if (url !== '/_mock/ui') {
        Readable.fromWeb(body as ReadableStream).pipe(response)
        return
      }
      const html = (await textOfStream(body as ReadableStream)).split(/(?=<tbody>)/)
      sendRest = () => void response.end(html[1])
      response.write(html[0])
    }
    const slow = createServer(({ url = '' }, response) => void pass(url, response))
    await new Promise<void>((resolve) => void slow.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      slow.closeAllConnections()
      slow.close()
    })
    const { port } = slow.address() as AddressInfo
    const came = page.goto(`http://127.0.0.1:${port}/_mock/ui${hash}`)
    await page.locator('thead').waitFor({ state: 'attached' })
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
    expect(asked).not.toContain('/_mock/ui/page.js')
    sendRest()
    await came
    await heading(hash === '' ? 'People' : 'Faults').waitFor()
    await page.locator('html:not([inert])').waitFor()
    expect(await page.locator('nav').count()).toBe(1)
  })

  const untold = 'PerformanceObserver.prototype.observe = () => {}'

  test.each([
    ['tells of no paint', untold],
    ['cannot tell of one', 'delete globalThis.PerformanceObserver'],
    ['does not show it', `${untold}; setTimeout = () => 0; Object.defineProperty(document, 'hidden', { value: true })`],
  ])('is taken over in a browser that %s', async (_what, script) => {
    const ory = await whole.project({ seed: team })
    onTestFinished(() => ory.close())
    const other = await context.newPage()
    onTestFinished(() => other.close())
    await other.addInitScript(script)
    await other.goto(`${ory.url}/_mock/ui`)
    await other.locator('html:not([inert])').waitFor()
    expect(await other.getByRole('link', { name: 'p1@example.test' }).count()).toBe(1)
  })

  test('claims nothing of what it does not know yet', async () => {
    const ory = await whole.project({ seed: team, now: NOW })
    onTestFinished(() => ory.close())
    await ory.faults.add({ id: 'armed', match: { operation: 'getSession' }, effect: { status: 503 } })
    await ory.clock.run()
    // Nothing but the document and what it is made of is answered.
    await page.route(/_mock\/(?!.*ui)/, () => {})
    onTestFinished(() => page.unrouteAll())
    await page.goto(`${ory.url}/_mock/ui`)
    await page.getByRole('link', { name: 'p1@example.test' }).waitFor()
    await page.getByText('3 in all').waitFor()
    expect(await textOf('.clock')).toMatch(/2026-11-23\s+01:00:\d\d\s+UTC\s+running/)
    await view('Faults')
    await page.getByText('1 armed').waitFor()
    for (const [name, where] of [
      ['Requests', '#/requests'],
      ['Mail', '#/mail'],
      ['Projects', '#/projects'],
      ['', `#/people/${uuid(1)}`],
      ['People', '#/people?search=nobody'],
    ] as const) {
      await page.evaluate((hash) => (location.hash = hash), where)
      if (name !== '') await heading(name).waitFor()
      await page.getByText('Loading …').first().waitFor()
      expect([where, await page.locator('main').innerText()]).toEqual([
        where,
        expect.not.stringMatching(/none|no request|nobody|there (are|is) no|\b0\b/i),
      ])
    }
  })

  test('opens at once with 100,000 sessions, ten thousand of them of one person', async () => {
    const ory = await open('', {
      seed: {
        identities: [person(1, { id: '00000000-0000-4000-8000-000000000000' })],
        generate: { identities: 1800, sessions: { min: 50, max: 50 } },
      },
    })
    const crowd = Array.from({ length: 10_000 }, (_, n) => ({
      identity_id: '00000000-0000-4000-8000-000000000000',
      id: uuid(n + 1),
    }))
    await ory.seed({ sessions: crowd })
    await page.getByText('1801 in all').waitFor()
    await expect.poll(() => page.locator('tbody tr').count()).toBe(25)
    await page.getByRole('link', { name: 'Next page' }).click()
    await page.getByRole('link', { name: 'First page' }).waitFor()
    await page.getByLabel('Search').fill('p1@example.test')
    await page.getByRole('link', { name: 'p1@example.test' }).click()
    await page.getByText('10000', { exact: true }).waitFor()
    await expect.poll(() => page.locator('[data-session]').count()).toBe(25)
    await button('More sessions').click()
    await expect.poll(() => page.locator('[data-session]').count()).toBe(50)
    await view('Pages')
    await button('First').click()
    await page.getByText('10 of 100000 rows').waitFor()
    const sent = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
    )
    expect(sent).toBeLessThan(1_000_000)
  })

  test('has nothing serious for axe on any view, in the light and in the dark, and scrolls sideways on none, however wide', async () => {
    const ory = await open('', { profile: 'kratos-26.2' })
    onTestFinished(() => page.setViewportSize(SIZE))
    const violations = async (scheme: 'light' | 'dark', options: axe.RunOptions): Promise<readonly string[]> => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      const run = `axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })})`
      const found = ((await page.evaluate(run)) as axe.AxeResults).violations
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      return serious.map(({ id, nodes }) => `${scheme}, ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    }
    const check = async (where: string): Promise<void> => {
      // Nothing but the contrast depends on the scheme.
      const inDark = await violations('dark', { runOnly: ['color-contrast'] })
      expect([where, ...inDark, ...(await violations('light', {}))]).toEqual([where])
      for (const width of [400, 900, 1060]) {
        await page.setViewportSize({ width, height: 800 })
        expect([where, width, await overflow()]).toEqual([where, width, 0])
      }
      await page.setViewportSize(SIZE)
    }
    await page.evaluate(axe.source)
    await page.getByText('with traits of your own').click()
    await check('people')
    await page.getByRole('link', { name: 'p1@example.test' }).click()
    await sessionRow(uuid(10_001)).waitFor()
    await button('Sign in as').click()
    await button('Copy cookie').waitFor()
    await button('Copy as').click()
    await check('person')
    await page.keyboard.press('Escape')
    await ory.faults.add([
      { id: 'a-rule-with-a-name-that-is-as-long-as-a-name-of-one-can-be', delay: 1 },
      { match: { operation: 'getSession' }, effect: { status: 503 } },
    ])
    await ory.fetch(`/admin/identities/${uuid(1)}?${'x'.repeat(200)}`)
    await view('Requests')
    await button('getIdentity').click()
    await page.getByText('Response', { exact: true }).waitFor()
    await check('requests')
    await view('Faults')
    await page.getByRole('img', { name: /^Latency/ }).waitFor()
    await page.getByLabel('Rule', { exact: true }).fill('no rule')
    await button('Arm').click()
    await page.getByRole('alert').waitFor()
    await check('faults')
    await mailTo(ory, 'p1@example.test', 'verification')
    await view('Mail')
    await page.getByRole('button', { name: /verif/i }).click()
    await button('Copy code').waitFor()
    await check('mail')
    await view('Pages')
    await page.getByLabel('List').selectOption('listIdentitySessions')
    await check('pages, before the first')
    await page.getByLabel('List').selectOption('listSessions')
    await button('First').click()
    await page.getByText(/of \d+ rows/).waitFor()
    await check('pages')
    await view('Projects')
    await page.getByText('firstPageTwice').waitFor()
    await check('projects')
    await ory.close()
    await page.getByText('Disconnected.').waitFor()
    await check('away')
  })

  const fixtureFrom = async (text: string): Promise<object> =>
    ((await import('yaml')).parse as (text: string) => object)(text)

  test('has every control within reach of the keyboard', async () => {
    await open(`#/people/${uuid(1)}`)
    await sessionRow(uuid(10_001)).waitFor()
    const reached = new Set<string>()
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab')
      reached.add(await page.evaluate(() => document.activeElement?.textContent ?? ''))
    }
    const buttons = await page.locator('button:not(:disabled)').allInnerTexts()
    expect(buttons.filter((name) => !reached.has(name))).toEqual([])
  })
})
