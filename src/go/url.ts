import { escapeBytes, unescapeBytes, type Bytes } from './bytes.ts'

/** What Go's url.URL keeps of a path unescaped when it prints it, and what it takes for validly escaped. */
const KEEP_IN_PATH = /[A-Za-z0-9_.~$&+,/:;=@-]/
const VALID_ESCAPED = /^(?:[A-Za-z0-9_.~$&+,/:;=@!'()*[\]-]|%[0-9A-Fa-f]{2})*$/

export const escapePath = (path: Bytes): Bytes => escapeBytes(path, KEEP_IN_PATH)

/** A request's target as Go's net/http sees it: the path escaped (`EscapedPath()`), the query raw. */
export interface GoUrl {
  readonly path: Bytes
  readonly query: Bytes
}

/** @returns undefined where Go's server answers 400 before any handler runs. */
export const parseTarget = (target: Bytes): GoUrl | undefined => {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  if (VALID_ESCAPED.test(path)) return { path, query }
  const plain = unescapeBytes(path)
  return plain === undefined ? undefined : { path: escapePath(plain), query }
}

/** Go's path.Clean of a path that begins with a slash; a trailing slash is dropped. */
const clean = (path: Bytes): Bytes => {
  const kept: Bytes[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}`
}

/** net/http's cleanPath: path.Clean, but a trailing slash stays. */
export const cleanPath = (path: Bytes): Bytes => {
  const cleaned = clean(path)
  return path.endsWith('/') && cleaned !== '/' ? `${cleaned}/` : cleaned
}

export const isClean = (path: Bytes): boolean => !/\/(?:\/|\.\.?(?:\/|$))/.test(path)

/**
 * `/admin` put before a path without it, as Kratos 26.2 rewrites it in place (oryx/httprouterx/router.go:129-135):
 * path.Join cleans the decoded path, so a trailing slash goes and `%2F` becomes a separator.
 */
export const joinAdmin = (path: Bytes): Bytes => escapePath(clean(`/admin/${unescapeBytes(path) ?? path}`))

/** Go's html.EscapeString as http.Redirect uses it for its body. */
export const escapeHtmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;')
