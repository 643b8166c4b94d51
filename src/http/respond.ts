import type { Exchange, Reply, Route } from '../api/exchange.ts'
import { listAnswer } from '../api/json.ts'
import { errorAnswer } from '../api/errors.ts'
import type { Answer } from '../model/answer.ts'
import { DroppedConnection } from '../model/errors.ts'
import { authorize, isAuthorized } from './authorize.ts'
import { drop, send } from './deliver.ts'
import { faulted } from './faults/faulted.ts'
import { dress } from './middleware.ts'
import { pack, recall } from './recollection.ts'

const failed = (exchange: Exchange, error: unknown): Answer | Promise<Answer> => {
  if (error instanceof DroppedConnection) throw error
  return dress(exchange, errorAnswer(error, exchange))
}

/** A page of a list becomes an answer here, and nowhere else. */
const finished = (exchange: Exchange, reply: Reply): Answer | Promise<Answer> =>
  dress(exchange, 'items' in reply ? listAnswer(exchange, reply) : reply)

/**
 * What a request is answered: errors are answers, too, and Kratos' middleware adds to both.
 * @param route what gives the reply, when a fault bends that of the operation.
 */
const answerTo = (exchange: Exchange, route: Route = exchange.routing.route): Answer | Promise<Answer> => {
  try {
    authorize(exchange)
    const reply = route(exchange)
    if (!(reply instanceof Promise)) return finished(exchange, reply)
    return reply.then((made) => finished(exchange, made)).catch((error: unknown) => failed(exchange, error))
  } catch (error) {
    return failed(exchange, error)
  }
}

const recover = (exchange: Exchange, error: unknown): void => {
  if (!(error instanceof DroppedConnection)) throw error
  drop(exchange, error.how)
}

/** The path of every request that is not for the control plane: fault, authorization, memory, operation, delivery. */
export const respond = (exchange: Exchange): void | Promise<void> => {
  try {
    const acting = faulted(exchange, answerTo)
    if (acting !== undefined) {
      exchange.opened()
      return acting.catch((error: unknown) => recover(exchange, error))
    }
    const kept = isAuthorized(exchange) ? recall(exchange) : undefined
    if (kept !== undefined) return send(exchange, kept, true)
    const answer = answerTo(exchange)
    if (!(answer instanceof Promise)) return send(exchange, pack(exchange, answer))
    exchange.opened()
    return answer
      .then((made) => send(exchange, pack(exchange, made)))
      .catch((error: unknown) => recover(exchange, error))
  } catch (error) {
    recover(exchange, error)
  }
}
