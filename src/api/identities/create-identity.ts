import { KratosError } from '../../model/errors.ts'
import { ZERO_TIME } from '../../go/json-values.ts'
import { goLower } from '../../go/letters.ts'
import type { Identity, IdentityState } from '../../model/identity.ts'
import { formatTime } from '../../model/time.ts'
import { Conflict } from '../../store/store.ts'
import type { World } from '../../world/world.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { bodiesOf, type CreateBody } from './bodies.ts'
import { UNSTORED, type IdentityWork } from './identity-work.ts'
import { importCredentials } from './import-credentials.ts'
import { readBody } from './read-body.ts'
import { regionOf } from './region.ts'
import { newIdentityRow } from './store-identity.ts'
import { validateIdentity } from './validate-identity.ts'

/** What a write made: the row, and what Kratos answers, which it does not read back. */
export interface Written {
  readonly identity: Identity
  readonly answered: IdentityWork
}

export const isState = (state: string): state is IdentityState => state === 'active' || state === 'inactive'

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

/** `POST /admin/identities` (identity/handler.go:670-737). */
export const createIdentity = (world: World, body: Uint8Array): Written => {
  const answered = identityOfBody(world, readBody(world, bodiesOf(world.profile).create, body, { strict: true }))
  validateIdentity(world, answered)
  try {
    return world.store.write((draft) => {
      const identity = newIdentityRow(world, answered)
      draft.putIdentity(identity)
      return { identity, answered }
    })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    throw new KratosError(409, { reason: 'This identity conflicts with another identity that already exists.' })
  }
}
