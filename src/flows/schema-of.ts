import { KratosError } from '../model/errors.ts'
import { bytesOf, quote, textOf } from '../go/bytes.ts'
import type { Flow } from '../model/flow.ts'
import type { JsonText } from '../model/identity.ts'
import type { Visit } from './visit.ts'

/** The id of the schema that a flow's people have. */
export const schemaIdOf = ({ world }: Visit, { identity_schema }: Pick<Flow, 'identity_schema'>): string =>
  identity_schema || world.schemas.defaultId

/** The text of a schema; without one, nothing is asked of anybody. */
export const schemaText = ({ world }: Visit, id: string): JsonText =>
  world.store.tables.schemas.find((one) => one.id === id)?.text ?? '{}'

/** `identity_schema` of the query. @throws KratosError 400 for one that is not there. */
export const askedSchema = (visit: Visit): string => {
  const id = textOf(visit.request.query.get('identity_schema'))
  if (id === '' || visit.is13) return ''
  if (visit.world.store.tables.schemas.some((one) => one.id === id)) return id
  throw new KratosError(400, { reason: `Requested identity schema ${quote(bytesOf(id))} does not exist.` })
}
