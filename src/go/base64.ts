/** base64 without padding, as Go's RawStdEncoding. */
export const toBase64 = (text: string): string => btoa(text).replaceAll('=', '')

/** undefined where Go's decoder gives an error; line breaks are skipped. */
export const fromBase64 = (token: string): string | undefined => {
  const letters = token.replaceAll(/[\r\n]/g, '')
  return /^[A-Za-z0-9+/]*$/.test(letters) && letters.length % 4 !== 1 ? atob(letters) : undefined
}

/** base64url without padding, as Go's RawURLEncoding. */
export const toBase64Url = (text: string): string => toBase64(text).replaceAll('+', '-').replaceAll('/', '_')

/** undefined where Go's decoder gives an error. */
export const fromBase64Url = (token: string): string | undefined =>
  /[+/]/.test(token) ? undefined : fromBase64(token.replaceAll('-', '+').replaceAll('_', '/'))
