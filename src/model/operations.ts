/**
 * The operation table: what routing, faults, the journal and errors all know of the API, by the ids of Ory's
 * OpenAPI (July 2026). A path is matched segment by segment in its escaped form; `{name}` takes one segment.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * What an operation is about: the `identity` or `session` whose id is in its path, the identity with an
 * `externalID`, the session of its `caller`, a self-service `flow` and its caller, or a `message` of the courier.
 */
export type Subject = 'identity' | 'externalID' | 'session' | 'caller' | 'flow' | 'message'

export interface Operation {
  readonly id: OperationId
  readonly method: Method
  readonly path: string
  /**
   * Which of Kratos' two servers has it; one port serves both unless asked otherwise.
   * What `both` have stands under `/admin` on the admin server.
   */
  readonly server: 'admin' | 'public' | 'both'
  /** What it is about, when that is in its path, its query or the token that it is asked with. */
  readonly about?: Subject
  /** How its list is paged, for one that lists. */
  readonly lists?: 'offset' | 'keyset'
  /** Which parameter of its query says which flow it reads (`id`) or submits (`flow`). */
  readonly flow?: 'id' | 'flow'
  /** The methods that Kratos registers for it besides its own. */
  readonly besides?: readonly string[]
  /** Where its server has it, too. */
  readonly also?: string
  /** The first of the modelled releases that has it, when not all do. */
  readonly since?: 'v25.4.0' | 'next'
}

type Row = readonly [method: Method, path: string, server: Operation['server'], more?: More]

type More = Omit<Operation, 'id' | 'method' | 'path' | 'server'>

