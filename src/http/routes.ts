import { flowRoutes } from './flow-routes.ts'
import { identityRoutes } from './identities.ts'
import { identityWriteRoutes } from './identity-writes.ts'
import { metaRoutes } from './meta.ts'
import { mySessionRoutes } from './my-sessions.ts'
import { recoveryRoutes } from './recovery.ts'
import type { RouteTable } from './route-table.ts'
import { schemaRoutes } from './schemas.ts'
import { sessionRoutes } from './sessions.ts'

/** The route of each operation. */
export const routes: RouteTable = {
  ...sessionRoutes,
  ...mySessionRoutes,
  ...identityRoutes,
  ...identityWriteRoutes,
  ...recoveryRoutes,
  ...flowRoutes,
  ...schemaRoutes,
  ...metaRoutes,
}
