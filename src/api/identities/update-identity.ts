import type { Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { bodiesOf } from './bodies.ts'
import { isState, type Written } from './create-identity.ts'
import { locateIdentity } from './get-identity.ts'
import { workOf } from './identity-work.ts'
import { importCredentials } from './import-credentials.ts'
import { regionOf } from './region.ts'
import { decodeRequest, type RequestBody } from './request-body.ts'
import { reviseIdentity } from './revise-identity.ts'

/** `PUT /admin/identities/{id}` (identity/handler.go:952-1006): the body first, then the identity. */
export const updateIdentity = (world: World, input: { readonly id: Bytes; readonly request: RequestBody }): Written => {
  const body = decodeRequest(world, bodiesOf(world.profile).update, input.request)
  const before = locateIdentity(world, input.id)
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
  return reviseIdentity(world, before, work)
}
