import { fromBase64Url } from '../../go/base64.ts'
import { bytesOf, textOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import { jsonAnswer, lasting } from '../json.ts'
import type { Route } from '../route-table.ts'

/** `GET /schemas/{id}`: by its id, or by its id in base64url. @throws KratosError 404. */
export const getIdentitySchema: Route = (exchange) => {
  const { has } = exchange.world.profile
  const spelled = exchange.param('id')
  const decoded = fromBase64Url(spelled)
  const schema = exchange.world.store.tables.schemas.find(({ id }) => [spelled, decoded].includes(bytesOf(id)))
  if (schema === undefined) {
    const named = has.schemaIdDecodedInError ? (decoded ?? spelled) : spelled
    throw new KratosError(404, { reason: `Identity schema \`${textOf(named)}\` could not be found.` })
  }
  return lasting(jsonAnswer(schema.text, [], 200, has.schemaTypeBare ? 'application/json' : undefined))
}
