import { DroppedConnection } from '../model/errors.ts'
import { deliver, drop } from './deliver.ts'
import { errorAnswer } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { faulted } from './faults.ts'
import type { Route } from './route-table.ts'

const recover = (exchange: Exchange, error: unknown): Response =>
  error instanceof DroppedConnection ? drop(exchange, error.how) : deliver(exchange, errorAnswer(error, exchange))

/** The path of every request that is not for the control plane: fault, then route, then delivery. */
export const respond = (exchange: Exchange, route: Route): Response | Promise<Response> => {
  try {
    const fault = faulted(exchange, route)
    if (fault !== undefined) return fault.catch((error: unknown) => recover(exchange, error))
    const answer = route(exchange)
    if (answer instanceof Promise) {
      return answer.then((whole) => deliver(exchange, whole)).catch((error: unknown) => recover(exchange, error))
    }
    return deliver(exchange, answer)
  } catch (error) {
    return recover(exchange, error)
  }
}
