import { identityRoutes } from './identities.ts'
import { metaRoutes } from './meta.ts'
import type { RouteTable } from './route-table.ts'
import { sessionRoutes } from './sessions.ts'

/** The route of each operation. */
export const routes: RouteTable = { ...sessionRoutes, ...identityRoutes, ...metaRoutes }
