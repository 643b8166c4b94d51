import { ALIASES, IGNORABLE, NEWER, SEVERAL, WHOLE } from './collation-table.ts'

const numberOf = (text: string): number => Number.parseInt(text, 36)

const textOf = (numbers: string): string =>
  numbers === '' ? '' : String.fromCodePoint(...numbers.split('.').map(numberOf))

/** Calls with each letter of ranges, and what stands between their start and their length. */
const eachOf = (ranges: string, call: (code: number, ahead: number, other: string) => void): void => {
  let end = 0
  for (const range of ranges.split(' ')) {
    const parts = range.split(':')
    const start = end + numberOf(parts[0]!)
    const more = ranges === ALIASES ? parts[2] : parts[1]
    end = start + numberOf(more ?? '0')
    for (let code = start; code <= end; code++) call(code, code - start, parts[1]!)
  }
}

/** What letters weigh as, as texts, and which are not taken apart. */
interface Weights {
  readonly folded: ReadonlyMap<string, string>
  readonly whole: ReadonlyMap<string, string>
}

const read = (): Weights => {
  const folded = new Map<string, string>()
  const whole = new Map<string, string>()
  eachOf(IGNORABLE, (code) => folded.set(String.fromCodePoint(code), ''))
  eachOf(ALIASES, (code, ahead, other) =>
    folded.set(String.fromCodePoint(code), String.fromCodePoint(numberOf(other) + ahead)),
  )
  eachOf(NEWER, (code) => whole.set(String.fromCodePoint(code), String.fromCodePoint(code)))
  for (const [table, pairs] of [
    [folded, SEVERAL],
    [whole, WHOLE],
  ] as const) {
    for (const pair of pairs.split(' ')) {
      const [letter, others] = pair.split(':') as [string, string]
      table.set(textOf(letter), textOf(others))
    }
  }
  return { folded, whole }
}

let weights: Weights | undefined

const weighed = (letter: string): string => {
  const { folded, whole } = (weights ??= read())
  return (
    whole.get(letter) ?? Array.from(letter.normalize('NFKD').toLowerCase(), (part) => folded.get(part) ?? part).join('')
  )
}

/**
 * A text as MySQL's default collation, utf8mb4_0900_ai_ci, compares it: case, accents and what cannot be seen do not
 * count, spaces do. Texts that it takes for equal give the same.
 */
export const collated = (text: string): string =>
  // What is neither a capital nor beyond ASCII weighs as itself.
  /[^\x20-\x7e]/.test(text) ? text.replaceAll(/[^\x20-@[-~]/gu, weighed) : text.toLowerCase()
