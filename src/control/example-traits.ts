import { isObject } from '../model/json.ts'

/** Texts by the format that a schema asks for. */
const FORMATS: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  uri: 'https://example.com',
  tel: '+14155552671',
  date: '1990-01-31',
  'date-time': '1990-01-31T12:00:00Z',
  uuid: '9f425a8d-7efc-4768-8f23-7647a74fdf13',
}

/** Deeper than that nothing is shown. */
const DEEPEST = 4

const SCALARS: Readonly<Record<string, unknown>> = { string: 'text', number: 1, integer: 1, boolean: true }

/** What is asked for, or the first that could be given where nothing is. */
const namesOf = ({ required, properties }: Readonly<Record<string, unknown>>): readonly string[] => {
  const all = isObject(properties) ? Object.keys(properties) : []
  const asked = Array.isArray(required) ? all.filter((name) => required.includes(name)) : []
  return asked.length > 0 ? asked : all.slice(0, 1)
}

const exampleOf = (schema: unknown, depth: number): unknown => {
  if (!isObject(schema) || depth > DEEPEST) return undefined
  const { type, properties, format, minimum } = schema
  const told = [schema['const'], schema['examples'], schema['enum']].flat().find((value) => value !== undefined)
  if (told !== undefined) return told
  if (isObject(properties)) {
    const members = namesOf(schema).map((name) => [name, exampleOf(properties[name], depth + 1)] as const)
    return Object.fromEntries(members.filter(([, value]) => value !== undefined))
  }
  if (type === 'array') return [exampleOf(schema['items'], depth + 1)].filter((value) => value !== undefined)
  if (typeof format === 'string' && Object.hasOwn(FORMATS, format)) return FORMATS[format]
  if (typeof minimum === 'number') return minimum
  return typeof type === 'string' && Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined
}

/** Traits in the shape that an identity schema asks for, for a person to begin with; `{}` where it says nothing of them. */
export const exampleTraits = (text: string): unknown => {
  const schema = JSON.parse(text) as unknown
  const properties = isObject(schema) ? schema['properties'] : undefined
  const traits = isObject(properties) ? exampleOf(properties['traits'], 0) : undefined
  return traits ?? {}
}
