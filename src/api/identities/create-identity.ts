import { KratosError } from '../../model/errors.ts'
import { Conflict } from '../../store/claims.ts'
import { bodyOf, readBody, TOO_LARGE } from '../body.ts'
import { jsonAnswer } from '../json.ts'
import type { Route } from '../exchange.ts'
import { writtenJson } from './admin-identity.ts'
import { bodiesOf } from './bodies.ts'
import { identityOfBody } from './identity-of-body.ts'
import { loneIdentityRow } from './store-identity.ts'
import { validateIdentity } from './validate-identity.ts'

/** `POST /admin/identities` (identity/handler.go:670-737). */
export const createIdentity: Route = async (exchange) => {
  const { world } = exchange
  const bytes = await bodyOf(exchange, () => new KratosError(400, { message: TOO_LARGE }))
  const work = identityOfBody(world, readBody(world, bodiesOf(world.profile).create, bytes, { strict: true }))
  validateIdentity(world, work)
  try {
    world.store.write((draft) => draft.putIdentity(loneIdentityRow(world, work)))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    throw new KratosError(409, { reason: 'This identity conflicts with another identity that already exists.' })
  }
  return jsonAnswer(writtenJson(world, work), ['Location', `${world.origins.admin}/identities/${work.id}`], 201)
}
