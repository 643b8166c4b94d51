import { bytesOf, textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Query } from '../../go/query.ts'
import type { Schema } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import { fromBase64Url } from '../../go/base64.ts'
import { offsetPage, type OffsetPage } from '../paging/offset.ts'

export interface SchemasFound {
  readonly schemas: readonly Schema[]
  readonly page: OffsetPage
  readonly total: number
}

/** `GET /schemas`: pages count from 0 here, but Kratos gives too many from page 1 on (schema/schema.go:93-102). */
export const listSchemas = (world: World, query: Query): SchemasFound => {
  const { schemas } = world.store.tables
  const page = offsetPage(query, world.profile)
  const from = page.page * page.size
  const length = world.profile.has.schemaPagesOverlap ? (page.page + 1n) * page.size : page.size
  const to = from + length
  const total = schemas.length
  const found = from >= BigInt(total) ? [] : schemas.slice(Number(from), to > BigInt(total) ? total : Number(to))
  return { schemas: found, page, total }
}

/** `GET /schemas/{id}`: by its id, or by its id in base64url. @throws KratosError 404. */
export const getSchema = (world: World, spelled: Bytes): Schema => {
  const { schemas } = world.store.tables
  const decoded = fromBase64Url(spelled)
  const schema = schemas.find(({ id }) => bytesOf(id) === spelled || bytesOf(id) === decoded)
  if (schema !== undefined) return schema
  const named = world.profile.has.schemaIdDecodedInError ? (decoded ?? spelled) : spelled
  throw new KratosError(404, { reason: `Identity schema \`${textOf(named)}\` could not be found.` })
}
