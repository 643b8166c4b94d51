import { KratosError } from '../model/errors.ts'
import { credentialJson, credentialsObject, identityJson } from '../model/identity-json.ts'
import { createIdentity } from '../rules/identities/create-identity.ts'
import type { IdentityWork } from '../rules/identities/identity-work.ts'
import { bodyOf, TOO_LARGE } from './body.ts'
import { jsonAnswer } from './json.ts'
import type { RouteTable } from './route-table.ts'

/** An identity as the answer to a write shows it: as it was in memory, credentials without their configuration. */
const writtenJson = (answered: IdentityWork): string => {
  const credentials = credentialsObject([...answered.credentials].map(([type, one]) => [type, credentialJson(one, '')]))
  return identityJson(answered, {
    schemaUrl: answered.schema_url,
    addresses: true,
    metadataAdmin: answered.metadata_admin !== null,
    ...(credentials === undefined ? {} : { credentials }),
  })
}

export const identityWriteRoutes: RouteTable = {
  createIdentity: async (exchange) => {
    const { world } = exchange
    const body = await bodyOf(exchange, () => new KratosError(400, { message: TOO_LARGE }))
    const { identity, answered } = createIdentity(world, body)
    return jsonAnswer(writtenJson(answered), { Location: `${world.origins.admin}/identities/${identity.id}` }, 201)
  },
}
