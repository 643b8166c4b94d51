import type { Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { credentialsJson } from './credentials-json.ts'
import { credentialJson, credentialsObject, identityJson } from './identity-json.ts'
import type { IdentityWork } from './identity-work.ts'

/**
 * An identity as the admin API shows it.
 * @param included the credentials whose configuration is shown; undefined shows no credentials at all.
 */
export const adminIdentityJson = (
  world: World,
  identity: Identity,
  included: readonly string[] | undefined,
): string => {
  const credentials =
    included === undefined ? undefined : credentialsJson(identity, included, !world.profile.knows('v25.4.0'))
  return identityJson(identity, {
    schemaUrl: schemaUrl(world, identity.schema_id),
    addresses: true,
    metadataAdmin: true,
    ...(credentials === undefined ? {} : { credentials }),
  })
}

/** An identity as the answer to a write shows it: as it was in memory, credentials without their configuration. */
export const writtenJson = (world: World, answered: IdentityWork): string => {
  const none = world.profile.has.nullForAbsent ? null : []
  const credentials = credentialsObject(
    [...answered.credentials].map(([type, one]) => [
      type,
      credentialJson({ ...one, identifiers: one.identifiers ?? none }, ''),
    ]),
  )
  return identityJson(answered, {
    schemaUrl: answered.schema_url,
    addresses: true,
    metadataAdmin: answered.metadata_admin !== null,
    ...(credentials === undefined ? {} : { credentials }),
  })
}
