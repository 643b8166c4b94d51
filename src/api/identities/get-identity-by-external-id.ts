import { escapedText } from '../../go/bytes.ts'
import { notLocated } from '../../model/errors.ts'
import { claim, holderOf } from '../../store/claims.ts'
import type { Route } from '../exchange.ts'
import { identityAnswer } from './get-identity.ts'
import { checkRead } from './read-identity.ts'

/** `GET /admin/identities/by/external/{externalID}`: the identity, then `include_credential`. */
export const getIdentityByExternalID: Route = (exchange) => {
  const { world } = exchange
  const externalId = exchange.param('externalID')
  world.database?.compared(externalId, false)
  const { tables, layout } = world.store
  const id = holderOf(tables.claims, claim.external(layout.collate(escapedText(externalId))))
  const identity = id === undefined ? undefined : tables.identities.get({ id })
  if (identity === undefined) throw notLocated()
  checkRead(world, [identity], false)
  return identityAnswer(exchange, identity)
}
