import type { OperationId } from '../model/operations.ts'
import type { Answer } from '../model/answer.ts'
import type { Exchange } from './exchange.ts'

/** Parses a request, calls one rule, shapes its result. Errors are thrown, never built. */
export type Route = (exchange: Exchange) => Answer | Promise<Answer>

/** The routes of one resource, by operation. */
export type RouteTable = Readonly<Partial<Record<OperationId, Route>>>
