/** How many letters differ (Levenshtein). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}

/** Of more known words the rest is not looked at. */
const MOST_COMPARED = 1000

/** How many letters of a known word may differ. */
const allowed = (word: string): number => Math.max(2, Math.floor(word.length / 3))

/** The known word that comes closest to a wrong one, when one is close enough to be meant. */
export const nearest = (wrong: string, known: readonly string[]): string | undefined => {
  const word = wrong.slice(0, 64).toLowerCase()
  let best: readonly [distance: number, word: string | undefined] = [Infinity, undefined]
  for (const one of known.slice(0, MOST_COMPARED)) {
    // At least so many differ as one is longer than the other.
    if (Math.abs(one.length - word.length) > allowed(one)) continue
    const by = distance(word, one.toLowerCase())
    if (by < best[0] && by <= allowed(one)) best = [by, one]
  }
  return best[1]
}

/** As many words as anybody reads. */
const MOST_LISTED = 100

/** Words in a row, each in these quotation marks. */
export const listed = (words: readonly string[], mark = ''): string => {
  const first = words.slice(0, MOST_LISTED).map((word) => `${mark}${word}${mark}`)
  return [...first, ...(words.length > MOST_LISTED ? [`… and ${words.length - MOST_LISTED} more`] : [])].join(', ')
}

/** The nearest known word, or what else helps: all of them. @param mark the quotation marks of words. @param near the nearest. */
export const suggestion = (
  wrong: string,
  known: readonly string[],
  mark = '',
  otherwise = `known are ${listed(known, mark)}`,
  near = nearest(wrong, known),
): string => (near === undefined ? otherwise : `did you mean ${mark}${near}${mark}?`)

/** The same as a sentence of its own. */
export const hint = (wrong: string, known: readonly string[], otherwise?: string): string => {
  const text = suggestion(wrong, known, '', otherwise)
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
