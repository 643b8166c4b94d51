import { fromAnyBase64, toPaddedBase64 } from '../go/base64.ts'
import { bytesOf, rawBytes } from '../go/bytes.ts'
import { jsonMisfit } from '../go/json-places.ts'
import { compact, isDeeper } from '../go/json-scan.ts'
import { entriesOf, has, isObject } from '../model/json.ts'
import { unfitFor } from '../model/unfit.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import type { Checker } from './checker.ts'
import type { Pointer } from '../model/flaw.ts'
import { isSchemaEntry, SCHEMA_KEYS } from './forms.ts'
import type { Schema } from '../store/schemas.ts'
import type { Source } from './source.ts'

/** An identity schema of a fixture; one that cannot be used has no text, and is still known by its id. */
export interface SchemaDraft {
  readonly id: string
  readonly pointer: Pointer
  readonly text: string | undefined
  /** The text of the file that it came in, or of its URL. */
  readonly verbatim?: string | undefined
}

const BASE64 = 'base64://'
export const FILE = 'file://'
/** Deeper than anybody writes a schema, and shallow enough to be compiled. */
export const DEEPEST_SCHEMA = 1000

const inEntry = (entry: unknown, change: (schema: unknown) => unknown): unknown =>
  isObject(entry)
    ? Object.fromEntries(
        Object.entries(entry).map(([key, one]) => [key, key === 'schema' || key === 'url' ? change(one) : one]),
      )
    : entry

/** A fixture with each schema in it changed, wherever a schema or its URL may stand. */
export const mapSchemas = (value: unknown, change: (schema: unknown) => unknown): unknown => {
  if (isSchemaEntry(value)) return inEntry(value, change)
  if (Array.isArray(value))
    return value.some(isSchemaEntry) ? value.map((one) => (isSchemaEntry(one) ? inEntry(one, change) : one)) : value
  if (!isObject(value)) return value
  const { schemas } = value
  if (Array.isArray(schemas)) return { ...value, schemas: schemas.map((one) => inEntry(one, change)) }
  if (!isObject(schemas)) return value
  return {
    ...value,
    schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, change(schema)])),
  }
}

/** The ids of the schemas of a fixture, wherever they may stand. */
export const schemaIdsOf = (value: unknown): readonly unknown[] => {
  if (isSchemaEntry(value)) return [value['id']]
  if (Array.isArray(value)) return value.flatMap((one: unknown) => (isSchemaEntry(one) ? [one['id']] : []))
  const schemas = isObject(value) ? value['schemas'] : undefined
  return isObject(schemas) ? entriesOf(schemas).map(([id]) => id) : Array.isArray(schemas) ? schemaIdsOf(schemas) : []
}

/** A schema as compact JSON, and as a file or a URL has it. */
export type ReadSchema = Pick<Schema, 'text' | 'verbatim'>

/** The schema that a file or a URL holds, or why it holds none. */
export const schemaOf = (
  bytes: Uint8Array,
): { readonly text: string; readonly verbatim: string } | { readonly why: string } => {
  const text = decodeUtf8(bytes)
  if (typeof text !== 'string') return { why: `which holds ${text.found} (save it in UTF-8)` }
  const misfit = jsonMisfit(text)
  if (misfit !== undefined) {
    const { line, column, expected, found } = misfit
    return { why: `which is no JSON: at ${line}:${column} it has ${found} instead of ${expected}` }
  }
  return isObject(JSON.parse(text)) ? { text: compact(text), verbatim: text } : { why: 'which is JSON but no object' }
}

/** A schema's text as a URL. */
export const base64Url = (text: string): string => `${BASE64}${toPaddedBase64(bytesOf(text))}`

/** Reads the identity schemas of a fixture: objects, `base64://` and `file://` URLs, by id or in a list. */
export class SchemaReader {
  readonly drafts: SchemaDraft[] = []
  readonly #ids = new Set<string>()
  readonly #check: Checker
  readonly #unread: Source['unread']

