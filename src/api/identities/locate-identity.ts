import { parseUuid } from '../../go/uuid.ts'
import type { Bytes } from '../../go/bytes.ts'
import { notLocated } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'
import { checkRead } from './readable.ts'

/** The identity that there is of an id in any spelling. @throws KratosError 404 */
export const existingIdentity = (world: World, spelled: Bytes): Identity => {
  const id = parseUuid(spelled)
  const identity = typeof id === 'string' ? world.store.tables.identities.get({ id }) : undefined
  if (identity === undefined) throw notLocated()
  return identity
}

/** The same as it is read; an id that is none finds none (identity/handler.go:381). @throws KratosError 404, 500 */
export const locateIdentity = (world: World, spelled: Bytes): Identity => {
  const identity = existingIdentity(world, spelled)
  checkRead(world, [identity], false)
  return identity
}
