import type { JsonNode } from '../go/json-parse.ts'
import { goRegExp, GoRegExpError, type GoRegExp } from './go-regexp.ts'

/** A JSON Schema that cannot be used, and where it goes wrong. */
export class SchemaProblem extends Error {
  override readonly name = 'SchemaProblem'
  /** JSON pointer into the schema. */
  readonly pointer: string

  constructor(pointer: string, what: string) {
    super(`${pointer === '' ? 'The schema' : pointer} ${what}.`)
    this.pointer = pointer
  }
}

export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

type Kind = JsonNode['kind']

/** The members of a schema, each read as what the dialect makes of it. @throws SchemaProblem */
export class SchemaMembers {
  readonly #members: ReadonlyMap<string, JsonNode>
  readonly #pointer: string

  constructor(node: Extract<JsonNode, { kind: 'object' }>, pointer: string) {
    this.#members = new Map(node.members.map(({ key, value }) => [key, value]))
    this.#pointer = pointer
  }

  at(key: string): string {
    return `${this.#pointer}/${escapePointer(key)}`
  }

  get(key: string): JsonNode | undefined {
    return this.#members.get(key)
  }

  #of<K extends Kind>(key: string, kind: K): Extract<JsonNode, { kind: K }> | undefined {
    const value = this.#members.get(key)
    if (value === undefined || value.kind === kind) return value as Extract<JsonNode, { kind: K }> | undefined
    throw new SchemaProblem(this.at(key), `is no ${kind}`)
  }

  text(key: string): string | undefined {
    return this.#of(key, 'string')?.text
  }

  flag(key: string): boolean | undefined {
    const value = this.#of(key, 'bool')
    return value && value.raw === 'true'
  }

  /** As it is spelled. */
  number(key: string): string | undefined {
    return this.#of(key, 'number')?.raw
  }

  count(key: string): number | undefined {
    const value = this.number(key)
    return value === undefined ? undefined : Number(value)
  }

  items(key: string): readonly JsonNode[] | undefined {
    return this.#of(key, 'array')?.items
  }

  members(key: string): readonly { readonly key: string; readonly value: JsonNode }[] {
    return this.#of(key, 'object')?.members ?? []
  }

  strings(key: string, value: JsonNode | undefined = this.#members.get(key)): readonly string[] {
    if (value === undefined) return []
    if (value.kind !== 'array') throw new SchemaProblem(this.at(key), 'is no array of strings')
    return value.items.map((item) => {
      if (item.kind !== 'string') throw new SchemaProblem(this.at(key), 'is no array of strings')
      return item.text
    })
  }

  pattern(key: string, source: string): GoRegExp {
    try {
      return goRegExp(source)
    } catch (error) {
      if (error instanceof GoRegExpError)
        throw new SchemaProblem(this.at(key), `is no regular expression of Go: ${error.message}`)
      throw error
    }
  }
}
