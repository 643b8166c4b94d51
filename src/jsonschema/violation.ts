/**
 * What a value does wrong by a JSON Schema, in the words and with the places of ory/jsonschema (errors.go).
 * Places grow while the error travels up: they are pointers without their beginning until `settle` gives them one.
 */
export interface Violation {
  readonly message: string
  instance: string
  schema: string
  /** Whether `schema` is whole: an error of a `$ref` keeps the place where it was defined. */
  anchored: boolean
  readonly causes: Violation[]
}

const join = (outer: string, inner: string): string =>
  outer === '' ? inner : inner === '' ? outer : `${outer}/${inner}`

export const violation = (schema: string, message: string): Violation => ({
  message,
  instance: '',
  schema,
  anchored: false,
  causes: [],
})

/** Puts the place of what holds it before an error's own. */
export const within = (error: Violation, instance: string, schema: string): Violation => {
  error.instance = join(instance, error.instance)
  if (!error.anchored) error.schema = join(schema, error.schema)
  for (const cause of error.causes) within(cause, instance, schema)
  return error
}

export const causedBy = (error: Violation, causes: readonly Violation[]): Violation => {
  error.causes.push(...causes.map((cause) => within(cause, error.instance, error.schema)))
  return error
}

/** Ends an error's way up to a schema with a place of its own: the root, or a definition. */
export const anchor = (error: Violation, at: string): Violation => {
  if (error.anchored) return error
  error.schema = join(at, error.schema)
  error.anchored = true
  for (const cause of error.causes) anchor(cause, at)
  return error
}

/** Errors of one value: one by itself, more under a heading. */
export const together = (errors: readonly Violation[]): Violation | undefined =>
  errors.length < 2 ? errors[0] : causedBy(violation('', 'validation failed'), errors)

/** `I[#/traits/email] S[#/properties/…/format] "x" is not valid "email"`; causes follow on lines of their own, indented. */
export const violationText = ({ instance, schema, message, causes }: Violation): string => {
  const own = `I[${instance === '' ? '#' : `#/${instance}`}] S[${schema}] ${message}`
  return [own, ...causes.map((cause) => violationText(cause).replaceAll(/^/gm, '  '))].join('\n')
}
