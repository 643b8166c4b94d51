import type { Exchange } from './exchange.ts'
import type { Route } from './route-table.ts'

/** What a fault rule makes of a request, or undefined when none is due. */
export const faulted = (_exchange: Exchange, _route: Route): Promise<Response> | undefined => undefined
