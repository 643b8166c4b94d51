import { textOf, type Bytes } from '../../go/bytes.ts'
import { notLocated } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import { parseUuid } from '../../go/uuid.ts'
import { claim, holderOf } from '../../store/claims.ts'
import type { World } from '../../world/world.ts'
import { parseIncluded } from './credential-types.ts'

export interface OneIdentity {
  readonly identity: Identity
  /** The credentials whose configuration is shown. */
  readonly included: readonly string[]
}

/** The identity with an id in any spelling; one that is none finds none (identity/handler.go:381). */
export const locateIdentity = (world: World, spelled: Bytes): Identity => {
  const id = parseUuid(spelled)
  const identity = typeof id === 'string' ? world.store.tables.identities.get({ id }) : undefined
  if (identity === undefined) throw notLocated()
  return identity
}

const including = (identity: Identity, include: readonly Bytes[]): OneIdentity => ({
  identity,
  included: parseIncluded(include, (_bad, before) => `[${before.join(' ')}]`),
})

/** `GET /admin/identities/{id}` (identity/handler.go:381-463): the identity, then `include_credential`. */
export const getIdentity = (
  world: World,
  input: { readonly id: Bytes; readonly include: readonly Bytes[] },
): OneIdentity => including(locateIdentity(world, input.id), input.include)

/** `GET /admin/identities/by/external/{externalID}`. */
export const getIdentityByExternalId = (
  world: World,
  input: { readonly externalId: Bytes; readonly include: readonly Bytes[] },
): OneIdentity => {
  const { claims, identities } = world.store.tables
  const id = holderOf(claims, claim.external(textOf(input.externalId)))
  const identity = id === undefined ? undefined : identities.get({ id })
  if (identity === undefined) throw notLocated()
  return including(identity, input.include)
}
