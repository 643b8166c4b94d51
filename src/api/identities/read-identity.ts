import type { Bytes } from '../../go/bytes.ts'
import { parseUuid } from '../../go/uuid.ts'
import { checkScanned, printedError } from '../../databases/bare-numbers.ts'
import { KratosError, notLocated } from '../../model/errors.ts'
import type { HeaderList } from '../../model/headers.ts'
import type { Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'

/** What Go marshals an identity of the admin API as. */
export const ADMIN_IDENTITY = 'identity.WithCredentialsAndAdminMetadataInJSON'

/** Looks at rows as they are read from the database. @throws KratosError 500 for one that cannot be. */
export const checkRead = ({ database }: World, rows: readonly Identity[], many: boolean): void => {
  if (database?.bareNumbers !== 'scanned') return
  for (const row of rows) checkScanned(row, many)
}

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

/** Why an identity cannot be printed by the admin API, as Go says it. */
export const unprintable = ({ database }: World, row: Identity, type: string): string | undefined =>
  database?.bareNumbers === 'printed' ? printedError(row, [type], ['metadata_admin', 'metadata_public']) : undefined

/** Gives the headers that the answer had before it failed. */
export type HeadersSoFar = () => HeaderList

const NO_HEADERS: HeadersSoFar = () => []

/** Looks at an identity that is to be printed by the admin API. @throws KratosError 500. */
export const checkPrinted = (world: World, row: Identity, headers = NO_HEADERS): void => {
  const message = unprintable(world, row, ADMIN_IDENTITY)
  if (message !== undefined) throw new KratosError(500, { message, headers: headers() })
}

/** Looks at an identity that is to be shown inside sessions, as `checkPrinted` does. @throws KratosError 500. */
export const checkInside = (world: World, row: Identity, many: boolean, headers = NO_HEADERS): void => {
  checkRead(world, [row], many)
  if (world.database?.bareNumbers !== 'printed') return
  const types = [many ? 'session.Session' : '*session.Session', '*identity.Identity']
  const message = printedError(row, types, ['metadata_public'])
  if (message !== undefined) throw new KratosError(500, { message, headers: headers() })
}
