import { expect, test } from 'vitest'
import { startMock, type MockOptions } from '../../src/index.ts'
import type { ProfileName } from '../../src/profiles/profile.ts'
import { describeTransports, EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'
import { RawConnection } from './raw-connection.ts'

const seed = {
  schemas: { default: EMAIL, 'preset://email': { ...EMAIL, title: 'Preset' } },
  identities: [person(1), person(2)],
  sessions: [sessionOf(1, 1), sessionOf(1, 2)],
}
const PRESET = '/schemas/preset%3A%2F%2Femail'

describeTransports('an escaped slash in a path', (start) => {
  const ask = async (profile: ProfileName, path: string, options: MockOptions = { publicPort: 0 }) => {
    await using ory = await start({ profile, seed, now: NOW, ...options })
    const response = await ory.fetch(ory.publicUrl + path)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  test('is part of a schema’s id, but of none in 25.4, which cleans the decoded path', async () => {
    for (const options of [{}, { publicPort: 0 }]) {
      for (const profile of ['documented', 'kratos-26.2'] as const) {
        const found = await ask(profile, PRESET, options)
        expect([profile, found.status, JSON.parse(found.text).title]).toEqual([profile, 200, 'Preset'])
      }
      expect(await ask('kratos-25.4', PRESET, options)).toMatchObject({ status: 404, text: '404 page not found\n' })
    }
  })

  test('is no path without a CSRF cookie, as its globs take no slash', async () => {
    expect((await ask('kratos-26.2', PRESET)).headers.get('set-cookie')).toMatch(/^csrf_token_/)
    expect((await ask('kratos-26.2', '/schemas/default')).headers.get('set-cookie')).toBeNull()
  })

  test('ends the path where it stands alone: nothing in 26.2, the list of schemas in 25.4', async () => {
    for (const options of [{}, { publicPort: 0 }]) {
      expect(await ask('kratos-26.2', '/schemas/%2F', options)).toMatchObject({
        status: 404,
        text: '404 page not found\n',
      })
      const list = await ask('kratos-25.4', '/schemas/%2F', options)
      expect([list.status, JSON.parse(list.text).length]).toEqual([200, 2])
      const documented = await ask('documented', '/schemas/%2F', options)
      expect([documented.status, JSON.parse(documented.text).error.reason]).toEqual([
        404,
        'Identity schema `/` could not be found.',
      ])
    }
  })

  test('is no id on the admin server of 26.2 and 25.4 either', async () => {
    for (const profile of ['kratos-26.2', 'kratos-25.4'] as const) {
      await using ory = await start({ profile, seed, now: NOW, publicPort: 0 })
      for (const path of ['/admin/identities/%2F/sessions', '/admin/identities/%2f/credentials/password'])
        expect([profile, path, (await ory.fetch(ory.url + path)).status]).toEqual([profile, path, 404])
      const sessions = await ory.fetch(`${ory.url}/admin/sessions/%2F`)
      expect([profile, sessions.status]).toEqual([profile, profile === 'kratos-26.2' ? 404 : 200])
    }
  })
})

test.each(['documented', 'kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const)(
  'a target in absolute form makes links absolute in %s',
  async (profile) => {
    await using ory = await startMock({ port: 0, profile, seed, now: NOW })
    const root = new URL((await ory.project('other')).url).pathname.replace(/\/$/, '')
    using wire = await RawConnection.open(ory.url)
    const linkOf = async (target: string): Promise<string | undefined> => {
      wire.request('GET', target)
      const { status, headers } = await wire.answer()
      expect([target, status]).toEqual([target, 200])
      return headers['link']
    }
    const { host } = new URL(ory.url)
    for (const path of ['/admin/identities?page_size=1', `/admin/identities/${uuid(1)}/sessions?page_size=1`]) {
      const relative = await linkOf(path)
      expect(relative).toMatch(/^<\/admin\//)
      expect(await linkOf(`http://${host}${path}`)).toBe(relative!.replaceAll('<', `<http://${host}`))
      expect(await linkOf(path)).toBe(relative)
    }
    expect(await linkOf(`http://${host}${root}/admin/identities`)).toMatch(`<http://${host}${root}/admin/identities?`)
  },
)
