/** Whether Go keeps a cookie with this value (net/http validCookieValueByte). */
const VALUE = /^[\x20!#-:<-[\]-~]*$/
const QUOTED = /^"(.*)"$/s

/** The values of a request's cookies of one name, as Go's readCookies finds them. */
export const cookiesNamed = (header: string | undefined, name: string): readonly string[] => {
  if (header === undefined || !header.includes(name)) return []
  return header.split(';').flatMap((part) => {
    const [own = '', ...rest] = part.split('=')
    if (own.trim() !== name) return []
    const sent = rest.join('=').replace(/[ \t]+$/, '')
    const value = QUOTED.exec(sent)?.[1] ?? sent
    return VALUE.test(value) ? [value] : []
  })
}

/** What a cookie is set with. */
interface CookieParts {
  readonly domain: string
  readonly path: string
  /** In seconds; undefined for one that goes when the browser does. */
  readonly maxAge: number | undefined
  readonly expires?: string | undefined
  readonly sameSite: string
}

/** A `Set-Cookie` line as Go's Cookie.String writes it, of a cookie that no script reads. */
export const cookieLine = (name: string, value: string, parts: CookieParts): string => {
  const { domain, path, maxAge, expires, sameSite } = parts
  const part = (word: string, text: string | undefined): string => (text ? `; ${word}=${text}` : '')
  return (
    `${name}=${value}${part('Path', path)}${part('Domain', domain.replace(/^\./, ''))}${part('Expires', expires)}` +
    `${part('Max-Age', maxAge?.toString())}; HttpOnly${part('SameSite', sameSite)}`
  )
}
