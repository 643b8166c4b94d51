import { DroppedConnection } from '../model/errors.ts'
import type { Answer } from '../model/answer.ts'
import { authorize } from './authorize.ts'
import { deliver, drop } from './deliver.ts'
import { errorAnswer } from '../api/errors.ts'
import type { Exchange } from '../api/exchange.ts'
import { faulted } from './faults/faulted.ts'
import { dress } from './middleware.ts'
import type { Route } from '../api/route-table.ts'

const failed = (exchange: Exchange, error: unknown): Answer | Promise<Answer> => {
  if (error instanceof DroppedConnection) throw error
  return dress(exchange, errorAnswer(error, exchange))
}

/** A route whose errors are answers too, with what Kratos' middleware adds to both. */
const whole =
  (route: Route): Route =>
  (exchange) => {
    try {
      authorize(exchange)
      const answer = route(exchange)
      if (!(answer instanceof Promise)) return dress(exchange, answer)
      return answer.then((made) => dress(exchange, made)).catch((error: unknown) => failed(exchange, error))
    } catch (error) {
      return failed(exchange, error)
    }
  }

const recover = (exchange: Exchange, error: unknown): Response => {
  if (error instanceof DroppedConnection) return drop(exchange, error.how)
  throw error
}

/** The path of every request that is not for the control plane: fault, then authorization, then route, then delivery. */
export const respond = (exchange: Exchange, route: Route): Response | Promise<Response> => {
  try {
    const answering = whole(route)
    const fault = faulted(exchange, answering)
    if (fault !== undefined) {
      exchange.opened()
      return fault.catch((error: unknown) => recover(exchange, error))
    }
    const answer = answering(exchange)
    if (!(answer instanceof Promise)) return deliver(exchange, answer)
    exchange.opened()
    return answer.then((made) => deliver(exchange, made)).catch((error: unknown) => recover(exchange, error))
  } catch (error) {
    return recover(exchange, error)
  }
}
