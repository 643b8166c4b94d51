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
