import type { RE2JS } from 're2js'

/** A regular expression of Go's dialect (regexp/syntax), matched in time linear in the text. */
export interface GoRegExp {
  readonly source: string
  /** Whether any part of a text matches. */
  test(text: string): boolean
}

/** A text that Go's regexp.Compile refuses, in its words. */
export class GoRegExpError extends Error {
  override readonly name = 'GoRegExpError'
}

let library: typeof RE2JS | undefined

/** Loads what `goRegExp` needs, once. */
export const loadGoRegExp = async (): Promise<void> => {
  library ??= (await import('re2js')).RE2JS
}

/** Go's regexp.Compile, once it is loaded. @throws GoRegExpError such as ``missing closing ): `(` ``. */
export const goRegExp = (source: string): GoRegExp => {
  if (library === undefined) throw new Error('No regular expression is compiled before loadGoRegExp.')
  let compiled: RE2JS
  try {
    compiled = library.compile(source)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new GoRegExpError(said.replace(/^error parsing regexp: /, ''))
  }
  return { source, test: (text) => compiled.test(text) }
}

export const isGoRegExp = (source: string): boolean => {
  try {
    goRegExp(source)
    return true
  } catch (error) {
    if (error instanceof GoRegExpError) return false
    throw error
  }
}
