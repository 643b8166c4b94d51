import { identityRoutes } from './identities/identity-routes.ts'
import { identityWriteRoutes } from './identities/identity-write-routes.ts'
import { metaRoutes } from './meta.ts'
import { mySessionRoutes } from './sessions/my-session-routes.ts'
import type { RouteTable } from './route-table.ts'
import { schemaRoutes } from './schemas/schema-routes.ts'
import { sessionRoutes } from './sessions/session-routes.ts'

/** The route of each operation that needs no flow. */
export const routes: RouteTable = {
  ...sessionRoutes,
  ...mySessionRoutes,
  ...identityRoutes,
  ...identityWriteRoutes,
  ...schemaRoutes,
  ...metaRoutes,
}
