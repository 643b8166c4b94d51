import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { quirks, type QuirkName } from '../../src/profiles/quirks.ts'
import { EMAIL, NOW, person, sessionOf, uuid, withTrait } from '../support.ts'

const TOTP = { totp_url: 'otpauth://totp/a' }

const first = { metadata_admin: { a: 1 }, traits: { email: 'ada@example.com' } }

const seed = {
  schemas: { default: EMAIL, b: EMAIL, c: EMAIL, d: EMAIL, broken: withTrait({ $ref: '#/definitions/none' }) },
  identities: [
    person(1, { ...first, credentials: { password: { config: { hashed_password: 'x' } }, totp: { config: TOTP } } }),
    person(2, { state: 'inactive', traits: { email: 'b@example.com' } }),
    person(3, { traits: { email: 'c@example.com' } }),
  ],
  sessions: [
    sessionOf(1, 0, { authenticated_at: '2026-11-20T00:00:00Z' }),
    sessionOf(1, 1, { created_at: '2026-11-22T22:00:00.000009Z', token: 'first-factor' }),
    sessionOf(1, 2, { created_at: '2026-11-22T22:00:00.000001Z' }),
    sessionOf(2, 0, { token: 'inactive' }),
  ],
}
const list = `/admin/identities/${uuid(1)}/sessions`
const one = `/admin/identities/${uuid(1)}`
const all = '/admin/identities'

interface Sent {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Asks the public server on a port of its own. */
  readonly apart?: true
}
type Probe = readonly [method: string, path: string, sent?: Sent]

/** Changes a trait in a settings flow. @returns the request that submits it. */
const settled = async (ory: Mock): Promise<Probe> => {
  const { token } = await ory.signIn(uuid(3))
  const headers = { 'x-session-token': token }
  const { id } = (await (await ory.fetch('/self-service/settings/api', { headers })).json()) as { id: string }
  const body = { method: 'profile', traits: { email: 'z@example.com' } }
  return [
    'POST',
    `/self-service/settings?flow=${id}`,
    { ...sent(body), headers: { ...headers, ...sent(body).headers } },
  ]
}

const sent = (body: unknown): Sent => ({ body, headers: { 'content-type': 'application/json' } })
const made = (email: string): object => ({ create: { traits: { email } } })

/** One request for each quirk whose answer it changes. */
const probes: Readonly<Record<QuirkName, Probe | typeof settled>> = {
  settingsForgetStateTime: settled,
  unknownIdentityListsEmpty: ['GET', `/admin/identities/${uuid(9)}/sessions`],
  firstPageTwice: ['GET', `${list}?page=1&per_page=2`],
  paginationIgnoresGarbage: ['GET', `${list}?page_size=abc`],
  emptyListLinks: ['GET', `/admin/identities/${uuid(3)}/sessions`],
  activeFilterIgnoresIdentity: ['GET', `/admin/identities/${uuid(2)}/sessions?active=true`],
  deletingNoSessionsIs404: ['DELETE', `/admin/identities/${uuid(3)}/sessions`],
  listedSessionsBare: ['GET', list],
  nullForAbsent: ['GET', `/admin/sessions/${uuid(10_000)}`],
  unmodelledIsPlain404: ['GET', '/admin/nothing'],
  redirectsMissingAdmin: ['GET', `/identities/${uuid(1)}/sessions`],
  redirectsToAdmin: ['GET', '/identities', { apart: true }],
  trailingSlashServed: ['GET', `${list}/`],
  httprouter: ['HEAD', list],
  noCacheOnRoutesAlone: ['DELETE', `/admin/sessions/${uuid(10_000)}`],
  noErrorIdHeader: ['GET', '/admin/identities/bad/sessions'],
  ownedByAuthentication: ['GET', `${list}?page_size=1`],
  sessionsTotalCount: ['GET', '/admin/sessions'],
  negativePageSizeDrops: ['GET', '/admin/sessions?page_size=-1'],
  csrfCookies: ['GET', '/schemas'],
  csrfProtects: ['POST', '/nothing', { apart: true }],
  identifierFiltersClash: ['GET', `/admin/identities?ids=${uuid(1)}&credentials_identifier=c@example.com`],
  idsUnbounded: ['GET', `/admin/identities?${Array.from({ length: 501 }, () => `ids=${uuid(1)}`).join('&')}`],
  pageErrorsUnspecific: ['GET', '/admin/sessions?page_size=abc'],
  schemaPagesOverlap: ['GET', '/schemas?page=1&per_page=1'],
  schemaIdDecodedInError: ['GET', '/schemas/nope'],
  identityPagesUnbounded: ['GET', '/admin/identities?page_size=501'],
  includedNotNamed: ['GET', '/admin/identities?include_credential=x'],
  noSchemasIsNull: ['GET', '/schemas?page=9'],
  firstFactorsStay: ['DELETE', `/admin/identities/${uuid(1)}/credentials/password`],
  schemaTypeBare: ['GET', '/schemas/default'],
  mySessionsNeedNoAal2: ['GET', '/sessions', { headers: { 'x-session-token': 'first-factor' } }],
  internalErrors: ['POST', all, sent({ schema_id: 'broken', traits: {} })],
  causeInMessage: ['POST', all, sent('{')],
  bodyLimitUnsaid: ['POST', all, sent(' '.repeat(5 * 1024 * 1024 + 1))],
  batchErrorsSay500: ['PATCH', all, sent('{')],
  batchErrorsUnspecific: ['PATCH', all, sent({ identities: [made('none'), made('d@example.com')] })],
  nullPatchDrops: ['PATCH', all, sent({ identities: [null] })],
  batchTakes2000: ['PATCH', all, sent({ identities: Array.from({ length: 1001 }, () => ({})) })],
  partialBatchRollsBack: ['PATCH', all, sent({ identities: [made('b@example.com'), made('d@example.com')] })],
  patchKeepsRemoved: ['PATCH', one, sent([{ op: 'remove', path: '/metadata_admin' }])],
  updateRewritesCredentials: ['PUT', one, sent(first)],
  updateAnswersWhatItGot: ['PATCH', one, sent([{ op: 'remove', path: '/recovery_addresses/0' }])],
  unknownCredentialTypeIs404: ['PATCH', one, sent([{ op: 'add', path: '/credentials/x/config', value: {} }])],
  blanksCount: ['GET', '/admin/sessions?expand='],
  cleansPublicPaths: ['GET', '//schemas'],
  slashIsNoValue: ['GET', '/schemas/%2F'],
  adminSessionsAsPublic: ['GET', `/admin/sessions/${uuid(10_000)}?expand=identity`],
  extendedAsPublic: ['PATCH', `/admin/sessions/${uuid(10_000)}/extend`],
  inactiveMayManage: ['GET', '/sessions', { headers: { 'x-session-token': 'inactive' } }],
  newWording: ['POST', '/admin/recovery/code', sent({ identity_id: uuid(1), expires_in: 'soon' })],
  newCredentialsTimeless: ['POST', all, sent({ traits: { email: 'e@example.com' } })],
  identifiersFolded: ['PUT', one, sent({ traits: { email: 'ａ@example.com' } })],
  checksHashes: [
    'PUT',
    one,
    sent({ ...first, credentials: { password: { config: { hashed_password: '$2a$04$x' } } } }),
  ],
  regionForgotten: ['PUT', one, sent({ ...first, region: 'eu' })],
  guardsCredentials: ['PATCH', one, sent([{ op: 'add', path: '/credentials/password', value: {} }])],
  keysetSkipsTies: [
    'GET',
    `/admin/sessions?page_token=${btoa(`id=${uuid(10_001)}/created_at=2026-11-22 22:00:00`).replaceAll('=', '')}`,
  ],
}

