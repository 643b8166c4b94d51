import { parseWhole, type JsonNode } from '../go/json-parse.ts'
import { JsonScanner } from '../go/json-scan.ts'
import type { JsonText } from '../model/identity.ts'
import type { CompiledSchema } from './compiled-schema.ts'
import { normalPhone, PrecisError } from './normalize.ts'
import { PhoneError } from './phone.ts'

type Path = readonly (string | number)[]

const isPhone = ({ extension }: CompiledSchema): boolean =>
  extension !== undefined &&
  ((extension.credentials.code.identifier && extension.credentials.code.via === 'sms') ||
    extension.recovery.via === 'sms' ||
    extension.verification.via === 'sms')

/** A number in E.164, as JSON; undefined for what is none, which the schema is left to say. */
const rewritten = (text: string): JsonText | undefined => {
  try {
    return JSON.stringify(normalPhone(text))
  } catch (error) {
    if (error instanceof PhoneError || error instanceof PrecisError) return undefined
    throw error
  }
}

/** Finds the numbers that a schema makes identifiers or addresses of (identity/validator.go walkPhoneTraits). */
class Walk {
  /** What is to stand at a place, by its path. */
  readonly found = new Map<string, JsonText>()
  /** Those that are being walked, which may refer to themselves. */
  readonly #around = new Set<CompiledSchema>()

  take(schema: CompiledSchema | undefined, value: JsonNode | undefined, path: Path): void {
    if (schema === undefined || value === undefined || this.#around.has(schema)) return
    if (isPhone(schema)) {
      const text = value.kind === 'string' && path.length > 0 ? rewritten(value.text) : undefined
      if (text !== undefined) this.found.set(JSON.stringify(path), text)
      return
    }
    this.#around.add(schema)
    const { allOf, anyOf, oneOf, not, condition, consequence, alternative, ref } = schema
    for (const same of [...allOf, ...anyOf, ...oneOf, not, condition, consequence, alternative, ref])
      this.take(same, value, path)
    if (value.kind === 'object' && schema.properties.size > 0) {
      // Of a name that is there twice, the first counts.
      const first = new Map(value.members.toReversed().map((member) => [member.key, member.value]))
      for (const [key, one] of schema.properties) this.take(one, first.get(key), [...path, key])
    }
    if (value.kind === 'array' && path.length > 0 && schema.items !== undefined)
      for (const [n, item] of value.items.entries()) this.take(schema.items, item, [...path, n])
    if (value.kind === 'array')
      for (const [n, one] of (schema.tuple ?? []).entries()) this.take(one, value.items[n], [...path, n])
    this.#around.delete(schema)
  }
}

/** A text with other values at some places, and all else as it is spelled. */
const replaced = (text: JsonText, values: Map<string, JsonText>): JsonText => {
  const scanner = new JsonScanner(text)
  /** The containers around a place: the name that was read last in each, or the number of the item. */
  const around: (string | number)[] = []
  const parts: string[] = []
  let from = 0
  for (let event = scanner.next(); event !== undefined; event = scanner.next()) {
    const at = around.length - 1
    if (event === 'name') {
      around[at] = JSON.parse(scanner.text) as string
      continue
    }
    if (event === '{' || event === '[') {
      around.push(event === '[' ? 0 : '')
      continue
    }
    if (event === '}' || event === ']') around.pop()
    const path = JSON.stringify(around)
    const value = event === 'string' ? values.get(path) : undefined
    if (value !== undefined) {
      parts.push(text.slice(from, scanner.start), value)
      from = scanner.end
      values.delete(path)
    }
    const last = around.at(-1)
    if (typeof last === 'number') around[around.length - 1] = last + 1
  }
  return parts.join('') + text.slice(from)
}

/** Traits with the numbers of phones that the schema makes identifiers or addresses of in E.164; `loadLibraries` comes before. */
export const normalPhoneTraits = (schema: CompiledSchema, traits: JsonText): JsonText => {
  const walk = new Walk()
  walk.take(schema.properties.get('traits'), parseWhole(traits), [])
  return walk.found.size === 0 ? traits : replaced(traits, walk.found)
}
