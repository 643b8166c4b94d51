/**
 * The operation table: what routing, faults, the journal and errors all know of the API, by the ids of Ory's
 * OpenAPI (July 2026). A path is matched segment by segment in its escaped form; `{name}` takes one segment.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Operation {
  readonly id: OperationId
  readonly method: Method
  readonly path: string
  /**
   * Which of Kratos' two servers has it; one port serves both unless asked otherwise.
   * What `both` have stands under `/admin` on the admin server.
   */
  readonly server: 'admin' | 'public' | 'both'
  /** How its list is paged, for one that lists. */
  readonly lists?: 'offset' | 'keyset'
  /** The first of the modelled releases that has it, when not all do. */
  readonly since?: 'v25.4.0' | 'next'
}

type Row = readonly [
  method: Method,
  path: string,
  server: Operation['server'],
  lists?: Operation['lists'],
  since?: Operation['since'],
]

const table = {
  listIdentitySessions: ['GET', '/admin/identities/{id}/sessions', 'admin', 'offset'],
  deleteIdentitySessions: ['DELETE', '/admin/identities/{id}/sessions', 'admin'],
  listSessions: ['GET', '/admin/sessions', 'admin', 'keyset'],
  manageSessions: ['POST', '/admin/sessions', 'admin', undefined, 'next'],
  getSession: ['GET', '/admin/sessions/{id}', 'admin'],
  disableSession: ['DELETE', '/admin/sessions/{id}', 'admin'],
  extendSession: ['PATCH', '/admin/sessions/{id}/extend', 'admin'],
  listIdentities: ['GET', '/admin/identities', 'admin', 'keyset'],
  createIdentity: ['POST', '/admin/identities', 'admin'],
  batchPatchIdentities: ['PATCH', '/admin/identities', 'admin'],
  getIdentity: ['GET', '/admin/identities/{id}', 'admin'],
  getIdentityByExternalID: ['GET', '/admin/identities/by/external/{externalID}', 'admin', undefined, 'v25.4.0'],
  updateIdentity: ['PUT', '/admin/identities/{id}', 'admin'],
  patchIdentity: ['PATCH', '/admin/identities/{id}', 'admin'],
  deleteIdentity: ['DELETE', '/admin/identities/{id}', 'admin'],
  deleteIdentityCredentials: ['DELETE', '/admin/identities/{id}/credentials/{type}', 'admin'],
  createRecoveryCodeForIdentity: ['POST', '/admin/recovery/code', 'admin'],
  createRecoveryLinkForIdentity: ['POST', '/admin/recovery/link', 'admin'],
  toSession: ['GET', '/sessions/whoami', 'public'],
  listMySessions: ['GET', '/sessions', 'public', 'offset'],
  disableMyOtherSessions: ['DELETE', '/sessions', 'public'],
  disableMySession: ['DELETE', '/sessions/{id}', 'public'],
  createNativeLoginFlow: ['GET', '/self-service/login/api', 'public'],
  createBrowserLoginFlow: ['GET', '/self-service/login/browser', 'public'],
  getLoginFlow: ['GET', '/self-service/login/flows', 'public'],
  updateLoginFlow: ['POST', '/self-service/login', 'public'],
  createNativeRegistrationFlow: ['GET', '/self-service/registration/api', 'public'],
  createBrowserRegistrationFlow: ['GET', '/self-service/registration/browser', 'public'],
  getRegistrationFlow: ['GET', '/self-service/registration/flows', 'public'],
  updateRegistrationFlow: ['POST', '/self-service/registration', 'public'],
  createNativeRecoveryFlow: ['GET', '/self-service/recovery/api', 'public'],
  createBrowserRecoveryFlow: ['GET', '/self-service/recovery/browser', 'public'],
  getRecoveryFlow: ['GET', '/self-service/recovery/flows', 'public'],
  updateRecoveryFlow: ['POST', '/self-service/recovery', 'public'],
  createNativeVerificationFlow: ['GET', '/self-service/verification/api', 'public'],
  createBrowserVerificationFlow: ['GET', '/self-service/verification/browser', 'public'],
  getVerificationFlow: ['GET', '/self-service/verification/flows', 'public'],
  updateVerificationFlow: ['POST', '/self-service/verification', 'public'],
  createNativeSettingsFlow: ['GET', '/self-service/settings/api', 'public'],
  createBrowserSettingsFlow: ['GET', '/self-service/settings/browser', 'public'],
  getSettingsFlow: ['GET', '/self-service/settings/flows', 'public'],
  updateSettingsFlow: ['POST', '/self-service/settings', 'public'],
  createBrowserLogoutFlow: ['GET', '/self-service/logout/browser', 'public'],
  updateLogoutFlow: ['GET', '/self-service/logout', 'public'],
  performNativeLogout: ['DELETE', '/self-service/logout/api', 'public'],
  getFlowError: ['GET', '/self-service/errors', 'public'],
  listCourierMessages: ['GET', '/admin/courier/messages', 'admin', 'keyset'],
  getCourierMessage: ['GET', '/admin/courier/messages/{id}', 'admin'],
  listIdentitySchemas: ['GET', '/schemas', 'public', 'offset'],
  getIdentitySchema: ['GET', '/schemas/{id}', 'public'],
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
  ([id, [method, path, server, lists, since]]) => ({
    id: id as OperationId,
    method,
    path,
    server,
    ...(lists === undefined ? {} : { lists }),
    ...(since === undefined ? {} : { since }),
  }),
)

/** Whether an operation belongs to the self-service flows. */
export const isSelfService = ({ path }: Pick<Operation, 'path'>): boolean => path.startsWith('/self-service/')

/** Which parameter of its query says which flow an operation is about; undefined where none does. */
export const flowParameter = (operation: Pick<Operation, 'path' | 'method'>): 'flow' | 'id' | undefined => {
  if (!isSelfService(operation)) return undefined
  return operation.path.endsWith('/flows') ? 'id' : operation.method === 'POST' ? 'flow' : undefined
}
