import { cleanPath, escapeBeyondAscii, escapeHtmlText, joinPath, respelled, type GoUrl } from '../go/url.ts'
import { escapedText, unescapeBytes, type Bytes } from '../go/bytes.ts'
import type { Answer } from '../model/answer.ts'
import type { Exchange, Route } from '../api/exchange.ts'

const TEXTS = { 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 307: 'Temporary Redirect' } as const

/** A path and its query with the path cleaned, as http.Redirect leaves no dots in it; what names a host stays as it is. */
const tidied = (location: Bytes): Bytes => {
  if (location === '' || location.startsWith('?')) return `/${location}`
  if (!location.startsWith('/') || /^\/\/[^/?]/.test(location)) return location
  const mark = location.indexOf('?')
  return mark < 0 ? cleanPath(location) : cleanPath(location.slice(0, mark)) + location.slice(mark)
}

/** Go's http.Redirect: a page with the link for a GET alone. */
export const redirect = (exchange: Exchange, status: keyof typeof TEXTS, url: Bytes): Answer => {
  const location = tidied(url)
  const isGet = exchange.method === 'GET'
  const reading = isGet || exchange.method === 'HEAD'
  return {
    status,
    headers: [
      ...(reading ? ['Content-Type', 'text/html; charset=utf-8'] : []),
      'Location',
      escapeBeyondAscii(location),
    ],
    body: isGet ? `<a href="${escapeHtmlText(escapedText(location))}">${TEXTS[status]}</a>.\n\n` : '',
  }
}

const queryOf = ({ query, forcesQuery }: GoUrl): Bytes => (query !== '' || forcesQuery === true ? `?${query}` : '')

/** A path with the query that the request came with. */
export const withQuery = ({ target: { query } }: Exchange, path: Bytes): Bytes =>
  query === '' ? path : `${path}?${query}`

const OPAQUE = /^[^/:]*:[^/]/
const SCHEME_ALONE = /^[^/:]+:$/

/** The request's URL with its path set to another, as Go prints it: with a host that is empty, where a scheme stood alone. */
export const withPath = ({ origin, root, target }: Exchange, plain: Bytes): Bytes => {
  if (OPAQUE.test(origin)) return origin + queryOf(target)
  const host = target.path === '' && SCHEME_ALONE.test(origin) ? '//' : ''
  return origin + host + root + respelled(target.path, plain) + queryOf(target)
}

/** The same path on another of Kratos' servers (x/redir.go). */
const toServer =
  (server: 'admin' | 'public'): Route =>
  (exchange) => {
    const { path, target, world, origin, shown } = exchange
    // In the next release the path as it was sent has had `/admin` put before it.
    const sent = world.profile.knows('next') ? shown : target.path
    const [userinfo = ''] = /(?<=^[^/]*\/\/)[^/]*@/.exec(origin) ?? []
    const to = world.origins[server].replace('//', `//${userinfo}`)
    const bare = (unescapeBytes(path) ?? path).replace(/^\/admin/, '')
    const plain = joinPath(server === 'admin' ? '/admin' : '', bare)
    return redirect(exchange, 307, to + respelled(sent, plain) + queryOf(target))
  }

export const toAdmin: Route = toServer('admin')
export const toPublic: Route = toServer('public')
