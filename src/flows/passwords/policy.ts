import type { UiText } from '../../model/flow.ts'
import type { SelfService } from '../../model/selfservice.ts'
import { tooShort, texts } from '../texts.ts'

/** The fewest edits between an identifier and a password, and the most that they may have in common. */
const LEAST_DISTANCE = 5
const MOST_SHARED = 0.5

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** The length of the longest part that two texts share. */
const shared = (a: string, b: string): number => {
  let longest = 0
  let row: number[] = []
  for (const x of a) {
    const next = Array.from(b, (y, j) => (x === y ? (j === 0 ? 0 : (row[j - 1] ?? 0)) + 1 : 0))
    longest = Math.max(longest, ...next)
    row = next
  }
  return longest
}

const encoder = new TextEncoder()

/** Longer passwords are compared by their beginning, since the comparison grows with the product of both lengths. */
const MOST_COMPARED = 1024

/** Why a password is refused for one who signs in with an identifier (selfservice/strategy/password/validator.go). */
export const passwordProblem = (
  { minLength, similarityCheck }: SelfService['password'],
  identifier: string,
  password: string,
): UiText | undefined => {
  const length = encoder.encode(password).length
  if (length < minLength) return tooShort(minLength, length)
  if (!similarityCheck || identifier === '') return undefined
  const [a, b] = [identifier.toLowerCase(), password.toLowerCase().slice(0, MOST_COMPARED)]
  const isNear = distance(a, b) < LEAST_DISTANCE || shared(a, b) / b.length > MOST_SHARED
  return isNear ? texts.tooSimilar : undefined
}
