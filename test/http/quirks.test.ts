import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { quirks, type QuirkName } from '../../src/profiles/quirks.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'

const seed = {
  schemas: { default: {}, b: {}, c: {}, d: {} },
  identities: [
    person(1, { credentials: { password: { identifiers: ['p1'] } } }),
    person(2, { state: 'inactive' }),
    person(3),
  ],
  sessions: [
    sessionOf(1, 0, { authenticated_at: '2026-11-20T00:00:00Z' }),
    sessionOf(1, 1, { created_at: '2026-11-22T22:00:00.000009Z' }),
    sessionOf(1, 2, { created_at: '2026-11-22T22:00:00.000001Z' }),
    sessionOf(2, 0),
  ],
}
const list = `/admin/identities/${uuid(1)}/sessions`

type Probe = readonly [method: string, path: string]

/** One request for each quirk whose answer it changes. */
const probes: Readonly<Record<string, Probe>> = {
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
  trailingSlashServed: ['GET', `${list}/`],
  httprouter: ['HEAD', list],
  noCacheOnRoutesAlone: ['DELETE', `/admin/sessions/${uuid(10_000)}`],
  noErrorIdHeader: ['GET', '/admin/identities/bad/sessions'],
  ownedByAuthentication: ['GET', `${list}?page_size=1`],
  sessionsTotalCount: ['GET', '/admin/sessions'],
  negativePageSizeDrops: ['GET', '/admin/sessions?page_size=-1'],
  csrfCookies: ['GET', '/schemas'],
  identifierFiltersClash: ['GET', '/admin/identities?organization_id=bad'],
  schemaPagesOverlap: ['GET', '/schemas?page=1&per_page=1'],
  schemaIdDecodedInError: ['GET', '/schemas/nope'],
  identityPagesUnbounded: ['GET', '/admin/identities?page_size=501'],
  includedNotNamed: ['GET', '/admin/identities?include_credential=x'],
  noSchemasIsNull: ['GET', '/schemas?page=9'],
  firstFactorsStay: ['DELETE', `/admin/identities/${uuid(1)}/credentials/password`],
  schemaTypeBare: ['GET', '/schemas/default'],
  keysetSkipsTies: [
    'GET',
    `/admin/sessions?page_token=${btoa(`id=${uuid(10_001)}/created_at=2026-11-22 22:00:00`).replaceAll('=', '')}`,
  ],
}

const answer = async (ory: Mock, [method, path]: Probe): Promise<string> => {
  try {
    const response = await ory.fetch(ory.url + path, { method })
    return JSON.stringify([response.status, [...response.headers], await response.text()])
  } catch (error) {
    return String(error)
  }
}

const answers = async (switched: Partial<Record<QuirkName, boolean>>): Promise<Record<string, string>> => {
  const all: Record<string, string> = {}
  for (const [name, probe] of Object.entries(probes)) {
    await using ory = await createMock({ seed, now: NOW, profile: { base: 'documented', quirks: switched } })
    all[name] = await answer(ory, probe)
  }
  return all
}

/** Quirks that say what becomes of any path or header show on the others' requests too. */
const broad = new Set<string>([
  'csrfCookies',
  'emptyListLinks',
  'httprouter',
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
  for (const { summary, releases, source } of Object.values(quirks)) {
    expect(releases.length).toBeGreaterThan(0)
    expect(summary).toMatch(/^[A-Z`].*\.$/)
    expect(source).not.toBe('')
  }
})
