import type { Answer } from '../../model/answer.ts'
import type { Identity } from '../../model/identity.ts'
import type { Exchange, Route } from '../exchange.ts'
import { jsonAnswer, lasting } from '../json.ts'
import { adminIdentityJson } from './admin-identity.ts'
import { parseIncluded } from './credential-types.ts'
import { checkPrinted, locateIdentity } from './read-identity.ts'

/** Answers an identity, however it was found, with what `include_credential` asks for. @throws KratosError 400, 500 */
export const identityAnswer = ({ world, query }: Exchange, identity: Identity): Answer => {
  const asked = query.all('include_credential')
  const included = parseIncluded(world.profile, asked, (_bad, before) => `[${before.join(' ')}]`)
  checkPrinted(world, identity)
  return lasting(jsonAnswer(adminIdentityJson(world, identity, included)))
}

/** `GET /admin/identities/{id}` (identity/handler.go:381-463): the identity, then `include_credential`. */
export const getIdentity: Route = (exchange) =>
  identityAnswer(exchange, locateIdentity(exchange.world, exchange.param('id')))
