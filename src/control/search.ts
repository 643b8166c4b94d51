import type { Identity } from '../model/identity.ts'

/** Whether a value, or one that it holds at any depth, has a text that passes. */
const holdsOne = (whole: unknown, passes: (text: string) => boolean): boolean => {
  const left: unknown[] = [whole]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) left.push(part)
    else if (passes(String(value))) return true
  }
  return false
}

/** Whether an identity has a text in a value of its traits, in an identifier or in an id, in any case. */
export const searchTest = (search: string): ((identity: Identity) => boolean) => {
  if (search === '') return () => true
  const wanted = search.toLowerCase()
  const holds = (text: string): boolean => text.toLowerCase().includes(wanted)
  return ({ id, external_id, credentials, traits }) => {
    if (id.includes(wanted) || (external_id !== null && holds(external_id))) return true
    if (credentials.some(({ identifiers }) => identifiers.some(holds))) return true
    // JSON without a backslash has every value as it is, beside the keys: most rows need no second look.
    if (!traits.includes('\\') && !holds(traits)) return false
    return holdsOne(JSON.parse(traits), holds)
  }
}
