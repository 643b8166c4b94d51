import type { SessionLine } from '../../control/people.ts'
import type { Request } from './copied-request.ts'
import { curlOf, type Target } from './request.ts'
import { sdkOf } from './sdk.ts'
import { literal } from './source.ts'
import { yamlOf } from './yaml.ts'

/** An identity as the admin API shows it. */
export type AdminIdentity = Readonly<Record<string, unknown>> & { readonly id: string }

const asking = (id: string): Request => ({
  operation: 'getIdentity',
  method: 'GET',
  path: `/admin/identities/${id}`,
  query: {},
  headers: {},
  body: null,
})

export const personCurl = (id: string, target: Target): string => curlOf(asking(id), target)

export const personSdk = (id: string, target: Target): string => sdkOf('getIdentity', asking(id), target)!

/** A test's line that holds as long as the identity is as it is. */
export const personTestLine = ({ id, state, traits }: AdminIdentity): string =>
  `expect(await (await ory.fetch(${literal(`/admin/identities/${id}`)})).json()).toMatchObject(${literal({ state, traits })})\n`

/** What a fixture gives for a session: all but what the mock works out. */
const sessionRow = (session: SessionLine): object =>
  Object.fromEntries(Object.entries(session).filter(([name]) => name !== 'live'))

interface PersonFixture {
  readonly identity: AdminIdentity
  readonly sessions: readonly SessionLine[]
  /** How many sessions there are. */
  readonly total: number
  /** The mock's time, RFC 3339. */
  readonly now: string
}

/** An identity and its sessions as a fixture. */
export const personFixture = ({ identity, sessions, total, now }: PersonFixture): string => {
  const { schema_url: _, ...rest } = identity
  const person = sessions.length === 0 ? rest : { ...rest, sessions: sessions.map(sessionRow) }
  const part = sessions.length < total ? `# The first ${sessions.length} of ${total} sessions.\n` : ''
  return `# As it was at ${now}: the clock stands there with --now ${now}.\n${part}${yamlOf({ identities: [person] })}`
}
