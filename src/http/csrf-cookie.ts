import { sha256 } from '../model/digest.ts'

const names = new Map<string, Promise<string>>()

const drawName = async (publicUrl: string): Promise<string> => `csrf_token_${await sha256(`${publicUrl}/`)}`

/** How many public URLs' names are kept: one for each project. */
const MOST_KEPT = 1000

/** `csrf_token_<sha256 of the public URL>`: the name of the anti-CSRF cookie (x/nosurfx/nosurf.go). */
export const csrfCookieName = (publicUrl: string): Promise<string> => {
  const known = names.get(publicUrl) ?? drawName(publicUrl)
  if (names.size >= MOST_KEPT) names.clear()
  names.set(publicUrl, known)
  return known
}
