const names = new Map<string, Promise<string>>()

const drawName = async (publicUrl: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${publicUrl}/`))
  return `csrf_token_${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** How many public URLs' names are kept: one for each project. */
const MOST_KEPT = 1000

/** `csrf_token_<sha256 of the public URL>`: the name of the anti-CSRF cookie (x/nosurfx/nosurf.go). */
export const csrfCookieName = (publicUrl: string): Promise<string> => {
  const known = names.get(publicUrl) ?? drawName(publicUrl)
  if (names.size >= MOST_KEPT) names.clear()
  names.set(publicUrl, known)
  return known
}