  constructor(check: Checker, unread: Source['unread']) {
    this.#check = check
    this.#unread = unread
  }

  /** What stands under `schemas`. */
  all(value: unknown, pointer: Pointer): void {
    if (value === undefined || value === null) return
    if (Array.isArray(value)) for (const [n, one] of value.entries()) this.entry(one, [...pointer, n])
    else if (isObject(value))
      for (const [id, schema] of entriesOf(value)) this.#add(id, schema, [...pointer, id], pointer)
    else this.#check.flaw(pointer, 'an object of JSON Schemas by id, or a list of them', value)
  }

  /** `{ id, schema }` as Kratos answers it, or `{ id, url }` as it is configured. */
  entry(value: unknown, pointer: Pointer): void {
    const fields = this.#check.fields(value, pointer, SCHEMA_KEYS, 'a schema with its id')
    if (fields === undefined) return
    const id = this.#check.text(fields['id'], [...pointer, 'id'])
    if (fields['id'] === undefined || fields['id'] === null)
      this.#check.flaw([...pointer, 'id'], 'the id of a schema', fields['id'])
    const key = has(fields, 'url') && !has(fields, 'schema') ? 'url' : 'schema'
    if (id !== undefined) this.#add(id, fields[key], [...pointer, key], [...pointer, 'id'])
  }

  #add(id: string, schema: unknown, pointer: Pointer, idPointer: Pointer): void {
    if (this.#ids.has(id)) this.#check.flaw(idPointer, 'an id of its own', id)
    this.#ids.add(id)
    const read = this.#read(schema, pointer)
    const isTooDeep = read !== undefined && isDeeper(read.text, DEEPEST_SCHEMA)
    if (isTooDeep) this.#check.flaw(pointer, `at most ${DEEPEST_SCHEMA} levels`, schema)
    this.drafts.push({ id, pointer, text: undefined, ...(isTooDeep ? undefined : read) })
  }

  #read(schema: unknown, pointer: Pointer): ReadSchema | undefined {
    if (isObject(schema)) {
      // A number is kept as it is spelled, however large; what is too deep is told by who asked for this.
      const written = this.#check.written(pointer)
      if (written !== undefined) return { text: written }
      const unfit = unfitFor(schema, DEEPEST_SCHEMA)
      if (unfit === undefined) return { text: JSON.stringify(schema) }
      const expected = unfit.isDeep ? `at most ${DEEPEST_SCHEMA} levels` : 'what JSON can hold'
      return this.#check.tell([...pointer, ...unfit.pointer], () => ({ expected, found: unfit.found }))
    }
    if (typeof schema !== 'string')
      return this.#check.flaw(pointer, 'a JSON Schema, or its base64:// or file:// URL', schema)
    if (schema.startsWith(BASE64)) return this.#encoded(schema, pointer)
    if (schema.startsWith(FILE)) {
      const why = this.#unread?.get(schema)
      return why === undefined
        ? this.#check.flaw(
            pointer,
            'a JSON Schema or its base64:// URL, since no files are read for another process',
            schema,
          )
        : this.#misread(pointer, `${schema}, ${why}`)
    }
    const isFar = /^https?:/.test(schema)
    return this.#check.flaw(
      pointer,
      isFar
        ? 'a JSON Schema, or its base64:// or file:// URL, since nothing is fetched (save it, and name the file)'
        : 'a JSON Schema, or its base64:// or file:// URL',
      schema,
    )
  }

  #misread(pointer: Pointer, found: string): undefined {
    return this.#check.tell(pointer, () => ({ expected: 'the URL of a JSON Schema', found }))
  }

  #encoded(url: string, pointer: Pointer): ReadSchema | undefined {
    const bytes = fromAnyBase64(url.slice(BASE64.length))
    if (bytes === undefined) return this.#check.flaw(pointer, 'base64 behind base64://', url)
    const schema = schemaOf(rawBytes(bytes))
    return 'text' in schema ? schema : this.#misread(pointer, `base64://, ${schema.why}`)
  }
}
