import { cut, Found, linesOf } from '../model/flaw.ts'

/**
 * What a value does wrong by a JSON Schema, in the words and with the places of ory/jsonschema (errors.go).
 * The places of a cause count from those of what it caused, so that to put a place before an error costs the same
 * however many causes it has.
 */
export class Violation {
  readonly #message: string | (() => string)
  instance = ''
  schema: string
  /** Whether `schema` is whole: an error of a `$ref` keeps the place where it was defined. */
  anchored = false
  readonly causes: readonly Violation[]
  /** The names of properties that it is about because they are not there. */
  missing: readonly string[] = []

  constructor(schema: string, message: string | (() => string), causes: readonly Violation[] = []) {
    this.schema = schema
    this.#message = message
    this.causes = causes
  }

  get message(): string {
    return typeof this.#message === 'string' ? this.#message : this.#message()
  }
}

const join = (outer: string, inner: string): string =>
  outer === '' ? inner : inner === '' ? outer : `${outer}/${inner}`

/** @param message a long one is made when it is told. @param causes of which each begins at its place. */
export const violation = (schema: string, message: string | (() => string), causes?: readonly Violation[]): Violation =>
  new Violation(schema, message, causes)

/** Puts the place of what holds it before an error's own. */
export const within = (error: Violation, instance: string, schema: string): Violation => {
  error.instance = join(instance, error.instance)
  if (!error.anchored) error.schema = join(schema, error.schema)
  return error
}

/** Ends an error's way up to a schema with a place of its own: the root, or a definition. */
export const anchor = (error: Violation, at: string): Violation => {
  if (error.anchored) return error
  error.schema = join(at, error.schema)
  error.anchored = true
  return error
}

/** Errors of one value: one by itself, more under a heading. */
export const together = (errors: readonly Violation[]): Violation | undefined =>
  errors.length < 2 ? errors[0] : violation('', 'validation failed', errors)

/** A violation with its whole places, and how many stand above it. */
interface Told {
  readonly depth: number
  readonly instance: string
  readonly schema: string
  readonly error: Violation
}

/** A violation and all its causes, each behind what it caused. */
export function* toldOf(root: Violation): Generator<Told> {
  const open: { readonly told: Told; next: number }[] = []
  const enter = (error: Violation, above: Told | undefined): Told => {
    const instance = join(above?.instance ?? '', error.instance)
    const schema = error.anchored ? error.schema : join(above?.schema ?? '', error.schema)
    const told = { depth: open.length, instance, schema, error }
    open.push({ told, next: 0 })
    return told
  }
  yield enter(root, undefined)
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const cause = top.told.error.causes[top.next++]
    if (cause === undefined) open.pop()
    else yield enter(cause, top.told)
  }
}

const lineOf = ({ depth, instance, schema, error }: Told): string =>
  `I[${instance === '' ? '#' : `#/${instance}`}] S[${schema}] ${error.message}`.replaceAll(/^/gm, '  '.repeat(depth))

/** `I[#/traits/email] S[#/properties/…/format] "x" is not valid "email"`; causes follow on lines of their own, indented. */
export const violationText = (error: Violation): string => Array.from(toldOf(error), lineOf).join('\n')

/** As many letters of a line as anybody reads. */
const MOST_LETTERS = 1000

/** As much of the same as anybody reads, and how much more there is. */
export const violationDigest = (error: Violation): string => {
  const found = new Found<string>()
  for (const told of toldOf(error)) found.add(() => cut(lineOf(told), MOST_LETTERS))
  return linesOf(found.first, found.count)
}
