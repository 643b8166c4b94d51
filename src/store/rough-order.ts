/** How many letters of a text are looked at, and what each is taken for: 95 ones of ASCII. */
const LETTERS = 5
const BASE = 95

/** More rows than a table holds (`MOST_SESSIONS`): with a place below it, the letters fit a double. */
const PLACES = 2 ** 20

/** The number that the letters at a place are, by whose order texts come about as they should. */
const digest = (text: string, at: number): number => {
  let number = 0
  for (let n = 0; n < LETTERS; n++) {
    const code = at + n < text.length ? text.charCodeAt(at + n) : 0
    number = number * BASE + Math.min(Math.max(code - 32, 0), BASE - 1)
  }
  return number
}

/** How many letters all texts begin with. */
const sharedLength = (texts: readonly string[]): number => {
  let shared = texts[0] ?? ''
  for (const text of texts) while (!text.startsWith(shared)) shared = shared.slice(0, -1)
  return shared.length
}

/**
 * Rows in about the order of a text that each of them has, by its first letters that differ: sorting numbers is cheap,
 * and of what is nearly in order little is left to be sorted.
 */
export const roughlyOrdered = <R>(rows: readonly R[], textOf: (row: R) => string): R[] => {
  if (rows.length > PLACES) return [...rows]
  const texts = rows.map(textOf)
  const at = sharedLength(texts)
  const keys = new Float64Array(rows.length)
  for (let n = 0; n < keys.length; n++) keys[n] = digest(texts[n]!, at) * PLACES + n
  keys.sort()
  return rows.map((_, n) => rows[keys[n]! - Math.floor(keys[n]! / PLACES) * PLACES]!)
}