/** session/handler.go registers all but DELETE for `/sessions/whoami`. */
const WHOAMI = ['HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'CONNECT', 'TRACE']

const IDENTITY: More = { about: 'identity' }
const SESSION: More = { about: 'session' }
const CALLER: More = { about: 'caller' }
const FLOW: More = { about: 'flow' }
const READS_FLOW: More = { about: 'flow', flow: 'id' }
/** A flow is also submitted by GET, as by a link in a letter. */
const SUBMITS_FLOW: More = { about: 'flow', flow: 'flow', besides: ['GET'] }

const table = {
  listIdentitySessions: ['GET', '/admin/identities/{id}/sessions', 'admin', { ...IDENTITY, lists: 'offset' }],
  deleteIdentitySessions: ['DELETE', '/admin/identities/{id}/sessions', 'admin', IDENTITY],
  listSessions: ['GET', '/admin/sessions', 'admin', { lists: 'keyset' }],
  manageSessions: ['POST', '/admin/sessions', 'admin', { since: 'next' }],
  getSession: ['GET', '/admin/sessions/{id}', 'admin', SESSION],
  disableSession: ['DELETE', '/admin/sessions/{id}', 'admin', SESSION],
  extendSession: ['PATCH', '/admin/sessions/{id}/extend', 'admin', SESSION],
  listIdentities: ['GET', '/admin/identities', 'admin', { lists: 'keyset' }],
  createIdentity: ['POST', '/admin/identities', 'admin'],
  batchPatchIdentities: ['PATCH', '/admin/identities', 'admin'],
  getIdentity: ['GET', '/admin/identities/{id}', 'admin', IDENTITY],
  getIdentityByExternalID: [
    'GET',
    '/admin/identities/by/external/{externalID}',
    'admin',
    { about: 'externalID', since: 'v25.4.0' },
  ],
  updateIdentity: ['PUT', '/admin/identities/{id}', 'admin', IDENTITY],
  patchIdentity: ['PATCH', '/admin/identities/{id}', 'admin', IDENTITY],
  deleteIdentity: ['DELETE', '/admin/identities/{id}', 'admin', IDENTITY],
  deleteIdentityCredentials: ['DELETE', '/admin/identities/{id}/credentials/{type}', 'admin', IDENTITY],
  createRecoveryCodeForIdentity: ['POST', '/admin/recovery/code', 'admin'],
  createRecoveryLinkForIdentity: ['POST', '/admin/recovery/link', 'admin'],
  toSession: ['GET', '/sessions/whoami', 'public', { ...CALLER, besides: WHOAMI }],
  listMySessions: ['GET', '/sessions', 'public', { ...CALLER, lists: 'offset' }],
  disableMyOtherSessions: ['DELETE', '/sessions', 'public', CALLER],
  disableMySession: ['DELETE', '/sessions/{id}', 'public', SESSION],
  createNativeLoginFlow: ['GET', '/self-service/login/api', 'public', FLOW],
  createBrowserLoginFlow: ['GET', '/self-service/login/browser', 'public', FLOW],
  getLoginFlow: ['GET', '/self-service/login/flows', 'public', READS_FLOW],
  updateLoginFlow: ['POST', '/self-service/login', 'public', SUBMITS_FLOW],
  createNativeRegistrationFlow: ['GET', '/self-service/registration/api', 'public', FLOW],
  createBrowserRegistrationFlow: ['GET', '/self-service/registration/browser', 'public', FLOW],
  getRegistrationFlow: ['GET', '/self-service/registration/flows', 'public', READS_FLOW],
  updateRegistrationFlow: ['POST', '/self-service/registration', 'public', SUBMITS_FLOW],
  createNativeRecoveryFlow: ['GET', '/self-service/recovery/api', 'public', FLOW],
  createBrowserRecoveryFlow: ['GET', '/self-service/recovery/browser', 'public', FLOW],
  getRecoveryFlow: ['GET', '/self-service/recovery/flows', 'public', READS_FLOW],
  updateRecoveryFlow: ['POST', '/self-service/recovery', 'public', SUBMITS_FLOW],
  createNativeVerificationFlow: ['GET', '/self-service/verification/api', 'public', FLOW],
  createBrowserVerificationFlow: ['GET', '/self-service/verification/browser', 'public', FLOW],
  getVerificationFlow: ['GET', '/self-service/verification/flows', 'public', READS_FLOW],
  updateVerificationFlow: ['POST', '/self-service/verification', 'public', SUBMITS_FLOW],
  createNativeSettingsFlow: ['GET', '/self-service/settings/api', 'public', FLOW],
  createBrowserSettingsFlow: ['GET', '/self-service/settings/browser', 'public', FLOW],
  getSettingsFlow: ['GET', '/self-service/settings/flows', 'public', READS_FLOW],
  updateSettingsFlow: ['POST', '/self-service/settings', 'public', SUBMITS_FLOW],
  createBrowserLogoutFlow: ['GET', '/self-service/logout/browser', 'public', FLOW],
  updateLogoutFlow: ['GET', '/self-service/logout', 'public', FLOW],
  performNativeLogout: ['DELETE', '/self-service/logout/api', 'public', FLOW],
  getFlowError: ['GET', '/self-service/errors', 'public', FLOW],
  listCourierMessages: ['GET', '/admin/courier/messages', 'admin', { about: 'message', lists: 'keyset' }],
  getCourierMessage: ['GET', '/admin/courier/messages/{id}', 'admin', { about: 'message' }],
  listIdentitySchemas: ['GET', '/schemas', 'public', { lists: 'offset', also: '/admin/schemas' }],
  getIdentitySchema: ['GET', '/schemas/{id}', 'public', { also: '/admin/schemas/{id}' }],
  isAlive: ['GET', '/health/alive', 'both'],
  isReady: ['GET', '/health/ready', 'both'],
  getVersion: ['GET', '/admin/version', 'admin'],
} as const satisfies Readonly<Record<string, Row>>

/** An operation's id in Ory's OpenAPI. */
export type OperationId = keyof typeof table

/** Every one of them, in the order of the reference. */
export const operationIds = Object.keys(table) as readonly OperationId[]

/** Every operation, in the order of the reference. */
export const operations: readonly Operation[] = Object.entries<Row>(table).map(
  ([id, [method, path, server, more]]) => ({ id: id as OperationId, method, path, server, ...more }),
)

/** The methods that Kratos registers for an operation; where GET is one of them, it answers HEAD, too. */
export const methodsOf = ({ method, besides = [] }: Operation): readonly string[] => [method, ...besides]

/** Where an operation stands on each of the servers that have it, the path of the reference first. */
export const placesOf = ({
  server,
  path,
  also,
}: Operation): readonly (readonly [side: 'admin' | 'public', path: string])[] => {
  if (server === 'both')
    return [
      ['public', path],
      ['admin', `/admin${path}`],
    ]
  return also === undefined
    ? [[server, path]]
    : [
        [server, path],
        [server, also],
      ]
}

/** The paths that an operation may be asked at: `/admin` may be missing, or be put before it. */
export const spellingsOf = ({ path }: Operation): readonly string[] => [
  path,
  path.startsWith('/admin/') ? path.slice('/admin'.length) : path,
  `/admin${path}`,
]

/** Whether an operation belongs to the self-service flows. */
export const isSelfService = ({ about }: Operation): boolean => about === 'flow'

/** Whether an operation is about the session that its caller's token is of. */
export const isOfCaller = ({ about }: Operation): boolean => about === 'caller' || about === 'flow'
