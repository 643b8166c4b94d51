import { escapeHtml, goJson } from '../../model/json.ts'
import { ALWAYS } from '../../model/time.ts'
import { offsetLinks } from '../paging/links.ts'
import { offsetPage } from '../paging/offset.ts'
import type { Route } from '../exchange.ts'

/** `GET /schemas`: pages count from 0 here, but Kratos gives too many from page 1 on (schema/schema.go:93-102). */
export const listIdentitySchemas: Route = (exchange) => {
  const { world, query } = exchange
  const { has } = world.profile
  const schemas = world.store.tables.schemas.all
  const page = offsetPage(query, world.profile)
  const from = page.page * page.size
  const to = from + (has.schemaPagesOverlap ? (page.page + 1n) * page.size : page.size)
  const total = schemas.length
  const found = from >= BigInt(total) ? [] : schemas.slice(Number(from), to > BigInt(total) ? total : Number(to))
  return {
    items: found.map(({ id, text }) => `{"id":${goJson(id)},"schema":${escapeHtml(text)}}`),
    isNil: found.length === 0 && has.noSchemasIsNull,
    links: offsetLinks(exchange, page, total),
    total,
    fresh: ALWAYS,
  }
}
