import { KratosError } from '../../model/errors.ts'
import { formatTime } from '../../model/time.ts'
import { readRequest } from '../body.ts'
import { jsonAnswer } from '../json.ts'
import type { Route } from '../exchange.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { writtenJson } from './admin-identity.ts'
import { bodiesOf } from './bodies.ts'
import { isState, workOf } from './identity-work.ts'
import { importCredentials } from './import-credentials.ts'
import { locateIdentity } from './read-identity.ts'
import { regionOf } from './region.ts'
import { reviseIdentity } from './revise-identity.ts'

/** `PUT /admin/identities/{id}` (identity/handler.go:952-1006): the body first, then the identity. */
export const updateIdentity: Route = async (exchange) => {
  const { world } = exchange
  const body = await readRequest(exchange, bodiesOf(world.profile).update)
  const before = locateIdentity(world, exchange.param('id'))
  const work = workOf(before, schemaUrl(world, before.schema_id))
  if (body.schema_id !== '') work.schema_id = body.schema_id
  if (body.state !== '' && body.state !== work.state) {
    if (!isState(body.state)) throw new KratosError(400, { reason: 'identity state is not valid' })
    work.state = body.state
    work.state_changed_at = formatTime(world.clock.now())
  }
  work.traits = body.traits ?? ''
  work.metadata_public = body.metadata_public
  work.metadata_admin = body.metadata_admin
  if (body.external_id !== undefined) work.external_id = body.external_id || null
  work.region = regionOf(body.region) ?? work.region
  importCredentials(world, work, body.credentials)
  reviseIdentity(world, before, work)
  return jsonAnswer(writtenJson(world, work))
}
