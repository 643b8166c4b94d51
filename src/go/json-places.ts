import type { TextPlace } from '../model/utf8.ts'
import { compact, isDeeper, JsonScanner, NotJson, type Expected } from './json-scan.ts'

/** Where a text stops being JSON, what may stand there and what does. */
export interface JsonMisfit extends TextPlace {
  readonly expected: string
  readonly found: string
}

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or }',
  ':': 'a colon',
  ', or ]': 'a comma or ]',
  ', or }': 'a comma or }',
  end: 'the end',
}

/** A value's place, that of its name where it has one, and the places of what it holds. */
interface Spot {
  readonly at: number
  readonly from: number
  to: number
  readonly kids: Map<string, Spot> | undefined
}

/** The places of a text's values, as far as it is JSON. */
const spotsOf = (text: string): Spot | undefined => {
  const scanner = new JsonScanner(text)
  const open: Spot[] = []
  let root: Spot | undefined
  let name: { readonly key: string; readonly at: number } | undefined
  try {
    for (let event = scanner.next(); event !== undefined; event = scanner.next()) {
      if (event === 'name') name = { key: JSON.parse(scanner.text) as string, at: scanner.start }
      else if (event === '}' || event === ']') open.pop()!.to = scanner.start + 1
      else {
        const kids = event === '{' || event === '[' ? new Map<string, Spot>() : undefined
        const { start } = scanner
        const spot: Spot = { at: name?.at ?? start, from: start, to: start + scanner.text.length, kids }
        const around = open.at(-1)?.kids
        around?.set(name?.key ?? String(around.size), spot)
        root ??= spot
        if (kids !== undefined) open.push(spot)
        name = undefined
      }
    }
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
  }
  return root
}

/** The offsets at which lines start, to tell the place of an offset. */
const placesOf = (text: string): ((offset: number) => TextPlace) => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}

/** Why a text is not JSON; undefined for one that is. V8's own message has a place at times only. */
export const jsonMisfit = (text: string): JsonMisfit | undefined => {
  const scanner = new JsonScanner(text)
  try {
    while (scanner.next() !== undefined);
    return undefined
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
  }
  const { start, expected } = scanner
  const found = start >= text.length ? 'the end' : JSON.stringify(text.slice(start, start + 12)).slice(1, -1)
  return { ...placesOf(text)(start), expected: WORDS[expected], found }
}

/** Where the parts of a JSON text stand, and what is written there. */
export interface JsonParts {
  /**
   * Where the part stands that a path leads to, or the nearest part around it: a property at its name, an item of an
   * array at its value.
   */
  locate(path: readonly (string | number)[]): TextPlace | undefined
  /** The text of the part that a path leads to, as it was written; undefined where there is none. */
  textOf(path: readonly (string | number)[]): string | undefined
}

/** Knows the parts of a JSON text, which is scanned when somebody first asks. */
export const jsonParts = (text: string): JsonParts => {
  let known: { readonly root: Spot | undefined; readonly placeOf: (offset: number) => TextPlace } | undefined
  const scanned = () => (known ??= { root: spotsOf(text), placeOf: placesOf(text) })
  return {
    locate: (path) => {
      const { root, placeOf } = scanned()
      let spot = root
      for (const part of path) {
        const kid = spot?.kids?.get(String(part))
        if (kid === undefined) break
        spot = kid
      }
      return spot === undefined ? undefined : placeOf(spot.at)
    },
    textOf: (path) => {
      let spot = scanned().root
      for (const part of path) spot = spot?.kids?.get(String(part))
      return spot === undefined ? undefined : text.slice(spot.from, spot.to)
    },
  }
}

/** Deeper JSON is not written anew to be compared: that would call itself for each level. */
const MOST_LEVELS = 1000

/**
 * The text of a part of a JSON text, compact, as it was written; undefined where its value says as much. Numbers and
 * escapes have many spellings, and keys may come twice.
 */
export type TextOf = (pointer: readonly (string | number)[]) => string | undefined

/** @param value that the text was parsed as. */
export const spellingOf = (text: string, value: unknown, parts = jsonParts(text)): TextOf => {
  // Most are spelled as JavaScript would: those are not looked through.
  let isPlain: boolean | undefined
  return (pointer) => {
    isPlain ??= !isDeeper(text, MOST_LEVELS) && compact(text).trim() === JSON.stringify(value)
    const written = isPlain ? undefined : parts.textOf(pointer)
    return written && compact(written)
  }
}
