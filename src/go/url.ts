import { escapeBytes, unescapeBytes, type Bytes } from './bytes.ts'

/** What Go's url.URL keeps of a path unescaped when it prints it, and what it takes for validly escaped. */
const KEEP_IN_PATH = /[A-Za-z0-9_.~$&+,/:;=@-]/
const NEEDS_ESCAPE = /[^A-Za-z0-9_.~$&+,/:;=@!'()*[\]%-]/

export const escapePath = (path: Bytes): Bytes => escapeBytes(path, KEEP_IN_PATH)

/** What `EscapedPath()` gives of a path that was sent escaped and then set to `plain`: as it was sent, while it says the same. */
export const respelled = (sent: Bytes, plain: Bytes): Bytes =>
  unescapeBytes(sent) === plain ? sent : escapePath(plain)

/** A request's target as Go's net/http sees it: the path escaped (`EscapedPath()`), the query raw. */
export interface GoUrl {
  readonly path: Bytes
  readonly query: Bytes
  /** Whether it ended with a `?` and no query, which Go keeps when it prints the URL (`ForceQuery`). */
  readonly forcesQuery?: boolean
}

/** The path as Go's handlers read it (`URL.Path`). */
export const plainPath = ({ path }: GoUrl): Bytes => unescapeBytes(path) ?? path

/** @returns undefined where Go's server answers 400 before any handler runs. */
export const parseTarget = (target: Bytes): GoUrl | undefined => {
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  const forces = mark >= 0 && query === '' ? { forcesQuery: true } : {}
  const plain = unescapeBytes(path)
  if (plain === undefined) return undefined
  const isValid = !NEEDS_ESCAPE.test(path)
  return { path: isValid ? path : escapePath(plain), query, ...forces }
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

/** Go's path.Join of an absolute path and another. */
export const joinPath = (base: Bytes, path: Bytes): Bytes => clean(`${base}/${path}`)

/** net/http's cleanPath: path.Clean, but a trailing slash stays. */
export const cleanPath = (path: Bytes): Bytes => {
  if (path !== '' && !/\/(?:\/|\.\.?(?:\/|$))/.test(path)) return path
  const cleaned = clean(path)
  return path.endsWith('/') && cleaned !== '/' ? `${cleaned}/` : cleaned
}

/** httprouter's CleanPath: a `/.` at the end is a slash, too. */
export const cleanRouterPath = (path: Bytes): Bytes => cleanPath(path.replace(/\/\.$/, '/'))

/** Go's html.EscapeString as http.Redirect uses it for its body. */
export const escapeHtmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;')

/** Go's hexEscapeNonASCII, as http.Redirect writes `Location`. */
export const escapeBeyondAscii = (bytes: Bytes): string =>
  bytes.replaceAll(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`)
