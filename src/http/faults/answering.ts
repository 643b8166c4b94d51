import type { Exchange, Route } from '../../api/exchange.ts'
import type { Answer } from '../../model/answer.ts'

/** Answers a request as if no fault acted on it, but for a route that bends the reply of its operation. */
export type Answering = (exchange: Exchange, route?: Route) => Answer | Promise<Answer>
