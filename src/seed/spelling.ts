import type { TextOf } from '../go/json-places.ts'
import { isObject } from '../model/json.ts'
import { isSchemaEntry } from './forms.ts'
import type { Source } from './source.ts'

/** How what is handed on was spelled, where a value says less: `textOf` of its parts, and all of it as JSON. */
export interface Spelling {
  readonly textOf: TextOf
  readonly json: () => string
}

type Pointer = Parameters<TextOf>[0]

/** Whether the parts of a value may be others than they were in the text: a schema in place of the file that it is in. */
const isLaden = (value: unknown, pointer: Pointer): boolean =>
  (pointer.length === 0 && (Array.isArray(value) || isObject(value))) ||
  (pointer.at(-1) === 'schemas' && pointer.length === 1) ||
  isSchemaEntry(value) ||
  (pointer.length === 2 && pointer[0] === 'schemas' && isObject(value) && ('url' in value || 'schema' in value))

const written = (value: unknown, textOf: TextOf, pointer: Pointer): string => {
  if (typeof value !== 'object' || value === null)
    return (typeof value === 'number' && textOf(pointer)) || JSON.stringify(value)
  if (!isLaden(value, pointer)) return textOf(pointer) ?? JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((one, n) => written(one, textOf, [...pointer, n])).join()}]`
  const members = Object.entries(value).filter(([, one]) => one !== undefined)
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${written(one, textOf, [...pointer, key])}`).join()}}`
}

const jsonOf = ({ value, textOf }: Source): string =>
  textOf?.([]) === undefined ? JSON.stringify(value) : written(value, textOf, [])

/** The spelling of what sources hold, of one by itself or of an array of several; undefined where the values say as much. */
export const spellingOfSources = (sources: readonly Source[]): Spelling | undefined => {
  if (sources.every(({ textOf }) => textOf?.([]) === undefined)) return undefined
  const [first] = sources
  if (sources.length === 1) return { textOf: first!.textOf!, json: () => jsonOf(first!) }
  return {
    textOf: ([index, ...rest]) => (index === undefined ? undefined : sources[Number(index)]?.textOf?.(rest)),
    json: () => `[${sources.map(jsonOf).join()}]`,
  }
}

/** The spelling of an object that has what was spelled as one more member. */
export const spelledWithin = (rest: object, key: string, { textOf, json }: Spelling): Spelling => ({
  textOf: ([first, ...inner]) => (first === key ? textOf(inner) : undefined),
  json: () => {
    const others = JSON.stringify(rest).slice(1, -1)
    return `{${others === '' ? '' : `${others},`}${JSON.stringify(key)}:${json()}}`
  },
})
