import { KratosError } from '../../model/errors.ts'
import { goLower } from '../../go/letters.ts'
import type { World } from '../../world/world.ts'
import type { CreateBody } from './bodies.ts'
import { isState, newWork, type IdentityWork } from './identity-work.ts'
import { importCredentials } from './import-credentials.ts'
import { regionOf } from './region.ts'

/** An identity out of a body, with its credentials (identity/handler.go identityFromCreateIdentityBody). @throws KratosError 400. */
export const identityOfBody = (world: World, body: CreateBody): IdentityWork => {
  if (body.state !== '' && !isState(body.state)) throw new KratosError(400, { reason: 'identity state is not valid' })
  const lower = <T extends { readonly value: string }>(all: readonly T[] | null): T[] =>
    (all ?? []).map((one) => ({ ...one, value: goLower(one.value) }))
  const work: IdentityWork = {
    ...newWork(world, body.schema_id || world.schemas.defaultId, body.traits ?? ''),
    external_id: body.external_id || null,
    state: body.state === 'inactive' ? 'inactive' : 'active',
    verifiable_addresses: lower(body.verifiable_addresses),
    recovery_addresses: lower(body.recovery_addresses),
    metadata_public: body.metadata_public,
    metadata_admin: body.metadata_admin,
    organization_id: body.organization_id ?? null,
    region: regionOf(body.region),
  }
  importCredentials(world, work, body.credentials)
  return work
}
