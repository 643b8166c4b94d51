import type { Route } from '../route-table.ts'
import { identityAnswer } from './admin-identity.ts'
import { locateIdentity } from './locate-identity.ts'

/** `GET /admin/identities/{id}` (identity/handler.go:381-463): the identity, then `include_credential`. */
export const getIdentity: Route = (exchange) =>
  identityAnswer(exchange, locateIdentity(exchange.world, exchange.param('id')))
