import { escapeHtml, goJson } from '../../model/json.ts'
import { getSchema, listSchemas } from './schemas.ts'
import { jsonAnswer, lasting } from '../json.ts'
import { offsetLink } from '../paging/link.ts'
import type { RouteTable } from '../route-table.ts'

export const schemaRoutes: RouteTable = {
  listIdentitySchemas: (exchange) => {
    const { schemas, page, total } = listSchemas(exchange.world, exchange.query)
    const items = schemas.map(({ id, text }) => `{"id":${goJson(id)},"schema":${escapeHtml(text)}}`)
    const body = items.length === 0 && exchange.world.profile.has.noSchemasIsNull ? 'null' : `[${items.join(',')}]`
    return lasting(jsonAnswer(body, { Link: offsetLink(exchange, page, total), 'X-Total-Count': String(total) }))
  },
  getIdentitySchema: (exchange) => {
    const { text } = getSchema(exchange.world, exchange.param('id'))
    const isBare = exchange.world.profile.has.schemaTypeBare
    return lasting(jsonAnswer(text, isBare ? { 'Content-Type': 'application/json' } : {}))
  },
}
