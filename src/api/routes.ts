import { batchPatchIdentities } from './identities/batch-patch-identities.ts'
import { createIdentity } from './identities/create-identity.ts'
import { deleteIdentityCredentials } from './identities/delete-identity-credentials.ts'
import { deleteIdentity } from './identities/delete-identity.ts'
import { getIdentityByExternalID } from './identities/get-identity-by-external-id.ts'
import { getIdentity } from './identities/get-identity.ts'
import { listIdentities } from './identities/list-identities.ts'
import { patchIdentity } from './identities/patch-identity.ts'
import { updateIdentity } from './identities/update-identity.ts'
import { getVersion, isAlive, isReady } from './meta.ts'
import type { RouteTable } from './route-table.ts'
import { getIdentitySchema } from './schemas/get-identity-schema.ts'
import { listIdentitySchemas } from './schemas/list-identity-schemas.ts'
import { deleteIdentitySessions } from './sessions/delete-identity-sessions.ts'
import { disableMyOtherSessions } from './sessions/disable-my-other-sessions.ts'
import { disableMySession } from './sessions/disable-my-session.ts'
import { disableSession } from './sessions/disable-session.ts'
import { extendSession } from './sessions/extend-session.ts'
import { getSession } from './sessions/get-session.ts'
import { listIdentitySessions } from './sessions/list-identity-sessions.ts'
import { listMySessions } from './sessions/list-my-sessions.ts'
import { listSessions } from './sessions/list-sessions.ts'
import { manageSessions } from './sessions/manage-sessions.ts'
import { toSession } from './sessions/to-session.ts'

/** Each operation that needs no flow. */
export const routes: RouteTable = {
  listIdentitySessions,
  deleteIdentitySessions,
  listSessions,
  manageSessions,
  getSession,
  disableSession,
  extendSession,
  listIdentities,
  createIdentity,
  batchPatchIdentities,
  getIdentity,
  getIdentityByExternalID,
  updateIdentity,
  patchIdentity,
  deleteIdentity,
  deleteIdentityCredentials,
  toSession,
  listMySessions,
  disableMyOtherSessions,
  disableMySession,
  listIdentitySchemas,
  getIdentitySchema,
  isAlive,
  isReady,
  getVersion,
}
