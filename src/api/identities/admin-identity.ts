import type { Answer } from '../../model/answer.ts'
import type { Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'
import type { Exchange } from '../exchange.ts'
import { jsonAnswer, lasting } from '../json.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { parseIncluded } from './credential-types.ts'
import { credentialsJson } from './credentials-json.ts'
import { credentialJson, credentialsObject, identityJson } from './identity-json.ts'
import type { IdentityWork } from './identity-work.ts'
import { checkPrinted } from './readable.ts'

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
    included === undefined ? undefined : credentialsJson(identity, included, world.profile.has.firstFactorsStay)
  return identityJson(identity, {
    schemaUrl: schemaUrl(world, identity.schema_id),
    addresses: true,
    metadataAdmin: true,
    ...(credentials === undefined ? {} : { credentials }),
  })
}

/** Answers one identity, with what `include_credential` asks for. @throws KratosError 400, 500 */
export const identityAnswer = ({ world, query }: Exchange, identity: Identity): Answer => {
  const asked = query.all('include_credential')
  const included = parseIncluded(world.profile, asked, (_bad, before) => `[${before.join(' ')}]`)
  checkPrinted(world, identity)
  return lasting(jsonAnswer(adminIdentityJson(world, identity, included)))
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
