import type { OperationId } from '../model/operations.ts'
import type { Route } from './exchange.ts'

/** Operations by their ids. */
export type RouteTable = Readonly<Partial<Record<OperationId, Route>>>
