import type { RouteTable } from './route-table.ts'

export const identityRoutes: RouteTable = {}
