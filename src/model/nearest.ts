/** Single edits (a letter more, less or other, two neighbours swapped) between two words. */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

/** Longer than any word that one could have meant. */
const LONGEST = 64

/** The one of the known words that `word` is most likely a misspelling of, or undefined when none is near. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > LONGEST) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const sought = plain(word)
  let found: string | undefined
  let least = Math.max(1, Math.floor(sought.length / 3)) + 1
  for (const candidate of known) {
    const edits = distance(sought, plain(candidate))
    if (edits < least) {
      least = edits
      found = candidate
    }
  }
  return found
}
