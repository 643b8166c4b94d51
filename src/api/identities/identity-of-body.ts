import { KratosError } from '../../model/errors.ts'
import { ZERO_TIME } from '../../go/json-values.ts'
import { goLower } from '../../go/letters.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import type { CreateBody } from './bodies.ts'
import { isState, UNSTORED, type IdentityWork } from './identity-work.ts'
import { importCredentials } from './import-credentials.ts'
import { regionOf } from './region.ts'

/** An identity out of a body, with its credentials (identity/handler.go identityFromCreateIdentityBody). @throws KratosError 400. */
export const identityOfBody = (world: World, body: CreateBody): IdentityWork => {
  if (body.state !== '' && !isState(body.state)) throw new KratosError(400, { reason: 'identity state is not valid' })
  const lower = <T extends { readonly value: string }>(all: readonly T[] | null): T[] =>
    (all ?? []).map((one) => ({ ...one, value: goLower(one.value) }))
  const schema_id = body.schema_id || world.schemas.defaultId
  const work: IdentityWork = {
    id: UNSTORED,
    external_id: body.external_id || null,
    schema_id,
    schema_url: schemaUrl(world, schema_id),
    state: body.state === 'inactive' ? 'inactive' : 'active',
    state_changed_at: formatTime(world.clock.now()),
    traits: body.traits ?? '',
    credentials: new Map(),
    verifiable_addresses: lower(body.verifiable_addresses),
    recovery_addresses: lower(body.recovery_addresses),
    metadata_public: body.metadata_public,
    metadata_admin: body.metadata_admin,
    created_at: ZERO_TIME,
    updated_at: ZERO_TIME,
    organization_id: body.organization_id ?? null,
    region: regionOf(body.region),
  }
  importCredentials(world, work, body.credentials)
  return work
}
