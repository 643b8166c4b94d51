import { noContent } from '../json.ts'
import type { Route } from '../exchange.ts'
import { existingIdentity } from './read-identity.ts'

/** `DELETE /admin/identities/{id}` (identity/handler.go): with all that is the identity's. */
export const deleteIdentity: Route = (exchange) => {
  const { world } = exchange
  const { id } = existingIdentity(world, exchange.param('id'))
  world.store.write((draft) => draft.deleteIdentity(id))
  return noContent(false)
}
