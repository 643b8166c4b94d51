import type { Bytes } from './bytes.ts'

/** base64 as Go's StdEncoding. */
export const toPaddedBase64 = (bytes: Bytes): string => btoa(bytes)

/** base64 without padding, as Go's RawStdEncoding. */
export const toBase64 = (bytes: Bytes): string => btoa(bytes).replaceAll('=', '')

/** undefined where Go's decoder gives an error; line breaks are skipped. */
export const fromBase64 = (token: string): Bytes | undefined => {
  const letters = token.replaceAll(/[\r\n]/g, '')
  return /^[A-Za-z0-9+/]*$/.test(letters) && letters.length % 4 !== 1 ? atob(letters) : undefined
}

const standard = (url: string): string => url.replaceAll('-', '+').replaceAll('_', '/')

const encodeUrl = (bytes: Bytes): string => toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')

/** Short texts and what they are encoded: page tokens and names of schemas come again and again. */
const encoded = new Map<Bytes, string>()
const SHORT = 64
const MOST_KEPT = 1000

/** base64url without padding, as Go's RawURLEncoding. */
export const toBase64Url = (bytes: Bytes): string => {
  if (bytes.length > SHORT) return encodeUrl(bytes)
  const known = encoded.get(bytes)
  if (known !== undefined) return known
  if (encoded.size >= MOST_KEPT) encoded.clear()
  const made = encodeUrl(bytes)
  encoded.set(bytes, made)
  return made
}

/** undefined where Go's decoder gives an error. */
export const fromBase64Url = (token: string): Bytes | undefined =>
  /[+/]/.test(token) ? undefined : fromBase64(standard(token))

/** What base64 in either alphabet holds, padded or not; undefined for any other text. */
export const fromAnyBase64 = (text: string): Bytes | undefined => {
  try {
    return atob(standard(text))
  } catch {
    return undefined
  }
}

/** The bytes of padded base64, as Go's StdEncoding reads it, or where it is illegal; line breaks are skipped. */
export const fromPaddedBase64 = (text: string): string | number => {
  const letters = text.replaceAll(/[\r\n]/g, '')
  if (letters.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(letters)) return atob(letters)
  const wrong = letters.search(/[^A-Za-z0-9+/]/)
  if (wrong < 0) return letters.length - (letters.length % 4)
  const padded = wrong % 4 >= 2 && letters[wrong] === '='
  if (!padded) return wrong
  if (wrong % 4 === 3) return wrong + 1
  return letters.length === wrong + 1 ? letters.length : letters[wrong + 1] === '=' ? wrong + 2 : wrong
}

/** The same of padded base64url, Go's URLEncoding. */
export const fromPaddedBase64Url = (text: string): string | number =>
  fromPaddedBase64(standard(text.replaceAll(/[+/]/g, ' ')))
