import { escapeHtmlText, joinAdmin } from '../go/url.ts'
import { unescapeBytes } from '../go/bytes.ts'
import type { Answer } from '../model/answer.ts'
import { isSelfService, operations, type Method } from '../model/operations.ts'
import type { Exchange } from '../api/exchange.ts'
import type { Route } from '../api/route-table.ts'

const TEXTS = { 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 307: 'Temporary Redirect' } as const

/** Go's http.Redirect: a page with the link for a GET alone. */
export const redirect = (exchange: Exchange, status: keyof typeof TEXTS, location: string): Answer => {
  const isGet = exchange.method === 'GET'
  const reading = isGet || exchange.method === 'HEAD'
  return {
    status,
    headers: { ...(reading ? { 'Content-Type': 'text/html; charset=utf-8' } : {}), Location: location },
    body: isGet ? `<a href="${escapeHtmlText(location)}">${TEXTS[status]}</a>.\n\n` : '',
  }
}

/** A path with the query that the request came with. */
export const withQuery = (exchange: Exchange, path: string): string =>
  exchange.target.query === '' ? path : `${path}?${exchange.target.query}`

/** A path that one of Kratos' servers sends to the other (session/handler.go:80-108, schema/handler.go). */
export interface Redirection {
  readonly method: Method
  readonly path: string
  readonly from: 'admin' | 'public'
  readonly route: Route
}

const toPublic: Route = (exchange) => {
  const path = exchange.path.replace(/^\/admin/, '')
  return redirect(exchange, 307, withQuery(exchange, exchange.world.origins.public + path))
}

const toAdmin: Route = (exchange) =>
  redirect(
    exchange,
    307,
    withQuery(
      exchange,
      exchange.world.origins.admin + joinAdmin((unescapeBytes(exchange.path) ?? exchange.path).replace(/^\/admin/, '')),
    ),
  )

/** The public server has the flows. */
const selfService = operations.filter(isSelfService)

export const redirections: readonly Redirection[] = [
  { method: 'GET', path: '/admin/sessions/whoami', from: 'admin', route: toPublic },
  { method: 'DELETE', path: '/admin/sessions', from: 'admin', route: toPublic },
  { method: 'GET', path: '/admin/schemas', from: 'admin', route: toPublic },
  { method: 'GET', path: '/admin/schemas/{id}', from: 'admin', route: toPublic },
  { method: 'DELETE', path: '/identities/{id}/sessions', from: 'public', route: toAdmin },
  { method: 'GET', path: '/admin/courier/messages', from: 'public', route: toAdmin },
  { method: 'GET', path: '/admin/courier/messages/{id}', from: 'public', route: toAdmin },
  ...selfService.map(
    ({ method, path }) => ({ method, path: `/admin${path}`, from: 'admin', route: toPublic }) as const,
  ),
]
