import { escapedText, type Bytes } from '../../go/bytes.ts'
import { notLocated } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import { parseUuid } from '../../go/uuid.ts'
import { claim, holderOf } from '../../store/claims.ts'
import type { World } from '../../world/world.ts'
import { parseIncluded } from './credential-types.ts'
import { checkPrinted, checkRead } from './readable.ts'

export interface OneIdentity {
  readonly identity: Identity
  /** The credentials whose configuration is shown. */
  readonly included: readonly string[]
}

/** The identity that there is of an id in any spelling. */
export const existingIdentity = (world: World, spelled: Bytes): Identity => {
  const id = parseUuid(spelled)
  const identity = typeof id === 'string' ? world.store.tables.identities.get({ id }) : undefined
  if (identity === undefined) throw notLocated()
  return identity
}

/** The identity with an id in any spelling; one that is none finds none (identity/handler.go:381). */
export const locateIdentity = (world: World, spelled: Bytes): Identity => {
  const identity = existingIdentity(world, spelled)
  checkRead(world, [identity], false)
  return identity
}

const including = (world: World, identity: Identity, include: readonly Bytes[]): OneIdentity => {
  const included = parseIncluded(world.profile, include, (_bad, before) => `[${before.join(' ')}]`)
  checkPrinted(world, identity)
  return { identity, included }
}

/** `GET /admin/identities/{id}` (identity/handler.go:381-463): the identity, then `include_credential`. */
export const getIdentity = (
  world: World,
  input: { readonly id: Bytes; readonly include: readonly Bytes[] },
): OneIdentity => including(world, locateIdentity(world, input.id), input.include)

/** `GET /admin/identities/by/external/{externalID}`. */
export const getIdentityByExternalId = (
  world: World,
  input: { readonly externalId: Bytes; readonly include: readonly Bytes[] },
): OneIdentity => {
  world.database?.compared(input.externalId, false)
  const { tables, layout } = world.store
  const { claims, identities } = tables
  const id = holderOf(claims, claim.external(layout.collate(escapedText(input.externalId))))
  const identity = id === undefined ? undefined : identities.get({ id })
  if (identity === undefined) throw notLocated()
  checkRead(world, [identity], false)
  return including(world, identity, input.include)
}
