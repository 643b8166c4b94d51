import { expect, test } from 'vitest'
import type { MockOptions } from '../../src/index.ts'
import type { ProfileName } from '../../src/profiles/profile.ts'
import { describeTransports } from '../support.ts'

const RELEASES = ['kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const

/** Of Kratos' own: what needs a provider, its metrics. */
const onPublic = [
  ['GET', '/self-service/methods/oidc/callback/github'],
  ['GET', '/sessions/token-exchange'],
  ['GET', '/.well-known/ory/webauthn.js'],
] as const
const onAdmin = [
  ['GET', '/admin/metrics/prometheus'],
  ['GET', '/admin/health/config'],
] as const
const ofNobody = [
  '/nope',
  '/self-service',
  '/self-service/login/other',
  '/sessions/whoami/more',
  '/admin/courier',
  '/admin/courier/messages/a/b',
  '/admin/metrics/nope',
]
/** Of the next release alone. */
const ofNext = [
  ['POST', '/admin/test-login-flows'],
  ['GET', '/.well-known/change-password'],
  ['DELETE', '/self-service/login/test'],
] as const

interface Reading {
  readonly status: number
  readonly text: string
}

describeTransports('a path that Kratos has and the mock has not', (start) => {
  const setup = (profile: ProfileName, options: MockOptions = {}) =>
    start({ profile, seed: { identities: [] }, ...options })
  const read = async (response: Response): Promise<Reading> => ({
    status: response.status,
    text: await response.text(),
  })
  /** The mock's own 501, by name. */
  const own = (method: string, path: string): Reading => ({
    status: 501,
    text: expect.stringMatching(
      new RegExp(
        `^\\{"error":\\{"code":501,"status":"Not Implemented","reason":"[a-z -]+ does not model ${method} ${path}\\.`,
      ),
    ) as string,
  })

  test.each(['documented', ...RELEASES] as const)('is a 501 that names it as it was sent in %s', async (profile) => {
    await using one = await setup(profile)
    for (const [method, path] of [...onPublic, ...onAdmin])
      expect(await read(await one.fetch(one.url + path, { method }))).toEqual(own(method, path))
    await using two = await setup(profile, { publicPort: 0 })
    for (const [method, path] of onPublic)
      expect(await read(await two.fetch(two.publicUrl + path, { method }))).toEqual(own(method, path))
    for (const [method, path] of onAdmin)
      expect(await read(await two.fetch(two.url + path, { method }))).toEqual(own(method, path))
  })

  test.each(['documented', 'kratos-next'] as const)('is one of the next release, too, in %s', async (profile) => {
    await using two = await setup(profile, { publicPort: 0 })
    for (const [method, path] of ofNext) {
      const url = path.startsWith('/admin') ? two.url : two.publicUrl
      expect(await read(await two.fetch(url + path, { method }))).toEqual(own(method, path))
    }
  })

  test('is named without the `/admin` that 26.2 puts before it', async () => {
    for (const profile of ['documented', 'kratos-26.2'] as const) {
      await using ory = await setup(profile, { publicPort: 0 })
      for (const path of ['/metrics/prometheus', '/health/config'])
        expect(await read(await ory.fetch(ory.url + path))).toEqual(own('GET', path))
    }
  })

  test.each(RELEASES)('is none that %s lacks, too', async (profile) => {
    await using one = await setup(profile)
    await using two = await setup(profile, { publicPort: 0 })
    const nothing = { status: 404, text: '404 page not found\n' }
    const lacking = profile === 'kratos-next' ? ofNobody : [...ofNobody, ...ofNext.map(([, path]) => path)]
    for (const path of lacking) {
      // Older releases send a path without `/admin` there first.
      const there =
        path.startsWith('/admin') || profile === 'kratos-26.2' || profile === 'kratos-next' ? path : `/admin${path}`
      expect([path, await read(await one.fetch(one.url + there))]).toEqual([path, nothing])
      expect([path, await read(await two.fetch(two.url + there))]).toEqual([path, nothing])
      expect([path, await read(await two.fetch(two.publicUrl + path))]).toEqual([path, nothing])
    }
  })

  test.each([
    ['/admin/identites', '/admin/identities'],
    ['/admin/identites/7/sesions', '/admin/identities/7/sessions'],
    ['/admin/identities/7/session', '/admin/identities/7/sessions'],
    ['/self-service/logn/browser', '/self-service/login/browser'],
    ['/whoami', '/sessions/whoami'],
    ['/api/kratos/public/sessions/whoami', '/sessions/whoami'],
    ['/nope', undefined],
    ['/admin/metrics/nope', undefined],
    ['/admin/oauth2/clients', undefined],
    ['/admin/health/config', undefined],
  ])('in `documented` %s is told to be %s', async (path, meant) => {
    await using ory = await setup('documented')
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
    const reason = `ory-identities-mock does not model GET ${path}.${hint} Its README has the table of operations.`
    const answer = await ory.fetch(ory.url + path)
    expect([answer.status, await answer.json()]).toEqual([501, { error: expect.objectContaining({ reason }) }])
  })

  test('in `documented` an operation of the other port is not suggested for itself', async () => {
    await using ory = await setup('documented', { publicPort: 0 })
    const answer = await ory.fetch(`${ory.publicUrl}/admin/sessions`)
    expect([answer.status, (await answer.text()).includes('Did you mean')]).toEqual([501, false])
  })

  test('leaves the path beside it as it was', async () => {
    await using ory = await setup('kratos-26.2', { publicPort: 0 })
    const ended = await ory.fetch(`${ory.publicUrl}/sessions/token-exchange`, { method: 'DELETE' })
    expect(ended.status).toBe(401)
  })
})
