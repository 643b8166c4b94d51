import { recoveryRoutes } from '../api/recovery/recovery-routes.ts'
import type { Route, RouteTable } from '../api/route-table.ts'
import { isSelfService, operations, type Operation, type OperationId } from '../model/operations.ts'

/** Everything of flows and of the courier is loaded when the first of them is asked for. */
const flowRoute: Route = async (exchange) => (await import('./flows.ts')).answerFlow(exchange)
const courierRoute: Route = async (exchange) => (await import('./courier.ts')).answerCourier(exchange)

const routesOf = (those: readonly Operation[], route: Route): [OperationId, Route][] =>
  those.map(({ id }) => [id, route])

const planted = recoveryRoutes(async (exchange, { flow, identityId, expires }, kind) => {
  const { plantFlow } = await import('./flows.ts')
  await plantFlow(exchange, { ...flow, identityId, kind, expires })
})

export const flowRoutes: RouteTable = Object.fromEntries([
  ...routesOf(operations.filter(isSelfService), flowRoute),
  ...routesOf(
    operations.filter(({ about }) => about === 'message'),
    courierRoute,
  ),
  ...Object.entries(planted),
])
