/** How many letters of a text are looked at. Those of ASCII are told apart, what is below and above is one letter each. */
const LETTERS = 5
const [FIRST, LAST] = [32, 126]
const ABOVE = LAST - FIRST + 2
const BASE = ABOVE + 1

/** More rows than a table holds (`MOST_SESSIONS`): a place among them is kept below the letters, in one double. */
const PLACES = 2 ** 20

/** A number for the letters at a place. Of texts that are equal up to there, one with a lower number comes first. */
const digest = (text: string, at: number): number => {
  let number = 0
  let isKnown = true
  for (let n = at; n < at + LETTERS; n++) {
    const code: number = isKnown && n < text.length ? text.charCodeAt(n) : 0
    // Behind a letter that stands for many, nothing is told apart any more.
    isKnown = code >= FIRST && code <= LAST
    number = number * BASE + (isKnown ? code - FIRST + 1 : code > LAST ? ABOVE : 0)
  }
  return number
}

/** How many letters all texts begin with. */
const sharedLength = (texts: readonly string[]): number => {
  let shared = texts[0] ?? ''
  for (const text of texts) while (!text.startsWith(shared)) shared = shared.slice(0, -1)
  return shared.length
}

export type TextOf<R> = (row: R) => string

type Compare<R> = (a: R, b: R) => number

/** By the first letters that differ, as numbers, which costs a fraction of comparing texts; `compare` orders the rest. */
const byText = <R>(rows: readonly R[], compare: Compare<R>, textOf: TextOf<R>): R[] => {
  const texts = rows.map(textOf)
  const at = sharedLength(texts)
  const keys = new Float64Array(rows.length)
  for (let n = 0; n < keys.length; n++) keys[n] = digest(texts[n]!, at) * PLACES + n
  keys.sort()
  const digestAt = (n: number): number => Math.floor(keys[n]! / PLACES)
  const sorted = rows.map((_, n) => rows[keys[n]! - digestAt(n) * PLACES]!)
  for (let from = 0, to = 1; from < sorted.length; from = to++) {
    while (to < sorted.length && digestAt(to) === digestAt(from)) to++
    if (to - from < 2) continue
    const alike = sorted.slice(from, to).sort(compare)
    for (let n = from; n < to; n++) sorted[n] = alike[n - from]!
  }
  return sorted
}

/** Sorts rows. @param textOf gives the text by which they are ordered first, if it is one. */
export const sortRows = <R>(rows: readonly R[], compare: Compare<R>, textOf?: TextOf<R>): readonly R[] => {
  if (rows.every((row, n) => n === 0 || compare(rows[n - 1]!, row) <= 0)) return rows
  return textOf === undefined || rows.length > PLACES ? rows.toSorted(compare) : byText(rows, compare, textOf)
}
