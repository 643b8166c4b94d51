import { checkScanned, printedError } from '../../databases/bare-numbers.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'

/** What Go marshals an identity of the admin API as. */
export const ADMIN_IDENTITY = 'identity.WithCredentialsAndAdminMetadataInJSON'

/** Looks at rows as they are read from the database. @throws KratosError 500 for one that cannot be. */
export const checkRead = ({ database }: World, rows: readonly Identity[], many: boolean): void => {
  if (database?.bareNumbers !== 'scanned') return
  for (const row of rows) checkScanned(row, many)
}

/** Why an identity cannot be printed by the admin API, as Go says it. */
export const unprintable = ({ database }: World, row: Identity, type: string): string | undefined =>
  database?.bareNumbers === 'printed' ? printedError(row, [type], ['metadata_admin', 'metadata_public']) : undefined

type Headers = Readonly<Record<string, string>>

/**
 * Looks at an identity that is to be printed by the admin API.
 * @param headers which the answer has already. @throws KratosError 500.
 */
export const checkPrinted = (world: World, row: Identity, headers: Headers = {}): void => {
  const message = unprintable(world, row, ADMIN_IDENTITY)
  if (message !== undefined) throw new KratosError(500, { message, headers })
}

/** Looks at an identity that is to be shown inside sessions, as `checkPrinted` does. @throws KratosError 500. */
export const checkInside = (world: World, row: Identity, many: boolean, headers: Headers = {}): void => {
  checkRead(world, [row], many)
  if (world.database?.bareNumbers !== 'printed') return
  const types = [many ? 'session.Session' : '*session.Session', '*identity.Identity']
  const message = printedError(row, types, ['metadata_public'])
  if (message !== undefined) throw new KratosError(500, { message, headers })
}
