import { KratosError } from '../model/errors.ts'
import { bytesOf, quote, textOf } from '../go/bytes.ts'
import type { Flow } from '../model/flow.ts'
import type { JsonText } from '../model/identity.ts'
import type { Visit } from './visit.ts'

/** The id of the schema that a flow's people have. */
export const schemaIdOf = ({ world }: Visit, { identity_schema }: Pick<Flow, 'identity_schema'>): string =>
  identity_schema || world.schemas.defaultId

/** The text of the schema of a flow's people. */
export const flowSchema = (visit: Visit, flow: Pick<Flow, 'identity_schema'>): JsonText =>
  schemaText(visit, schemaIdOf(visit, flow))

/** The text of a schema; without one, nothing is asked of anybody. */
export const schemaText = ({ world }: Visit, id: string): JsonText => world.store.tables.schemas.get(id)?.text ?? '{}'

/**
 * `identity_schema` of the query (driver/config/config.go SelfServiceFlowIdentitySchema).
 * @throws KratosError 400 for one that is not there, or that the configuration does not let flows ask for.
 */
export const askedSchema = (visit: Visit): string => {
  const id = textOf(visit.request.query.get('identity_schema'))
  if (id === '' || visit.is13) return ''
  const { schemas, store } = visit.world
  const isThere = store.tables.schemas.get(id) !== undefined
  if (isThere && !schemas.unselectable.has(id)) return id
  const why = isThere ? 'is not enabled for self-service flows' : 'does not exist'
  throw new KratosError(400, { reason: `Requested identity schema ${quote(bytesOf(id))} ${why}.` })
}
