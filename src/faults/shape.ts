import * as v from 'valibot'
import { isObject } from '../model/json.ts'
import { nearest } from '../model/nearest.ts'

/** Takes note of a problem; reading goes on, so that all are found. */
export type Report = (pointer: string, reason: string) => undefined

/** A JSON value as a message shows it. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const quoted = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ')

/** The nearest valid word, or all of them when none is near. */
export const suggestion = (word: string, words: readonly string[]): string => {
  const near = nearest(word, words)
  return near === undefined ? `known are ${quoted(words)}` : `did you mean \`${near}\`?`
}

/** A JSON pointer one step deeper (RFC 6901). */
export const into = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

const must = (what: string) => (issue: v.BaseIssue<unknown>) => `must be ${what}, not ${shown(issue.input)}`

/** Reads one value. */
export type Leaf<T> = v.GenericSchema<unknown, T>

export const text: Leaf<string> = v.string(must('a text'))

export const textLike = (pattern: RegExp, what: string): Leaf<string> =>
  v.pipe(v.string(must(what)), v.regex(pattern, must(what)))

export const number = (min: number, max: number, what: string): Leaf<number> =>
  v.pipe(v.number(must(what)), v.finite(must(what)), v.minValue(min, must(what)), v.maxValue(max, must(what)))

export const whole = (min: number, max: number, what: string): Leaf<number> =>
  v.pipe(v.number(must(what)), v.integer(must(what)), v.minValue(min, must(what)), v.maxValue(max, must(what)))

export const word = <const W extends string>(words: readonly W[]): Leaf<W> =>
  v.picklist(words, ({ input }) =>
    typeof input === 'string'
      ? `${shown(input)} is unknown; ${suggestion(input, words)}`
      : `must be one of ${quoted(words)}, not ${shown(input)}`,
  )

/** What reads each key of an object. */
export type Entries = Readonly<Record<string, v.GenericSchema>>

/** What reads a type that a user sees: exactly its keys, each as its type says but for those with a reader of their own. */
export type EntriesOf<T, Own extends keyof T = never> = {
  readonly [K in keyof T]-?: Leaf<K extends Own ? unknown : NonNullable<T[K]>>
}
/** What an object of these entries holds; each of them may be left out. */
export type Shape<E extends Entries> = { readonly [K in keyof E]?: v.InferOutput<E[K]> }

/**
 * The entries of an object that are as they should be. Each one that is not, and each unknown key, is reported.
 * @returns undefined when it is no object.
 */
export const readShape = <E extends Entries>(
  entries: E,
  value: unknown,
  pointer: string,
  report: Report,
): Shape<E> | undefined => {
  if (!isObject(value)) {
    report(pointer, `must be an object, not ${shown(value)}`)
    return undefined
  }
  const known = Object.keys(entries)
  const read: Record<string, unknown> = {}
  for (const [key, given] of Object.entries(value)) {
    const schema = Object.hasOwn(entries, key) ? entries[key] : undefined
    if (schema === undefined) {
      report(into(pointer, key), `is an unknown key; ${suggestion(key, known)}`)
      continue
    }
    const result = v.safeParse(schema, given, { abortPipeEarly: true })
    if (result.success) read[key] = result.output
    else report(into(pointer, key), result.issues[0].message)
  }
  return read as Shape<E>
}

/** A time in milliseconds or as a text, which its own reader takes. @param bound of a number, as a JSON Schema says it. */
export const span = (bound: { readonly minimum: number } | { readonly exclusiveMinimum: number }): Leaf<unknown> =>
  v.pipe(v.unknown(), v.metadata({ span: bound }))

/** Passes a value on to a reader of its own. */
export const anything: Leaf<unknown> = v.unknown()