/** What comes of a request, and of a write what is there afterwards. */
const answer = async (ory: Mock, [method, path, { body, headers = {}, apart } = {}]: Probe): Promise<string> => {
  try {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const base = apart === true ? ory.publicUrl : ory.url
    const response = await ory.fetch(base + path, { method, headers, ...(body === undefined ? {} : { body: text }) })
    const after = body === undefined ? '' : await (await ory.fetch(all)).text()
    return JSON.stringify([response.status, [...response.headers], await response.text(), after])
  } catch (error) {
    return String(error)
  }
}

/** What each probe is answered, all from the seeded state. */
const answers = async (switched: Partial<Record<QuirkName, boolean>>): Promise<Record<string, string>> => {
  const options = { seed, now: NOW, profile: { base: 'documented', quirks: switched } } as const
  await using together = await createMock(options)
  await using apart = await createMock({ ...options, publicPort: 0 })
  const each: Record<string, string> = {}
  for (const [name, probe] of Object.entries(probes)) {
    const ory = typeof probe !== 'function' && probe[2]?.apart === true ? apart : together
    each[name] = await answer(ory, typeof probe === 'function' ? await probe(ory) : probe)
    await ory.reset()
  }
  return each
}

/** Quirks that say what becomes of any path or header show on the others' requests too. */
const broad = new Set<string>([
  'causeInMessage',
  'adminSessionsAsPublic',
  'cleansPublicPaths',
  'guardsCredentials',
  'identifiersFolded',
  'newCredentialsTimeless',
  'csrfCookies',
  'emptyListLinks',
  'httprouter',
  'internalErrors',
  'noCacheOnRoutesAlone',
  'noErrorIdHeader',
  'nullForAbsent',
  'listedSessionsBare',
  'ownedByAuthentication',
  'firstPageTwice',
  'redirectsMissingAdmin',
  'unmodelledIsPlain404',
  'sessionsTotalCount',
  'trailingSlashServed',
  'updateRewritesCredentials',
])

describe('a quirk switched on alone', async () => {
  const plain = await answers({})
  test.each(Object.keys(probes) as QuirkName[])('%s changes its answer', async (name) => {
    const quirky = await answers({ [name]: true })
    expect(quirky[name]).not.toBe(plain[name])
    if (!broad.has(name)) expect({ ...quirky, [name]: '' }).toEqual({ ...plain, [name]: '' })
  })
})

test('every quirk names releases and a source', () => {
  for (const { summary, releases, source, touches } of Object.values(quirks)) {
    expect(releases.length).toBeGreaterThan(0)
    expect(touches.length).toBeGreaterThan(0)
    expect(summary).toMatch(/^[A-Z`].*\.$/)
    expect(source).not.toBe('')
  }
})
