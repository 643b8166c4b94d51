import { fromBase64Url } from '../../go/base64.ts'
import { bytesOf, textOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import { escapeHtml } from '../../model/json.ts'
import { jsonAnswer, lasting } from '../json.ts'
import type { Route } from '../exchange.ts'

/** `GET /schemas/{id}`: by its id, or by its id in base64url. @throws KratosError 404. */
export const getIdentitySchema: Route = (exchange) => {
  const { has, knows } = exchange.world.profile
  const spelled = exchange.param('id')
  const decoded = fromBase64Url(spelled)
  // Line breaks are nothing in base64, and no id is the default one to older releases.
  const meant = decoded === '' && !knows('v26.2.0') ? 'default' : decoded
  const schema = exchange.world.store.tables.schemas.all.find(({ id }) => [spelled, meant].includes(bytesOf(id)))
  if (schema === undefined) {
    const named = has.schemaIdDecodedInError ? (decoded ?? spelled) : spelled
    throw new KratosError(404, { reason: `Identity schema \`${textOf(named)}\` could not be found.` })
  }
  const answer = jsonAnswer(escapeHtml(schema.text), [], 200, has.schemaTypeBare ? 'application/json' : undefined)
  // Kratos 1.3 copies the file.
  return lasting(knows('v25.4.0') ? answer : { ...answer, body: schema.verbatim ?? `${schema.text}\n` })
}
