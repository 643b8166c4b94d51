import { createRecoveryCodeForIdentity } from '../api/recovery/create-recovery-code.ts'
import { createRecoveryLinkForIdentity } from '../api/recovery/create-recovery-link.ts'
import type { Plant } from '../api/recovery/recovery.ts'
import type { Route } from '../api/exchange.ts'
import type { RouteTable } from '../api/route-table.ts'
import { isSelfService, operations, type Operation } from '../model/operations.ts'

/** Everything of flows and of the courier is loaded when the first of them is asked for. */
const flowRoute: Route = async (exchange) => (await import('./flows.ts')).answerFlow(exchange)
const courierRoute: Route = async (exchange) => (await import('./courier.ts')).answerCourier(exchange)

const routesOf = (those: readonly Operation[], route: Route): RouteTable =>
  Object.fromEntries(those.map(({ id }) => [id, route]))

const plant: Plant = async (exchange, planted) => (await import('./flows.ts')).plantFlow(exchange, planted)

export const flowRoutes: RouteTable = {
  ...routesOf(operations.filter(isSelfService), flowRoute),
  ...routesOf(
    operations.filter(({ about }) => about === 'message'),
    courierRoute,
  ),
  createRecoveryCodeForIdentity: createRecoveryCodeForIdentity(plant),
  createRecoveryLinkForIdentity: createRecoveryLinkForIdentity(plant),
}
