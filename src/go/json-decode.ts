import { fromPaddedBase64 } from './base64.ts'
import { bytesOf, quote } from './bytes.ts'
import { GoJsonError, type JsonNode } from './json-parse.ts'
import { compact } from './json-scan.ts'
import type { JsonText } from '../model/identity.ts'

/** What Go's decoder knows while it fills a value (encoding/json/decode.go decodeState). */
export interface Decoding {
  /** Whether a member that the struct lacks is an error. */
  readonly strict: boolean
  /** The first error that decoding went on after. */
  saved: string | undefined
  /** The struct that holds the field being read, and the names of the fields down to it. */
  struct: string
  readonly path: string[]
}

/** How Go decodes JSON into a type: what it takes, and the words for what it does not. */
export interface GoType<T> {
  /** As Go prints it in errors. */
  readonly name: string
  zero(): T
  /** @param former what the value was: JSON that says nothing about it, such as `null` for a string, leaves it. */
  read(node: JsonNode, decoding: Decoding, former: T): T
}

const KINDS: Readonly<Record<JsonNode['kind'], string>> = {
  null: 'null',
  bool: 'bool',
  number: 'number',
  string: 'string',
  array: 'array',
  object: 'object',
}

/** Notes that a value is of the wrong kind; decoding goes on without it. */
export const mismatch = (node: JsonNode, decoding: Decoding, type: string, value: string = KINDS[node.kind]): void => {
  const { struct, path } = decoding
  const into = struct === '' ? 'Go value' : `Go struct field ${struct}.${path.join('.')}`
  decoding.saved ??= `json: cannot unmarshal ${value} into ${into} of type ${type}`
}

export const goText = (name = 'string'): GoType<string> => ({
  name,
  zero: () => '',
  read: (node, decoding, former) => {
    if (node.kind === 'string') return node.text
    if (node.kind !== 'null') mismatch(node, decoding, name)
    return former
  },
})

export const goBool: GoType<boolean> = {
  name: 'bool',
  zero: () => false,
  read: (node, decoding, former) => {
    if (node.kind === 'bool') return node.raw === 'true'
    if (node.kind !== 'null') mismatch(node, decoding, 'bool')
    return former
  },
}

/** An integer of one of Go's types. Numbers past 2^53 are not told apart. */
export const goInteger = (name: string, least: number, most: number): GoType<number> => ({
  name,
  zero: () => 0,
  read: (node, decoding, former) => {
    if (node.kind === 'null') return former
    if (node.kind !== 'number') {
      mismatch(node, decoding, name)
      return former
    }
    const value = /^-?[0-9]+$/.test(node.raw) ? Number(node.raw) : Number.NaN
    if (value >= least && value <= most) return value
    mismatch(node, decoding, name, `number ${node.raw}`)
    return former
  },
})

export const goInt: GoType<number> = goInteger('int', -(2 ** 63), 2 ** 63 - 1)

const goByte = goInteger('uint8', 0, 255)

/** A slice of bytes, which JSON has in base64 or as an array: in Go's own spelling of it, null where there is none. */
export const goBytes: GoType<string | null> = {
  name: '[]uint8',
  zero: () => null,
  read: (node, decoding, former) => {
    if (node.kind === 'null') return null
    if (node.kind === 'array')
      return btoa(node.items.map((item) => String.fromCharCode(goByte.read(item, decoding, 0))).join(''))
    if (node.kind !== 'string') {
      mismatch(node, decoding, '[]uint8')
      return former
    }
    const bytes = fromPaddedBase64(node.text)
    if (typeof bytes === 'string') return btoa(bytes)
    decoding.saved ??= `illegal base64 data at input byte ${bytes}`
    return former
  },
}

/** json.RawMessage and its like: the text itself, or null when it was absent. */
export const goRaw: GoType<JsonText | null> = {
  name: 'json.RawMessage',
  zero: () => null,
  read: (node) => compact(node.raw),
}

export const goPointer = <T>(inner: GoType<T>): GoType<T | null> => ({
  name: `*${inner.name}`,
  zero: () => null,
  read: (node, decoding, former) => (node.kind === 'null' ? null : inner.read(node, decoding, former ?? inner.zero())),
})

export const goSlice = <T>(inner: GoType<T>, name = `[]${inner.name}`): GoType<readonly T[] | null> => ({
  name,
  zero: () => null,
  read: (node, decoding, former) => {
    if (node.kind === 'null') return null
    if (node.kind === 'array')
      return node.items.map((item, n) => inner.read(item, decoding, former?.[n] ?? inner.zero()))
    mismatch(node, decoding, name)
    return former
  },
})

/** A map from strings; its keys may be any text, `__proto__` too. */
export const goMap = <T>(name: string, inner: GoType<T>): GoType<ReadonlyMap<string, T> | null> => ({
  name,
  zero: () => null,
  read: (node, decoding, former) => {
    if (node.kind === 'null') return null
    if (node.kind === 'object') {
      const map = new Map(former)
      for (const { key, value } of node.members) map.set(key, inner.read(value, decoding, inner.zero()))
      return map
    }
    mismatch(node, decoding, name)
    return former
  },
})

/** Go's fold of field names: ASCII letters, and the two others that fold to them. */
const folded = (key: string): string => key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase()

/** A struct by the JSON names of its fields, which are found in any case. */
export const goStruct = <T extends object>(
  name: string,
  fields: { readonly [K in keyof T]: GoType<T[K]> },
): GoType<T> => {
  const all = new Map(Object.entries(fields) as [string, GoType<unknown>][])
  const byFold = new Map([...all.keys()].map((field) => [folded(field), field]))
  const short = name.slice(name.lastIndexOf('.') + 1)
  return {
    name,
    zero: () => Object.fromEntries([...all].map(([field, type]) => [field, type.zero()])) as T,
    read: (node, decoding, former) => {
      if (node.kind !== 'object') {
        if (node.kind !== 'null') mismatch(node, decoding, name)
        return former
      }
      const made = { ...former } as Record<string, unknown>
      const outer = decoding.struct
      for (const { key, value } of node.members) {
        const field = all.has(key) ? key : byFold.get(folded(key))
        if (field === undefined) {
          if (decoding.strict) decoding.saved ??= `json: unknown field ${quote(bytesOf(key))}`
          continue
        }
        decoding.struct = short
        decoding.path.push(field)
        made[field] = all.get(field)!.read(value, decoding, made[field])
        decoding.path.pop()
        decoding.struct = outer
      }
      return made as T
    },
  }
}

/** Go's `Decode` and `Unmarshal` of a parsed text. @throws GoJsonError with the first error. */
export const decodeGo = <T>(
  type: GoType<T>,
  node: JsonNode,
  options: { readonly strict?: boolean; readonly into?: T } = {},
): T => {
  const decoding: Decoding = { strict: options.strict ?? false, saved: undefined, struct: '', path: [] }
  const value = type.read(node, decoding, options.into ?? type.zero())
  if (decoding.saved !== undefined) throw new GoJsonError(decoding.saved)
  return value
}
