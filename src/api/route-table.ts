import type { Answer } from '../model/answer.ts'
import type { List } from '../model/list.ts'
import type { OperationId } from '../model/operations.ts'
import type { Exchange } from './exchange.ts'

/** What an operation gives: an answer, or a page of a list, which becomes one when it is sent. */
export type Reply = Answer | List

/** An operation: parses the request, finds, changes, prints. Errors are thrown, never built. */
export type Route = (exchange: Exchange) => Reply | Promise<Reply>

/** Operations by their ids. */
export type RouteTable = Readonly<Partial<Record<OperationId, Route>>>
